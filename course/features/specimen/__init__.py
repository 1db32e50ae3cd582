"""A specimen: the invoice that a learner issued, as a real electronic invoice."""
