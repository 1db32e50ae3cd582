"""What authors write, made into values: one module per kind of file."""
