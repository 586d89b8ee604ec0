"""Commands from end to end: what is said, what is answered, and what the book holds afterwards."""
