"""What an issue says, as plain data: the same shape for a draft, for what was sent, and for the archive. Pure: no models."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One piece as it is read. Of one that was taken out, nothing is left but that."""

    kind: str = ""
    title: str = ""
    summary: str = ""
    when: str = ""
    address: str = ""
    picture_url: str = ""
    picture_words: str = ""
    is_struck: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Marked:
    """A piece as the digest knows it: its picture by its own digest."""

    kind: str
    title: str
    summary: str
    when: str
    address: str
    picture_words: str
    picture: bytes


def digest_of(number: int, title: str, introduction: str, pieces: Iterable[Marked]) -> str:
    """SHA-256 of an issue: the same words, order and pictures, the same mark."""
    told = [
        [one.kind, one.title, one.summary, one.when, one.address, one.picture_words, mark_of(one.picture)]
        for one in pieces
    ]
    return hashlib.sha256(
        json.dumps([number, title, introduction, told], ensure_ascii=False, sort_keys=True).encode()
    ).hexdigest()


def mark_of(picture: bytes) -> str:
    return hashlib.sha256(picture).hexdigest() if picture else ""
