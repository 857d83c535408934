"""Rows of a panel's overview, with their words: written here and not in the template, since a page has a hundred."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from desaga.ui.templatetags.ui import tag

from .conflicting import LABELS
from .models import Application, Assignment, Interest
from .queries import reading
from .queries import rounds as round_reads
from .telling import Hidden

#: Readers whose marks lie further apart than this are worth a talk.
WIDE = Decimal(30)


@dataclass(frozen=True)
class Row:
    """One application: its cells."""

    reference: str
    url: str
    title: str
    about: str
    readers: SafeString
    conflicts: SafeString
    mean_words: str
    spread_words: str | SafeString
    asked_words: str
    state_tag: SafeString


def rows_told(applications: Iterable[Application], organisation: Any, scheme: Any, *, as_staff: bool) -> list[Row]:
    """In the order given; whoever leads the panel without running the scheme reads no hidden names."""
    rows = reading.with_versions(applications)
    given: dict[int, list[Assignment]] = defaultdict(list)
    for one in round_reads.given_out(rows):
        given[one.application_id].append(one)
    told: dict[int, list[Interest]] = defaultdict(list)
    for interest in round_reads.conflicts_in(rows):
        told[interest.application_id].append(interest)
    marks = round_reads.marks_of(rows)
    black = {} if as_staff else reading.blackened_in([row.pk for row in rows])
    page = "placements:look_at_application" if as_staff else "placements:read_application"
    address = reverse(page, args=[organisation.slug, scheme.slug, "REFERENCE"])
    found = []
    for row in rows:
        hidden = Hidden() if as_staff else Hidden(reading.hides_names(row), black.get(row.pk, {}))
        found.append(_row(row, hidden, given[row.pk], told[row.pk], marks.get(row.pk, {}), address))
    return found


def _row(
    row: Application,
    hidden: Hidden,
    given: list[Assignment],
    told: list[Interest],
    marks: Mapping[str, Any],
    address: str,
) -> Row:
    title = reading.title_told(row, hidden)
    in_the_way = {one.person_id for one in told}
    return Row(
        reference=row.reference,
        url=address.replace("REFERENCE", row.reference),
        title=title.title,
        about=", ".join(filter(None, [title.name, title.employer])),
        readers=format_html_join(", ", "{}", ((_reader(one, in_the_way),) for one in given)),
        conflicts=format_html_join(
            "; ", "{}: {}", ((one.person.name, LABELS.get(one.kind, one.kind).lower()) for one in told)
        ),
        mean_words="" if marks.get("mean") is None else f"{marks['mean']:.0f}",
        spread_words=_spread(marks),
        asked_words="" if row.asked is None else f"£{row.asked:,.0f}",
        state_tag=tag(row.get_state_display(), row.tone),
    )


def _spread(marks: Mapping[str, Any]) -> str | SafeString:
    """How far the marks lie apart, where there are two."""
    spread = marks.get("spread")
    if spread is None or marks["sent"] < 2:
        return ""
    return format_html("<strong>{}</strong>, wide", f"{spread:.0f}") if spread >= WIDE else f"{spread:.0f}"


def _reader(one: Assignment, in_the_way: set[int]) -> SafeString:
    """A reader's name, and their mark or how far they are."""
    if one.member.person_id in in_the_way:
        said = "conflict"
    elif one.abstained_at:
        said = "abstained"
    else:
        said = f"{one.mark:.0f}" if one.mark is not None else "to come"
    return format_html('{} <span class="dsg-quiet">{}</span>', one.member.person.name, said)
