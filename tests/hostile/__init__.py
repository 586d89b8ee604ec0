"""Text and files that were made to do harm."""
