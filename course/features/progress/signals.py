"""What learners did, for the features that follow from it."""

from blinker import Namespace

_signals = Namespace()

# A check was passed: sender None, and done, the Deed. Sent once, inside the transaction
# that keeps it, so that what follows happens with it or not at all.
recorded = _signals.signal("recorded")
