"""Where stories are shown: whatever shows them says so in its `AppConfig.ready`, and is told by the gate, in the same transaction. Stories know nothing of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol

from desaga.ui.languages import ENGLISH


@dataclass(frozen=True, slots=True)
class Of:
    """The organisation whose story it is."""

    slug: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicPicture:
    """One picture: drawn anew from its points, without what the camera wrote. `alt` is empty where it is decorative."""

    name: str
    media_type: str
    content: bytes = field(repr=False)
    width: int
    height: int
    alt: str = ""
    is_decorative: bool = False
    credit: str = ""
    caption: str = ""
    #: It stands in the place of the film until that plays.
    is_poster: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicVideo:
    """A film with its captions as WebVTT; there is none without."""

    name: str
    media_type: str
    content: bytes = field(repr=False)
    captions: str
    title: str
    #: What one sees in it, in words.
    shows: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicStory:
    """All that everybody may read of one approved version, and nothing else: plain data, to be copied.

    `name`, `employer`, `quote`, pictures and film are there as far as the person agreed. `route` is the key of a route ("t_level"), `route_words` its name;
    `fields` and `pillars` are names, in English whatever the language. `says` is the number of the English story that a Welsh one says. `shown_until` is the first day on which it may not be shown any more.
    """

    story: int
    version: int
    slug: str
    organisation: Of
    title: str
    job: str
    summary: str
    sections: tuple[tuple[str, str], ...]
    published_at: datetime
    shown_until: date
    name: str = ""
    employer: str = ""
    place: str = ""
    route: str = ""
    route_words: str = ""
    registration: str = ""
    quote: str = ""
    fields: tuple[str, ...] = ()
    pillars: tuple[str, ...] = ()
    pictures: tuple[PublicPicture, ...] = ()
    video: PublicVideo | None = None
    language: str = ENGLISH
    says: int | None = None


class Shower(Protocol):
    """Something that shows stories. `show` puts the copy in the place of a former one and answers its address; `take_down` repeats harmlessly.

    What either raises undoes the whole: a `Refused` is said to whoever pressed.
    """

    def show(self, copy: PublicStory) -> str: ...

    def take_down(self, story_pk: int) -> None: ...


SHOWN_BY: list[Shower] = []


def register(shower: Shower) -> None:
    if shower not in SHOWN_BY:
        SHOWN_BY.append(shower)


def show(copy: PublicStory) -> str:
    """Show it everywhere; answers the first address."""
    addresses = [shower.show(copy) for shower in SHOWN_BY]
    return next((address for address in addresses if address), "")


def take_down(story_pk: int) -> None:
    for shower in SHOWN_BY:
        shower.take_down(story_pk)


@dataclass(frozen=True, slots=True)
class Deed:
    """What slices above do with a published story, as a link on its page: the label, and the name of the address."""

    label: str
    url_name: str


DEEDS: list[Deed] = []


def add_deed(deed: Deed) -> None:
    """Repeats harmlessly."""
    if deed not in DEEDS:
        DEEDS.append(deed)
