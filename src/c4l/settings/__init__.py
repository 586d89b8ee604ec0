"""The settings file: its text with one setting changed, and the file written anew as a whole."""
