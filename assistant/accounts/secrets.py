"""Secrets: random enough that a plain SHA-256 keeps them, and never kept themselves."""

import base64
import hashlib
import hmac
import secrets

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's: no letter that looks like a digit."""
CODE_LENGTH = 20
"""100 bits."""


def secret() -> str:
    """256 random bits."""
    return secrets.token_urlsafe(32)


def code() -> str:
    """A one-time code to be typed: 100 random bits, as `7Q4M-…`, five groups of four."""
    letters = "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))
    return "-".join(letters[at : at + 4] for at in range(0, CODE_LENGTH, 4))


def typed(text: str) -> str:
    """A code as it was made, however it was typed."""
    letters = text.upper().translate(str.maketrans("OIL", "011", "- "))
    return "-".join(letters[at : at + 4] for at in range(0, len(letters), 4))


def digest(text: str) -> str:
    """SHA-256, 64 hex digits."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def csrf(session: str) -> str:
    """What a page of a session shows with every change; follows from the session's secret and does not lead back to it."""
    mac = hmac.new(session.encode("utf-8", "surrogatepass"), b"csrf", hashlib.sha256)
    return base64.urlsafe_b64encode(mac.digest()).decode().rstrip("=")


def same(one: str, other: str) -> bool:
    """Compares in a time that tells nothing."""
    return hmac.compare_digest(one.encode("utf-8", "surrogatepass"), other.encode("utf-8", "surrogatepass"))


def identity() -> str:
    """A new id: 12 hex digits."""
    return secrets.token_hex(6)
