"""Frameworks to test with, written through the operations."""

from __future__ import annotations

from typing import Any

from desaga.tenancy.context import within

from ..models import Edition
from ..moving import Move
from ..operations import begin_edition, put_in_use, write_mapping
from ..wordings import Wording


def make_edition(
    organisation: Any,
    *principles: str | Wording,
    name: str = "Our values",
    moves: tuple[Move, ...] = (),
    in_use: bool = True,
    **fields: Any,
) -> Edition:
    """An edition of the organisation's own; principles may be given as "V1: Care"."""
    rows = [_wording(one) for one in principles or ("Care", "Courage")]
    with within(organisation):
        edition = begin_edition(
            actor=None, organisation=organisation, name=name, **{"kind": "values", "principles": rows, **fields}
        )
        if moves:
            write_mapping(actor=None, edition=edition, moves=moves)
        return put_in_use(actor=None, edition=edition) if in_use else edition


def _wording(one: str | Wording) -> Wording:
    if isinstance(one, Wording):
        return one
    code, _, title = one.partition(": ")
    return Wording(code, title)
