"""Fires to locate: simulated ones in stations, and real ones in a house."""
