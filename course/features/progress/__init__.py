"""What each learner did, and where each stands."""
