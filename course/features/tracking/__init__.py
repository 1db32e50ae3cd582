"""Trainers see how their cohorts get on."""
