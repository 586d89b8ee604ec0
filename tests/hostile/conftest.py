"""The books of the command tests, for those that are told what would do harm."""

from tests.commands.conftest import book

__all__ = ["book"]
