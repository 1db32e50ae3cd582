"""My data: what is kept, why, how long; to take away, to erase."""
