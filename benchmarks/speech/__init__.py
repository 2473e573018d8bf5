"""Hearing and speaking, measured: `make bench-speech`."""
