"""What happens to people, for the features that keep something about them."""

from blinker import Namespace

_signals = Namespace()

# A guest's deeds become those of an account: sender None, guest_id and user_id.
adopted = _signals.signal("adopted")
# Two accounts of one person become one: sender None, kept_id, gone_id, and moved, in
# which each listener writes under its own name the ids of the rows it moved.
merged = _signals.signal("merged")
# The same undone: sender None, kept_id, gone_id, and what moved said then.
parted = _signals.signal("parted")
