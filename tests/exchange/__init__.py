"""Files from the address books of others."""
