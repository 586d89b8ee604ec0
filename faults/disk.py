"""A disk that may forget: what was done to it and not yet synchronised can be there after a power cut, or not, or torn.

Harsher than the file systems of today: nothing that was not synchronised is there because something else was; names
are as forgetful as bytes, and of a single write any sector may be missing.
"""

import os
import random
from collections.abc import Callable
from pathlib import Path

from faults.shim import Call

SECTOR = 512


class Node:
    """A file.

    Attributes:
        safe: what was there when it was last synchronised.
        waiting: what was done since, each a change of the bytes.
    """

    def __init__(self, safe: bytes = b"") -> None:
        self.safe = safe
        self.waiting: list[tuple[int, bytes] | int] = []

    def after(self, chance: "Chance") -> bytes:
        """The bytes after a power cut."""
        held = bytearray(self.safe)
        for change in self.waiting:
            if not chance.keeps():
                continue
            if isinstance(change, int):
                del held[change:]
                held.extend(bytes(change - len(held)))
            else:
                for at, piece in chance.torn(*change):
                    held.extend(bytes(max(0, at - len(held))))
                    held[at : at + len(piece)] = piece
        return bytes(held)


class Folder:
    """A folder: the names in it, each a file or a folder."""

    def __init__(self) -> None:
        self.safe: dict[str, Node | Folder] = {}
        self.now: dict[str, Node | Folder] = {}
        self.waiting: list[Callable[[dict[str, Node | Folder]], None]] = []

    def do(self, change: Callable[[dict[str, "Node | Folder"]], None]) -> None:
        """Change the names; it waits to be synchronised."""
        change(self.now)
        self.waiting.append(change)

    def after(self, chance: "Chance") -> dict[str, "Node | Folder"]:
        """The names after a power cut."""
        names = dict(self.safe)
        for change in self.waiting:
            if chance.keeps():
                change(names)
        return names


class Chance:
    """Which of what waits is there after the power cut.

    Args:
        share: of what waits, so much is kept.
        torn: whether of a write some sectors may be kept and others not.
    """

    def __init__(self, source: random.Random, share: float, *, torn: bool) -> None:
        self._source = source
        self._share = share
        self._torn = torn

    def keeps(self) -> bool:
        """Whether the next change is kept."""
        return self._source.random() < self._share

    def torn(self, at: int, piece: bytes) -> list[tuple[int, bytes]]:
        """What of a write came to the disk."""
        if not self._torn:
            return [(at, piece)]
        pieces = []
        start = 0
        while start < len(piece):
            end = min(len(piece), start + SECTOR - (at + start) % SECTOR)
            if self._source.random() < 0.5:
                pieces.append((at + start, piece[start:end]))
            start = end
        return pieces


class Disk:
    """All that lies beneath one folder, as calls change it.

    Args:
        before: a folder as it was when it began.
        root: where that lay when the calls were made.
    """

    def __init__(self, before: Path, root: Path) -> None:
        self._root = os.fspath(root)
        self._top = _read(before)
        self._open: dict[tuple[int, int], Node | Folder] = {}

    def do(self, call: Call) -> None:
        """Carry out one call."""
        key = (call.process, call.fd)
        match call.kind:
            case "O":
                if (node := self._opened(call)) is not None:
                    self._open[key] = node
            case "C":
                self._open.pop(key, None)
            case "W" | "T":
                node = self._open[key]
                assert isinstance(node, Node)
                node.waiting.append((call.offset, call.data) if call.kind == "W" else call.offset)
            case "S":
                _synchronise(self._open[key])
            case "U" | "D":
                folder, name = self._place(call.paths[0])
                folder.do(lambda names: _take(names, name))
            case "M":
                folder, name = self._place(call.paths[0])
                made = Folder()
                folder.do(lambda names: names.update({name: made}))
            case "R" | "L":
                self._named_anew(*call.paths, keep=call.kind == "L")

    def _opened(self, call: Call) -> "Node | Folder | None":
        path = call.paths[0].rstrip("/")
        if path == self._root:
            return self._top
        folder, name = self._place(path)
        node = folder.now.get(name)
        if node is None and call.offset & os.O_CREAT:
            node = made = Node()
            folder.do(lambda names: names.update({name: made}))
        elif isinstance(node, Node) and call.offset & os.O_TRUNC:
            node.waiting.append(0)
        return node

    def _named_anew(self, old: str, new: str, *, keep: bool) -> None:
        source, before = self._place(old)
        target, name = self._place(new)
        node = source.now[before]
        # Within one folder both names change at once, or neither does.
        if source is target:
            target.do(lambda names: _move(names, before, name, node, keep=keep))
        else:
            target.do(lambda names: names.update({name: node}))
            if not keep:
                source.do(lambda names: _take(names, before))

    def _place(self, path: str) -> tuple[Folder, str]:
        *above, name = Path(path).relative_to(self._root).parts
        folder = self._top
        for part in above:
            below = folder.now[part]
            assert isinstance(below, Folder)
            folder = below
        return folder, name

    def cut(self, target: Path, chance: Chance) -> None:
        """Write what is there after the power was cut, into an empty folder."""
        _write(self._top, target, chance, {})


def _read(path: Path) -> Folder:
    """What lies there already, all of it synchronised."""
    folder = Folder()
    for entry in path.iterdir():
        folder.safe[entry.name] = _read(entry) if entry.is_dir() else Node(entry.read_bytes())
    folder.now = dict(folder.safe)
    return folder


def _take(names: "dict[str, Node | Folder]", name: str) -> None:
    names.pop(name, None)


def _move(names: "dict[str, Node | Folder]", old: str, new: str, node: "Node | Folder", *, keep: bool) -> None:
    if not keep:
        names.pop(old, None)
    names[new] = node


def _synchronise(node: "Node | Folder") -> None:
    if isinstance(node, Folder):
        node.safe = dict(node.now)
    else:
        node.safe = node.after(Chance(random.Random(0), 1, torn=False))
    node.waiting.clear()


def _write(folder: Folder, target: Path, chance: Chance, seen: dict[int, bytes]) -> None:
    for name, node in folder.after(chance).items():
        if isinstance(node, Folder):
            (target / name).mkdir()
            _write(node, target / name, chance, seen)
        else:
            # A file with two names is one file.
            held = seen.setdefault(id(node), b"") or node.after(chance)
            seen[id(node)] = held
            (target / name).write_bytes(held)
