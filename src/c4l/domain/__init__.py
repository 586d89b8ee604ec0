"""The rules of c4l: words, days, signals, promises and the triangle. No clock, no input, no output."""
