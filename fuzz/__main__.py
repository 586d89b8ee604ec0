"""`python -m fuzz [TARGET…] [--minutes N] [--keep]`: fuzz the readers one after another, and keep what was worth it."""

import argparse
import sys

from fuzz import corpus
from fuzz.session import available, fuzz, minimised
from fuzz.targets import TARGETS


def main() -> int:
    """Fuzz; 1 where a reader did what it must not."""
    options = _options()
    if not available():
        sys.stderr.write("atheris is not installed: it has wheels for Linux on x86_64 alone\n")
        return 2
    names = options.targets or list(TARGETS)
    seconds = max(1, round(options.minutes * 60 / len(names)))
    failed = False
    for name in names:
        sys.stdout.write(f"{name}: {seconds} s\n")
        sys.stdout.flush()
        outcome = fuzz(TARGETS[name], corpus.load(name), seconds)
        sys.stdout.write(f"  {outcome.runs} inputs, {len(outcome.found)} reach something new\n")
        if outcome.trouble:
            failed = True
            sys.stdout.write(f"{outcome.trouble}\n")
        if options.keep:
            inputs = [*corpus.load(name), *TARGETS[name].seeds, *outcome.found]
            kept = [*minimised(TARGETS[name], inputs), *outcome.culprits]
            corpus.save(name, kept)
            sys.stdout.write(f"  {len(kept)} kept\n")
    return int(failed)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m fuzz", description=__doc__)
    parser.add_argument("targets", nargs="*", metavar="TARGET", help=f"one of {', '.join(TARGETS)}; all if not said")
    parser.add_argument("--minutes", type=float, default=10, help="for all targets together; 10 if not said")
    parser.add_argument("--keep", action="store_true", help="put what reaches something new into fuzz/corpus")
    options = parser.parse_args()
    if unknown := set(options.targets) - TARGETS.keys():
        parser.error(f"no such target: {', '.join(sorted(unknown))}")
    return options


if __name__ == "__main__":
    sys.exit(main())
