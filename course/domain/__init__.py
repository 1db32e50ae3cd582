"""What a course is: plain values, no web, no database."""
