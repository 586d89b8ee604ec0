"""Readers of outside text against text that nobody would write: `python -m fuzz`, guided by what each input reaches.

What was found worth keeping lies in `fuzz/corpus`, one file a reader, and is read again by every `make test`.
"""
