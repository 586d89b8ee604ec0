"""One reader under the fuzzer, as a process of its own: `python -m fuzz.child MODULE:FUNCTION [OPTION…]`."""

import os
import sys
from importlib import import_module

SELF = "C4L_FUZZ_SELF"
"""The variable that names a program which runs this very session: libFuzzer starts itself again to compare inputs."""


def main() -> None:
    """Fuzz until libFuzzer ends the process: 0 where nothing was found."""
    import atheris

    module, _, function = sys.argv.pop(1).partition(":")
    # What is imported in here reports which of its branches an input takes.
    with atheris.instrument_imports(include=["c4l", "icalendar", "tomllib"]):
        # Readers import these only when they need them.
        import tomllib  # noqa: F401

        import icalendar.parser  # noqa: F401

        from c4l.exchange import csv_clients, vcard  # noqa: F401

        read = getattr(import_module(module), function)
    sys.argv[0] = os.environ.get(SELF, sys.argv[0])
    atheris.Setup(sys.argv, read)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
