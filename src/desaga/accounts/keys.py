"""The keys that links carry: hard to guess, and of no use to whoever reads the database."""

from __future__ import annotations

import hashlib
import secrets


def new_key() -> str:
    """256 random bits, as they can stand in an address."""
    return secrets.token_urlsafe(32)


def hash_of(key: str) -> str:
    """What is kept of a key. A plain hash is enough: nobody can try all keys of that length."""
    return hashlib.sha256(key.encode()).hexdigest()
