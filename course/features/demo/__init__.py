"""A believable network, to show and to try."""
