"""Lessons: read, try, keep a memo card."""
