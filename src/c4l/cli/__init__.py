"""What a user types: words in, one action, an answer out."""
