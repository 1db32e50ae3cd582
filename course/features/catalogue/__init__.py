"""Published content: revisions that never change, and which are current."""
