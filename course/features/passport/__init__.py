"""The passport: the stamps of the modules passed."""
