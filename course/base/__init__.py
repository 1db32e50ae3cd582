"""Tools that know nothing about courses."""
