"""The entry point: start-up settings, which nothing else may make, then the app."""

import atexit
import gc
import os
import sys
from types import ModuleType

# A command is over before the first collection would free anything; a fifth to a third of start-up is saved.
gc.disable()

_RARELY_USED = ("difflib", "subprocess")
"""What Typer imports for every command and hardly one uses: a third of `python -c pass` together."""


class Postponed(ModuleType):
    """Stands for a module until something of it is used."""

    def __getattr__(self, name: str) -> object:
        from importlib import import_module

        if sys.modules.get(self.__name__) is self:
            del sys.modules[self.__name__]
        return getattr(import_module(self.__name__), name)


def postpone() -> None:
    """Let what is rarely used be imported by who uses it."""
    for name in _RARELY_USED:
        sys.modules.setdefault(name, Postponed(name))


def main() -> None:
    """Run the command line, and end the process with its exit code."""
    postpone()
    try:
        from c4l.cli import app

        sys.excepthook = app.defect
        code = app.run(sys.argv[1:])
    except KeyboardInterrupt:
        code = 130
    atexit.register(_leave, code)
    sys.exit(code)


def _leave(code: int) -> None:
    """End at once: to take every module apart again would cost another third of `python -c pass`."""
    for stream in (sys.stdout, sys.stderr):
        try:
            if stream is not None:
                stream.flush()
        except OSError:
            # What could be told of it was told when the command ended.
            continue
    os._exit(code)


if __name__ == "__main__":
    main()
