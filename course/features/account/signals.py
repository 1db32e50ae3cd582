"""What happens to people, for the features that keep something about them."""

from blinker import Namespace

_signals = Namespace()

# A guest's deeds become those of an account: sender None, guest_id and user_id.
adopted = _signals.signal("adopted")
