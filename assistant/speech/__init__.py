"""Hearing and speaking: a Wyoming worker of its own process, and the assistant's client of it."""
