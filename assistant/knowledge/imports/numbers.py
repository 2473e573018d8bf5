"""Numbers as feeds write them."""

DIGITS = 9


def whole(text: str | None) -> int | None:
    """A whole number from 0 on, of at most nine digits; None for anything else."""
    return int(text) if text and len(text) <= DIGITS and text.isdecimal() else None
