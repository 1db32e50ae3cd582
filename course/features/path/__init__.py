"""Where am I, how long still, what next."""
