"""The text of an agreement, made from what a scheme says and what was awarded. Pure: no Django, no database.

A line that begins with "# " is a heading, one with "- " a point of a list; all else are paragraphs. The digest is of the text as it stands.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from .defining import Duty

PARTIES = {
    "technician": "The technician",
    "home": "The employer",
    "host": "The host",
    "scheme": "Whoever runs the scheme",
}
#: What is usual, where a scheme says nothing; {host} is the scheme's word for where somebody goes.
USUAL = (
    Duty(party="technician", words="goes on the days above, keeps the {host}’s rules of safety and confidence, and claims only what it cost, with receipts"),
    Duty(party="home", words="releases the technician on those days with full pay, and remains their employer"),
    Duty(party="host", words="receives the technician, says who looks after them, shows them what they must know to be safe, and confirms the days afterwards"),
    Duty(party="scheme", words="pays what was awarded against receipts, and in advance where that was agreed"),
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """All that an agreement names."""

    number: int
    scheme: str
    organisation: str
    reference: str
    title: str
    technician: str
    job: str
    employer: str
    home: str
    host: str
    host_person: str
    starts_on: date | None
    ends_on: date | None
    working_days: int | None
    amount: Decimal
    kinds: Sequence[str]
    conditions: str
    payee: str
    report_days: int
    session_promised: bool
    duties: Sequence[Duty]
    #: The scheme's word for where somebody goes.
    host_noun: str = "host"


def agreement_text(facts: Facts) -> str:
    """What the parties sign."""
    blocks = [*_who(facts), *_what(facts), *_duties(facts), *_after(facts)]
    return "\n\n".join(block for block in blocks if block) + "\n"


def digest_of(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _who(facts: Facts) -> list[str]:
    job = f", {facts.job}" if facts.job else ""
    return [
        f"Agreement {facts.number} on {facts.reference}, “{facts.title}”, under {facts.scheme} of {facts.organisation}.",
        "# Between",
        f"- Technician: {facts.technician}{job}\n- Employer: {facts.employer}, for which {facts.home} signs\n"
        f"- {facts.host_noun.capitalize()}: {facts.host}, for which {facts.host_person} signs",
    ]


def _what(facts: Facts) -> list[str]:
    days = f", {facts.working_days} working days" if facts.working_days else ""
    when = f"From {said_day(facts.starts_on)} to {said_day(facts.ends_on)}{days}, at {facts.host}."
    money = f"Up to £{facts.amount:,.2f} is paid to {facts.payee} for {', '.join(facts.kinds).lower()}."
    return ["# Days and place", when, "# Money", money, facts.conditions.replace("\r\n", "\n").strip()]


def _duties(facts: Facts) -> list[str]:
    usual = [Duty(party=one.party, words=one.words.format(host=facts.host_noun)) for one in USUAL]
    parties = PARTIES | {"host": f"The {facts.host_noun}"}
    points = "\n".join(f"- {parties[one.party]} {one.words.rstrip('.')}." for one in facts.duties or usual)
    return ["# What each undertakes", points]


def _after(facts: Facts) -> list[str]:
    session = " They hold the session for colleagues that they promised." if facts.session_promised else ""
    return [
        "# Afterwards",
        f"The technician reports within {facts.report_days} days of the last day, and answers short questions later on what came of it.{session}",
        "# If something changes",
        f"If days, {facts.host_noun} or sum change, the scheme decides on it, and all three sign anew. Until then this agreement holds.",
    ]


def said_day(day: date | None) -> str:
    return f"{day.day} {day:%B %Y}" if day else "a day still to be agreed"
