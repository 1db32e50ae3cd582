"""Do a lab: act, take back, ask for a hint, end, see what it was worth."""
