"""Several short texts as bytes to be sealed, and back: quicker than JSON, row after row."""

from __future__ import annotations

from collections.abc import Iterable

BETWEEN = "\x1f"


def packed(texts: Iterable[str]) -> bytes:
    return BETWEEN.join(texts).encode()


def unpacked(plain: bytes) -> list[str]:
    return plain.decode().split(BETWEEN)


def about(key: str) -> bytes:
    """What is sealed of a person is bound to their key, so that no row can be put in another's place."""
    return bytes.fromhex(key)
