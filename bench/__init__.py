"""How fast c4l is: `python -m bench` measures it against `python -c pass` and writes `docs/performance.md`."""
