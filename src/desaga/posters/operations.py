"""Making a poster of a published story."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles import finders
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from desaga.audit import operations as audit
from desaga.consents.models import Consent
from desaga.consents.states import Where
from desaga.documents.out.portable import pdf_of
from desaga.organisations.refusals import Refused
from desaga.stories.models import Story
from desaga.stories.operations.publishing import copy_published
from desaga.stories.showing import PublicPicture, PublicStory
from desaga.ui.colour import readable_on
from desaga.ui.languages import ENGLISH, WELSH

from .codes import code_of
from .designs import DESIGNS, PAPERS, Told, coarse_on
from .fitting import fitted
from .models import Poster

PRIMARY = "#124e96"
FACTS = {
    ENGLISH: ("Way in", "Registration", "Field", "Place"),
    WELSH: ("Y ffordd i mewn", "Cofrestriad proffesiynol", "Maes", "Lle"),
}
SANS, SERIF = "atkinson-latin.woff2", "serif-latin.woff2"


class NotShown(Refused):
    """A poster leads to the story’s page, so it can be made once the story is on your site."""


class NotForPrint(Refused):
    """The person has not agreed to print. Ask them: under the story’s consent you can ask again, for print too."""


class NoSuchPoster(Refused):
    """Choose one of the designs and a size of paper."""


class TooManyWords(Refused):
    """The words do not fit on this design, however small. Choose another, or shorten the quotation, the job or the summary in the story."""


@dataclass(frozen=True, kw_only=True)
class Made:
    """A poster as a file."""

    name: str
    content: bytes = field(repr=False)


@transaction.atomic
def make_poster(*, actor: Any, story: Story, design: str, paper: str, now: datetime | None = None) -> Made:
    """A PDF of one sheet, and a line that it was made. Raises `NotShown`, `NotForPrint`, `NoSuchPoster`, `TooManyWords`, and what stories refuse."""
    now = now or timezone.now()
    if design not in DESIGNS or paper not in PAPERS:
        raise NoSuchPoster
    consent = refuse_unprintable(story)
    copy = copy_published(story, now)
    page = fitted(told_of(copy, story), design, paper, letters(SANS), letters(SERIF))
    if not page:
        raise TooManyWords
    content = pdf_of(page, has_page_numbers=False)
    poster = Poster.objects.create(
        organisation_id=story.organisation_id, story=story, consent=consent, title=copy.title, design=design, paper=paper,
        made_at=now, made_by=actor,
    )  # fmt: skip
    audit.record(
        actor=actor, verb="made", thing=poster, changes={"design": [None, design], "paper": [None, paper]}, now=now
    )
    return Made(name=f"{slugify(copy.title) or 'poster'}-{design}-{paper.lower()}.pdf", content=content)


def refuse_unprintable(story: Story) -> Consent:
    """The consent that it rests on. Raises `NotShown`, `NotForPrint`."""
    if not story.is_shown or not story.address:
        raise NotShown
    if story.consent is None or Where.PRINT not in story.consent.where:
        raise NotForPrint
    return story.consent


def coarse_prints(story: Story, now: datetime | None = None) -> list[tuple[str, str]]:
    """Designs and papers on which the story’s picture would look coarse, by their names; none where it has no picture."""
    picture = picture_of(copy_published(story, now or timezone.now()))
    found = coarse_on(picture.width, picture.height) if picture else []
    return [(DESIGNS[design].name, paper) for design, paper in found]


def picture_of(copy: PublicStory) -> PublicPicture | None:
    """The first that shows something."""
    return next((one for one in copy.pictures if not one.is_decorative), None)


def told_of(copy: PublicStory, story: Story) -> Told:
    """What was agreed to, as a poster has it: the first picture that shows something, and the quotation."""
    organisation = story.organisation
    picture = picture_of(copy)
    accent = organisation.accent or PRIMARY
    way, registration, field_, place = FACTS[copy.language]
    facts = ((way, copy.route_words), (registration, copy.registration), (field_, ", ".join(copy.fields)), (place, copy.place))  # fmt: skip
    address = f"{settings.SITE_ADDRESS}{story.address}"
    return Told(
        title=copy.title, words=copy.quote or copy.summary, is_quoted=bool(copy.quote), job=copy.job, employer=copy.employer,
        summary=copy.summary if copy.quote else "", whose=organisation.name, accent=accent, on_accent=readable_on(accent), address=address, code=code_of(address),
        facts=tuple(fact for fact in facts if fact[1]), picture=picture.content if picture else b"",
        picture_kind=picture.media_type if picture else "", picture_words=picture.alt if picture else "",
        credit=picture.credit if picture else "", language=copy.language,
        english_facts=() if copy.language == ENGLISH else (way, field_),
    )  # fmt: skip


def letters(name: str) -> Path | None:
    path = finders.find(f"ui/build/fonts/{name}")
    return Path(path) if path else None
