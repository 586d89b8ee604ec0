"""What must be true of c4l."""
