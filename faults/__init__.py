"""What becomes of a book when something breaks: made to happen, thousands of times, and looked at each time."""
