"""An electronic invoice: what it says, where its data say it, what its rules mean."""
