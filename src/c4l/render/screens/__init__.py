"""The screens drawn with Rich, one file a family of commands."""
