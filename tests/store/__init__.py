"""Tests of the store: what the file holds, and that SQL and the rules in Python say the same."""
