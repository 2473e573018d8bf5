"""A turn: its stages, its timing, its end."""
