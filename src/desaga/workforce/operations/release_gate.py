"""The one gate through which a release moves."""

from __future__ import annotations

from typing import Any

from desaga.audit import operations as audit
from desaga.organisations.refusals import Refused

from ..models import Release
from ..states import RELEASE_TRANSITIONS


class NotNow(Refused):
    """The release has moved on meanwhile. Look where it stands now."""


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
