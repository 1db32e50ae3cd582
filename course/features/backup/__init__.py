"""The whole installation in one file: make it, try it, put it back."""
