"""The entry point: start-up settings, which nothing else may make, then the app."""

import atexit
import gc
import sys

# A command is over before the first collection would free anything; a fifth to a third of start-up is saved.
gc.disable()
atexit.register(gc.freeze)


def main() -> None:
    """Run the command line, and end the process with its exit code."""
    try:
        from c4l.cli import app

        sys.excepthook = app.defect
        code = app.run(sys.argv[1:])
    except KeyboardInterrupt:
        code = 130
    sys.exit(code)


if __name__ == "__main__":
    main()
