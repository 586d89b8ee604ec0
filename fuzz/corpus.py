"""The inputs that were found worth keeping: one file a reader, one input a line, escaped as Python writes bytes.

Escaped, so that a diff can be read and no tool mends their ends of lines; shortest first, so that it stays small.
"""

import ast
from collections.abc import Iterable
from pathlib import Path

FOLDER = Path(__file__).resolve().parent / "corpus"


def load(target: str) -> list[bytes]:
    """What is kept for a reader."""
    file = FOLDER / f"{target}.txt"
    if not file.exists():
        return []
    return [ast.literal_eval(f"b'{line}'") for line in file.read_text(encoding="ascii").splitlines()]


def save(target: str, inputs: Iterable[bytes]) -> None:
    """Keep these and no others."""
    lines = [_escaped(data) for data in sorted(set(inputs), key=lambda data: (len(data), data))]
    (FOLDER / f"{target}.txt").write_text("".join(f"{line}\n" for line in lines), encoding="ascii")


def unpack(inputs: Iterable[bytes], folder: Path) -> None:
    """Write each input to a file of its own, as the fuzzer wants them."""
    folder.mkdir(exist_ok=True)
    for number, data in enumerate(inputs):
        (folder / f"{number:05}").write_bytes(data)


def _escaped(data: bytes) -> str:
    # repr() chooses its quotes by what is inside; here they are always the same, and always escaped.
    return repr(b'"' + data)[3:-1].replace("\\'", "'").replace("'", "\\'")
