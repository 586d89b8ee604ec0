"""The entry point: start-up settings, which nothing else may make, then the app."""

import atexit
import gc
import os
import sys
from types import ModuleType

# A command is over before the first collection would free anything; a fifth to a third of start-up is saved.
gc.disable()

RARELY_USED = {
    "bz2": (),
    "difflib": ("get_close_matches",),
    "ipaddress": (),
    "lzma": (),
    "platform": (),
    "subprocess": (),
    "traceback": ("FrameSummary", "StackSummary"),
    "uuid": ("UUID",),
}
"""What Typer and its own imports load for every command and hardly one uses: half of `python -c pass` and more.

With each what is imported of it by name, before anybody calls it.
"""


class Postponed(ModuleType):
    """Stands for a module until something of it is used."""

    def __init__(self, name: str, functions: tuple[str, ...] = ()) -> None:
        super().__init__(name)
        for function in functions:
            setattr(self, function, self._later(function))

    def __getattr__(self, name: str) -> object:
        if name == "__path__":  # `from difflib import …` asks whether it is a package
            raise AttributeError(name)
        from importlib import import_module

        if sys.modules.get(self.__name__) is self:
            del sys.modules[self.__name__]
        return getattr(import_module(self.__name__), name)

    def _later(self, function: str) -> object:
        def call(*given: object, **named: object) -> object:
            return Postponed.__getattr__(self, function)(*given, **named)  # type: ignore[operator] # a function

        return call


def postpone() -> None:
    """Let what is rarely used be imported by who uses it."""
    for name, functions in RARELY_USED.items():
        sys.modules.setdefault(name, Postponed(name, functions))


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
