"""The words of a key: `desaga_<organisation>_<forty letters and figures>`.

The organisation stands in them so that it can be entered before the key is looked up: row-level security shows an
organisation's keys to nobody else. The first letters after it are kept, to tell keys apart on screen; of the whole, only a hash.
"""

from __future__ import annotations

import re
import secrets
import string
from dataclasses import dataclass
from hashlib import sha256

LETTERS = string.ascii_letters + string.digits
LENGTH = 40
SHOWN = 6
FORM = re.compile(r"desaga_([1-9][0-9]{0,17})_([A-Za-z0-9]{40})")


@dataclass(frozen=True)
class KeyWords:
    """A key taken apart: whose it says it is, the letters that are kept, and the hash."""

    organisation_id: int
    prefix: str
    hash: str


def new_words(organisation_id: int) -> str:
    """The words of a new key: about 200 bits beyond those that are kept."""
    return f"desaga_{organisation_id}_{''.join(secrets.choice(LETTERS) for _ in range(LENGTH))}"


def read_words(words: str) -> KeyWords | None:
    """What a key says, or None where it is none."""
    match = FORM.fullmatch(words)
    if match is None:
        return None
    return KeyWords(int(match[1]), match[2][:SHOWN], sha256(words.encode()).hexdigest())
