"""What a consent may be, what may follow what, and what comes of the answers. Pure: no models."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import TextChoices


class ConsentState(TextChoices):
    ASKED = "asked", "Asked"
    GIVEN = "given", "Given"
    REFUSED = "refused", "Refused"
    WITHDRAWN = "withdrawn", "Withdrawn"
    EXPIRED = "expired", "Run out"
    REPLACED = "replaced", "Replaced"


class What(TextChoices):
    """What is shown of a person."""

    NAME = "name", "Your name"
    IMAGE = "image", "Pictures and films of you"
    QUOTE = "quote", "Words of yours, as a quotation"
    EMPLOYER = "employer", "Where you work"


class Where(TextChoices):
    """Where it is shown."""

    SITE = "site", "On our public site and on the national one"
    NEWSLETTER = "newsletter", "In our newsletter"
    PRINT = "print", "In print: posters, leaflets, reports"
    SCHOOLS = "schools", "In material for schools"


#: The same said of somebody, for those who ask.
WHAT_OF_THEM = {What.NAME: "Name", What.IMAGE: "Pictures and films", What.QUOTE: "Quotation", What.EMPLOYER: "Employer"}
WHERE_OF_THEM = {
    Where.SITE: "Public site and the national one",
    Where.NEWSLETTER: "Newsletter",
    Where.PRINT: "Print",
    Where.SCHOOLS: "Schools",
}


class By(TextChoices):
    """Who answers."""

    PERSON = "person", "The person themselves"
    GUARDIAN = "guardian", "Their parent or guardian"


TONES = {
    ConsentState.ASKED: "waiting", ConsentState.GIVEN: "done", ConsentState.REFUSED: "stopped",
    ConsentState.WITHDRAWN: "late", ConsentState.EXPIRED: "late", ConsentState.REPLACED: "stopped",
}  # fmt: skip
#: Nothing follows these: to show somebody again, ask again.
ENDED = (ConsentState.REFUSED, ConsentState.WITHDRAWN, ConsentState.EXPIRED, ConsentState.REPLACED)


@dataclass(frozen=True, slots=True)
class Transition:
    """From which states to which, and the verb of history and audit."""

    sources: frozenset[str]
    target: str
    verb: str


TRANSITIONS = {
    "give": Transition(frozenset({ConsentState.ASKED}), ConsentState.GIVEN, "given"),
    "refuse": Transition(frozenset({ConsentState.ASKED}), ConsentState.REFUSED, "refused"),
    "withdraw": Transition(frozenset({ConsentState.GIVEN}), ConsentState.WITHDRAWN, "withdrawn"),
    "expire": Transition(frozenset({ConsentState.GIVEN, ConsentState.ASKED}), ConsentState.EXPIRED, "run out"),
    "replace": Transition(frozenset({ConsentState.GIVEN, ConsentState.ASKED}), ConsentState.REPLACED, "replaced"),
}


@dataclass(frozen=True, slots=True)
class Said:
    """What one of those who are asked ticked; nothing ticked is a no."""

    what: frozenset[str]
    where: frozenset[str]

    @property
    def is_yes(self) -> bool:
        return bool(self.what and self.where)


@dataclass(frozen=True, slots=True)
class Settled:
    """What comes of the answers so far: which transition, if any, and what may be shown where."""

    deed: str = ""
    what: tuple[str, ...] = ()
    where: tuple[str, ...] = ()


def who_is_asked(is_under_18: bool) -> tuple[By, ...]:
    """Whoever is under 18 answers for themselves, and a parent or guardian too: both are needed."""
    return (By.PERSON, By.GUARDIAN) if is_under_18 else (By.PERSON,)


def settle(answers: Mapping[str, Said], *, is_under_18: bool) -> Settled:
    """One no is a no. A yes is what everybody said yes to; where nothing of that is left, it is a no too."""
    asked = who_is_asked(is_under_18)
    heard = [answers[by] for by in asked if by in answers]
    if any(not said.is_yes for said in heard):
        return Settled("refuse")
    if len(heard) < len(asked):
        return Settled()
    what = frozenset.intersection(*(said.what for said in heard))
    where = frozenset.intersection(*(said.where for said in heard))
    if not what or not where:
        return Settled("refuse")
    return Settled("give", in_order(What, what), in_order(Where, where))


def in_order(choices: type[TextChoices], chosen: frozenset[str]) -> tuple[str, ...]:
    return tuple(value for value in choices.values if value in chosen)
