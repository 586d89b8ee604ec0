"""Formats in and out: one file a format, one table of them."""
