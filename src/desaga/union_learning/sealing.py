"""Sealing what a support holds, under a key of its own for each union (see `workforce.sealing`). The row is bound in: none can be put in another's place."""

from __future__ import annotations

from collections.abc import Sequence

from desaga.organisations.refusals import Refused
from desaga.workforce import sealing
from desaga.workforce.states import Purpose

from .content import Content
from .models import Support


class CannotSeal(Refused):
    """This server cannot keep this sealed yet. Whoever runs it sets DESAGA_WORKFORCE_KEYS."""


def about(support: Support) -> bytes:
    return f"union_learning.support {support.pk}".encode()


def seal_content(support: Support, content: Content) -> bytes:
    """Raises `CannotSeal`."""
    try:
        seal = sealing.seal_of(support.organisation, Purpose.SUPPORT)
    except sealing.NoKey as error:
        raise CannotSeal from error
    return seal.seal_data(content.to_seal(), about(support))


def open_content(support: Support) -> Content:
    """All of it: whoever shows it to a representative shows `as_shared`. Raises `workforce.sealing.KeyLost`."""
    return open_many([support])[0]


def open_many(supports: Sequence[Support]) -> list[Content]:
    """The same for several of one union, for which its key is fetched once."""
    if not supports:
        return []
    seal = sealing.seal_of(supports[0].organisation, Purpose.SUPPORT)
    return [Content.opened(seal.open_data(one.sealed, about(one))) for one in supports]
