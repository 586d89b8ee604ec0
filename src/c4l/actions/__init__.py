"""What a user can intend: one function an intention; store, settings and today are arguments."""
