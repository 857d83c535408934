from __future__ import annotations

from typing import Any

import pytest

from .. import showing
from .factories import RecordingShower


@pytest.fixture
def shower(monkeypatch: pytest.MonkeyPatch) -> RecordingShower:
    """The only thing that shows stories."""
    recording = RecordingShower()
    monkeypatch.setattr(showing, "SHOWN_BY", [recording])
    return recording


@pytest.fixture
def lead(member: Any) -> Any:
    from desaga.organisations.states import Role

    return member(Role.LEAD)
