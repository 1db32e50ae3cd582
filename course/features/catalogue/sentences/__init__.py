"""What each Issue asks an author to do: one module per subject."""
