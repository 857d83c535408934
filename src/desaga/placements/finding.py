"""Applications in a workspace's search: only what whoever searches may read, and by no word that they may not."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from desaga.ui.finding import Found

from .queries.finding import matching
from .urls_of import look_url, reading_url


def find_applications(words: str, user: Any, organisation: Any, most: int) -> Sequence[Found]:
    """By reference, title, host; by applicant and employer for those who run the scheme."""
    runs = user.has_perm("placements.run_schemes", organisation)
    return [
        Found(
            title=title,
            url=look_url(organisation, row) if runs else reading_url(organisation, row),
            about=f"{row.reference}, {row.scheme.name}",
        )
        for row, title in matching(words, user, organisation, most)
    ]
