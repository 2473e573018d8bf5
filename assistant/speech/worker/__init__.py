"""The speech worker: a Wyoming service in a process of its own, so that native speech code may die without the assistant."""
