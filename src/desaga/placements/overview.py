"""Rows of a panel's overview, with their words: written here and not in the template, since a page has a hundred."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from desaga.ui.templatetags.ui import tag

from .conflicting import conflict_label
from .models import Round
from .queries import overview as reads
from .queries import reading
from .queries.overview import InTheWay, Reader, Shown, Standing
from .states import TONES, ApplicationState
from .telling import Hidden

#: Readers whose marks lie further apart than this are worth a talk.
WIDE = Decimal(30)


#: A row of the table: reference, address, title, about whom, readers, conflicts, mean, spread, asked for, state.
LINE = (
    '<tr><td class="dsg-code">{}</td><td class="dsg-wide"><a href="{}">{}</a>{}</td><td data-label="Readers">{}</td><td>{}</td>'
    '<td class="dsg-number" data-label="Mean">{}</td><td class="dsg-number" data-label="Spread">{}</td>'
    '<td class="dsg-number" data-label="Asked for">{}</td><td>{}</td></tr>'
)


def rows_told(
    standings: Sequence[Standing],
    round_: Round,
    organisation: Any,
    scheme: Any,
    *,
    as_staff: bool,
    labels: Mapping[str, str] | None = None,
) -> list[SafeString]:
    """Rows of the table as HTML, in the order given; whoever leads the panel without running the scheme reads no hidden names."""
    keys = [one.pk for one in standings]
    readers, conflicts = reads.readers_of(keys), reads.conflicts_of(keys)
    nameless = set() if as_staff else reads.versions_without_names(round_)
    black = {} if as_staff else reading.blackened_in(keys)
    page = "placements:look_at_application" if as_staff else "placements:read_application"
    address = reverse(page, args=[organisation.slug, scheme.slug, "REFERENCE"])
    return [
        _row(
            standing.shown,
            standing,
            Hidden(standing.shown.version in nameless, black.get(standing.pk, {})),
            readers.get(standing.pk, ()),
            conflicts.get(standing.pk, ()),
            address.replace("REFERENCE", standing.reference),
            labels or {},
        )
        for standing in standings
        if standing.shown
    ]


def _row(
    shown: Shown,
    standing: Standing,
    hidden: Hidden,
    readers: Collection[Reader],
    conflicts: Collection[InTheWay],
    url: str,
    labels: Mapping[str, str] | None = None,
) -> SafeString:
    told = reading.title_told(shown, hidden)
    in_the_way = {one.person for one in conflicts}
    return _line(
        shown.reference,
        url,
        told.title,
        _about(", ".join(filter(None, [told.name, told.employer]))),
        _readers(tuple((one.name, _said(one, in_the_way, is_blank=standing.is_blank)) for one in readers)),
        "; ".join(
            f"{one.name}: {(labels or {}).get(one.kind, conflict_label(None, one.kind)).lower()}" for one in conflicts
        ),
        _mean(standing),
        _spread(standing),
        "" if shown.asked is None else f"£{shown.asked:,.0f}",
        _state(shown.state),
    )


# A row is the same until something of it changes: what is kept is words by words, and nothing is looked up. By type too: words that
# look like the HTML of a cell are still words.
@lru_cache(maxsize=2000, typed=True)
def _line(*told: str) -> SafeString:
    return format_html(LINE, *told)


@lru_cache(maxsize=2000)
def _about(words: str) -> str | SafeString:
    return format_html(' <span class="dsg-quiet">{}</span>', words) if words else ""


def _mean(standing: Standing) -> str:
    if standing.is_blank:
        return "after your scores"
    return "" if standing.mean is None else f"{standing.mean:.0f}"


def _spread(standing: Standing) -> str | SafeString:
    """How far the marks lie apart, where there are two."""
    if standing.spread is None or standing.sent < 2:
        return ""
    words = f"{standing.spread:.0f}"
    return format_html("<strong>{}</strong>, wide", words) if standing.spread >= WIDE else words


def _said(one: Reader, in_the_way: set[int], *, is_blank: bool = False) -> str:
    """A reader's mark, or how far they are; where whoever looks is still to score it, only that."""
    if one.person in in_the_way:
        return "conflict"
    if one.has_abstained:
        return "abstained"
    if is_blank and one.mark is not None:
        return "scored"
    return f"{one.mark:.0f}" if one.mark is not None else "to come"


@lru_cache(maxsize=2000)
def _readers(told: tuple[tuple[str, str], ...]) -> str | SafeString:
    """Each reader's name with what they said."""
    return format_html_join(", ", '{} <span class="dsg-quiet">{}</span>', told) or "Nobody yet"


@lru_cache
def _state(state: str) -> SafeString:
    known = ApplicationState(state)
    return tag(known.label, TONES.get(known, "stopped"))
