"""The one gate through which a release moves."""

from __future__ import annotations

from typing import Any

from desaga.audit import operations as audit
from desaga.organisations.refusals import Refused

from ..models import Release
from ..queries import has_its_people
from ..states import RELEASE_TRANSITIONS


class NotNow(Refused):
    """The release has moved on meanwhile. Look where it stands now."""


class RowsAreGone(Refused):
    """The rows of people of this snapshot were removed when their time was over. Load the extract of that day again, or release another day."""


class EarlierRowsAreGone(RowsAreGone):
    """The rows of people of the snapshot with which this is compared were removed when their time was over. Count again, beside another day."""


def refuse_without_rows(release: Release) -> None:
    """Raises `RowsAreGone` where figures would count nobody, since retention has removed the people of either snapshot."""
    if not has_its_people(release.snapshot):
        raise RowsAreGone
    if release.compared_with is not None and not has_its_people(release.compared_with):
        raise EarlierRowsAreGone


def move(release: Release, name: str, *, actor: Any, **fields: Any) -> Release:
    """Move a release that the caller has locked. Raises `NotNow` where it cannot move so."""
    transition = RELEASE_TRANSITIONS[name]
    if release.state not in transition.sources:
        raise NotNow
    before, release.state = release.state, transition.to
    for field, value in fields.items():
        setattr(release, field, value)
    release.save(update_fields=["state", *fields])
    audit.record(actor=actor, verb=transition.verb, thing=release, changes={"state": [before, release.state]})
    return release
