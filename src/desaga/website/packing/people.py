"""Whom a link of a page leads to: whoever is not in a file that is taken home is not named in it, nor linked from it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any
from urllib.parse import urldefrag, urlsplit

from django.conf import settings
from django.urls import reverse
from lxml import html

from .. import queries
from ..consenting import names_of

#: What stands in the place of words that name somebody.
SOMEBODY = "somebody on the site"
#: Answers the words that name whoever is shown at an address; none where nobody is.
NamesAt = Callable[[str], list[str]]


def asker() -> NamesAt:
    """Asks once for each address. Call it where everything is reached."""
    return cache(names_at)


def names_at(address: str) -> list[str]:
    path = urlsplit(address).path
    here = reverse("wagtail_serve", args=[""])
    if not path.startswith(here):
        return []
    page = queries.page_at(path.removeprefix(here))
    if page is not None and queries.is_of_people(page):
        return names_on(page)
    file = queries.download_at(path)
    return [file.title] if file and file.consents else []


def names_on(page: Any) -> list[str]:
    """Of a story its own name, of anything else those of the consents; and the title, which may have it."""
    consents = getattr(page, "consents", [])
    agreed = names_of(queries.organisation_of(page), consents) if consents else []
    return [page.title, *getattr(page, "name", "").split(), *agreed]


def unlink(tree: Any, inside: Mapping[str, str], names_at: NamesAt) -> None:
    """Links to people who are not inside: their words stay, unless they name them."""
    for link in tree.xpath("//a[@href]"):
        address = urldefrag(link.get("href"))[0].removeprefix(settings.SITE_ADDRESS)
        names = [] if address in inside else names_at(address)
        if not names:
            continue
        if is_named(link.text_content(), names):
            for child in list(link):
                link.remove(child)
            link.text = SOMEBODY
        link.drop_tag()


def is_named(words: str, names: list[str]) -> bool:
    return any(re.search(rf"\b{re.escape(name)}\b", words, re.IGNORECASE) for name in names if len(name) > 1)


def unlinked(body: str, inside: Mapping[str, str], names_at: NamesAt) -> str:
    """The same of a part of a page."""
    tree = html.fragment_fromstring(body, create_parent="div")
    unlink(tree, inside, names_at)
    return str(html.tostring(tree, encoding="unicode"))
