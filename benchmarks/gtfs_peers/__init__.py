"""Scripts that ask other readers of GTFS; each runs in an environment without the assistant."""
