"""The air: readings, indices, sensor health."""
