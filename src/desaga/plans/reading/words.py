"""Small text tools that the whole reader shares."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_SPACE = re.compile(r"\s+")
_NOT_KEY = re.compile(r"[^a-z0-9&]+")
_SIMPLE = str.maketrans({**dict.fromkeys("’‘", "'"), **dict.fromkeys("“”", '"'), **dict.fromkeys("‐‑‒–—−", "-")})
_BULLET = re.compile(r"^\s*[•●▪◦‣·\-–—*o✓➢]\s+")
#: Words that a finished sentence or title does not end with.
UNFINISHED = frozenset(
    "a an the and or of to in on for with by from as at into that which this their our its be is are will who "
    "including such than through between within via using e.g. eg i.e. not all any each".split()
)


@lru_cache(maxsize=8192)
def plain(text: str) -> str:
    """One line, single spaces, typographic quotes and dashes made simple."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text).translate(_SIMPLE)
    return " ".join(text.split())


@lru_cache(maxsize=8192)
def key(text: str) -> str:
    """For comparing: lower-case letters and digits with single spaces."""
    return _NOT_KEY.sub(" ", plain(text).casefold()).strip()


def one_line(text: str) -> str:
    """The text with its line breaks made spaces, otherwise as written."""
    return _SPACE.sub(" ", text).strip()


def strip_bullet(text: str) -> str:
    return _BULLET.sub("", text).strip()


def starts_torn(text: str) -> bool:
    """Whether the text begins as the tail of a sentence: lower-case, or stray closing punctuation."""
    text = strip_bullet(text).lstrip("\"'(“‘[")
    if not text:
        return False
    if text[0] in ",;.)":
        return True
    first = re.split(r"[\s/-]", text, maxsplit=1)[0]
    return first[:1].islower() and not re.search(r"[A-Z0-9@._]", first[1:].rstrip(".,;:"))


def ends_unfinished(text: str) -> bool:
    """Whether the text breaks off: on a comma, a hyphen or a word that no sentence ends with."""
    text = plain(text[-200:])  # a cell continued over thousands of rows must not be walked through at each
    if not text:
        return False
    if text[-1] in ",-/&(":
        return True
    last = re.split(r"\s", text)[-1].casefold()
    return last in UNFINISHED


def words_of(text: str) -> list[str]:
    return re.findall(r"[A-Za-z][A-Za-z'&-]*", plain(text))
