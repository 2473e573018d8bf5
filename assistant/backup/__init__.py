"""State and station in one file, and back: whole or not at all."""
