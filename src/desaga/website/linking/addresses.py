"""What an address in a page can be, and what is wrong with it. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html.parser import HTMLParser
from urllib.parse import unquote, urlsplit

OUTSIDE = ("http", "https")
SOMEBODY = re.compile(r"[^@\s,;]+@[^@\s,;]+\.[^@\s,;.]+")
A_NUMBER = re.compile(r"\+?[\d\s().-]{3,}")
A_HOST = re.compile(r"(?=.{1,253}$)[^\s.]+(\.[^\s.]+)+\.?|localhost|[0-9a-f.]*:[0-9a-f:.]+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Written:
    """A link as it stands in a text: to a page or file of the site by its number, or to an address; and the words that one presses."""

    words: str
    address: str = ""
    kind: str = ""
    number: int = 0


def fault_of(address: str) -> str:
    """Why nobody can follow an address, in a sentence; empty where somebody might. Nothing is asked."""
    address = address.strip()
    try:
        parts = urlsplit(address)
        host, _ = parts.hostname, parts.port
    except ValueError:
        return f"“{address}” is not an address. Copy it again from the browser."
    scheme = parts.scheme.lower()
    if not scheme:
        return "" if address.startswith(("/", "#")) and not address.startswith("//") else f"“{address}” does not say where it begins. Write https:// in front of it."  # fmt: skip
    if scheme in OUTSIDE:
        if not host or not A_HOST.fullmatch(host):
            return f"“{address}” names no server. Copy it again from the browser."
        return f"“{address}” carries a name or password. Leave out what stands before the @." if parts.username or parts.password else ""  # fmt: skip
    if scheme == "mailto":
        named = [one.strip() for one in unquote(parts.path).split(",")]
        return "" if all(SOMEBODY.fullmatch(one) for one in named) else f"“{address}” names nobody to write to. Write mailto: and then an e-mail address."  # fmt: skip
    if scheme == "tel":
        return "" if A_NUMBER.fullmatch(unquote(parts.path)) else f"“{address}” is no telephone number."
    return f"“{address}” is not an address of a page. Links begin with https://, mailto: or tel:."


def links_in(text: str) -> list[Written]:
    """The links of a text that editors wrote, as Wagtail keeps it."""
    reader = Reader()
    reader.feed(text)
    reader.close()
    return reader.found


class Reader(HTMLParser):
    """Collects links with their words."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[Written] = []
        self.inside: dict[str, str] | None = None
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self.inside, self.words = {name: value or "" for name, value in attrs}, []

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag != "a" or self.inside is None:
            return
        told, words = self.inside, " ".join("".join(self.words).split())
        self.inside = None
        if told.get("linktype") in ("page", "document"):
            number = told.get("id", "")
            self.found.append(
                Written(
                    words, kind=told["linktype"], number=int(number) if number.isascii() and number.isdecimal() else 0
                )
            )
        elif told.get("href"):
            self.found.append(Written(words, address=told["href"].strip()))
