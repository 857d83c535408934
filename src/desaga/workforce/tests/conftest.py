"""What tests of the workforce share."""

from __future__ import annotations

from datetime import timedelta

import pytest

from ..operations import forgetting


@pytest.fixture
def loaded_long_ago(monkeypatch: pytest.MonkeyPatch) -> None:
    """All that is loaded counts as loaded long ago: retention takes what is over at once."""
    monkeypatch.setattr(forgetting, "STAY_AFTER_LOADING", timedelta(0))
