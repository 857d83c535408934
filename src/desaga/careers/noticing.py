"""What would tell who somebody is, found in what a child or a teacher writes, so that it is not kept at all. Pure: no models.

It finds what has a shape: addresses, numbers, handles, "my name is". It cannot find a bare name; that is what moderation is for.
"""

from __future__ import annotations

import re

FOUND = (
    (re.compile(r"[\w.+-]+\s?(@|\(at\)|\[at\])\s?[\w-]+(\.|\s?dot\s?)\w", re.IGNORECASE), "an e-mail address"),
    (re.compile(r"(?<!\w)@\w{3,}"), "the name of an account"),
    (re.compile(r"(?<!\d)(\+?44|0)[\s.-]?(\d[\s.-]?){8,10}(?!\d)"), "a telephone number"),
    (re.compile(r"\b(https?://|www\.)\S+", re.IGNORECASE), "an address on the net"),
    (re.compile(r"\b[A-Z]{1,2}\d[A-Z\d]?\s?\d[A-Z]{2}\b", re.IGNORECASE), "a postcode"),
    (re.compile(r"\b(my name(’|')?s?( is)?|i am called|i(’|')m called|call me)\s+\w", re.IGNORECASE), "a name"),
    (re.compile(r"\b(i go to|my school is|i live (in|at|on))\s+\w", re.IGNORECASE), "where somebody lives or goes to school"),
    (re.compile(r"\b(snapchat|instagram|tiktok|whatsapp|discord)\b", re.IGNORECASE), "the name of an account"),
)  # fmt: skip


def tells_who(text: str) -> list[str]:
    """What in the text would tell who somebody is, each thing once: "a telephone number"."""
    return list(dict.fromkeys(what for pattern, what in FOUND if pattern.search(text)))
