"""Where readings come from, one kind of source a module."""
