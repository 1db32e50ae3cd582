"""What people do with the course."""
