"""Centres, their cohorts, and how one joins them."""
