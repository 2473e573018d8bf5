"""Where a model's files come from: the official places, packages, or a local folder or zip. Each fills an empty folder."""

from collections.abc import Callable

Progress = Callable[[str], None]
"""Takes one line of text for the person who waits."""
