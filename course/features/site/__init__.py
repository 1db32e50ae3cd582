"""The house itself: home, language, privacy, health, errors."""
