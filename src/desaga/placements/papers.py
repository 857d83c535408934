"""What leaves as paper: an agreement with its signatures, and a certificate."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.utils import timezone

from desaga.documents.out import Block, Column, Heading, Points, Table, Words

from .agreeing import said_day
from .models import Agreement, Award, PlacementReport

SIGNED = (
    Column("Party", width=12),
    Column("Signed by", width=30),
    Column("When", width=20),
    Column("Text signed", width=40),
)


def text_blocks(text: str) -> Iterator[Block]:
    """The blocks of a text as `agreeing.agreement_text` writes it."""
    for part in text.strip().split("\n\n"):
        lines = part.splitlines()
        if part.startswith("# "):
            yield Heading(part[2:])
        elif all(line.startswith("- ") for line in lines):
            yield Points([line[2:] for line in lines])
        else:
            yield Words(part)


def agreement_paper(agreement: Agreement) -> list[Block]:
    """The text, then who signed it and when, with the digest of the text that each signed."""
    rows = [
        [one.get_party_display(), one.signed_name or f"{one.name}, not yet", signed_words(one.signed_at), one.digest]
        for one in agreement.signatures.all()
    ]
    about = Words(f"SHA-256 of the text above: {agreement.digest}", is_quiet=True)
    return [*text_blocks(agreement.text), Heading("Signed"), Table("signed", "", SIGNED, rows), about]


def signed_words(at: Any) -> str:
    if at is None:
        return ""
    local = timezone.localtime(at)
    return f"{said_day(local.date())}, {local:%H:%M}"


def report_paper(award: Award, report: PlacementReport, answers: Sequence[tuple[str, str]]) -> list[Block]:
    """What was reported, each answer under its question."""
    application = award.application
    facts = [
        f"What: {application.title}",
        f"Who: {application.name}, {application.employer}",
        f"Where: {award.host}",
        f"When: {said_day(award.starts_on)} to {said_day(award.ends_on)}",
        f"Funded by: {application.scheme.name}, {application.organisation.name}",
    ]
    blocks: list[Block] = [Words(f"Sent on {signed_words(report.sent_at)}.", is_quiet=True), Points(facts)]
    for label, words in answers:
        blocks += [Heading(label), *(Words(part) for part in (words or "Not answered.").split("\n\n") if part.strip())]
    return blocks


def certificate_paper(content: Mapping[str, Any], address: str) -> list[Block]:
    """That somebody was there, in the words that were kept when it was made."""
    return [
        Words(f"{content['name']} completed a {content.get('noun', 'placement')}."),
        Points(
            [
                f"What: {content['title']}",
                f"Where: {content['host']}",
                f"When: {content['when']}",
                f"Days there, confirmed by the {content.get('host_noun', 'host')}: {content['days']}",
                f"Funded by: {content['scheme']}, {content['organisation']}",
            ]
        ),
        Words(
            f"Code {content['code']}. Whether this certificate is genuine can be checked at {address}", is_quiet=True
        ),
    ]
