"""The answer as JSON: one envelope, the same for every kind."""

from typing import TextIO

from c4l.render.safe import escaped

VERSION = 1
"""Of the contract: fields are added, never removed or renamed."""


def write(kind: str, data: object, stream: TextIO) -> None:
    """Write `{"c4l": 1, "kind": …, "data": …}`: one line for a program, indented for eyes."""
    emit({"c4l": VERSION, "kind": kind, "data": data}, stream, indent=2 if stream.isatty() else None)


def emit(envelope: dict[str, object], stream: TextIO, *, indent: int | None = None) -> None:
    """Write one object of the contract and a line break."""
    from json import dumps

    text = dumps(
        envelope,
        # Where the stream can hold every character, people read their own letters.
        ensure_ascii=(stream.encoding or "").lower().replace("-", "") != "utf8",
        indent=indent,
    )
    stream.write(escaped(text) + "\n")
