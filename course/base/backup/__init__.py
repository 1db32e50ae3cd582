"""A whole installation in one file, and back: the same on every kind of database."""
