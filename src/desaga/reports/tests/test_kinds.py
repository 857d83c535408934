"""Kinds of report as data: what is shipped holds together, and due dates follow from the day of signing."""

from __future__ import annotations

from datetime import date

import pytest

from ..drafting import DRAFTS
from ..kinds import kind_from, last_of
from ..shipped import shipped_kinds

ASSESSMENT = kind_from("technician-commitment", shipped_kinds()["technician-commitment"])


@pytest.mark.parametrize("key", sorted(shipped_kinds()))
def test_what_is_shipped_holds_together(key):
    kind = kind_from(key, shipped_kinds()[key])
    keys = [one.key for one in kind.sections]
    assert len(set(keys)) == len(keys) > 0
    assert all(set(one.drafts) <= set(DRAFTS) and one.asks for one in kind.sections)
    assert all(last_of(one.due) > last_of(one.signed) for one in kind.cohorts)
    assert {one.stage for one in kind.cohorts} <= {one.key for one in kind.stages}


@pytest.mark.parametrize(
    ("stage", "signed_on", "due_on", "words"),
    [
        ("3", date(2017, 5, 31), date(2024, 1, 31), "Published for those who signed in May 2017"),
        ("3", date(2019, 12, 2), date(2026, 1, 31), "Published for those who signed in December 2019"),
        ("1", date(2026, 1, 31), date(2027, 7, 31), "12 to 18 months after signing; published"),
        ("3", date(2023, 3, 1), date(2029, 9, 1), "not published: worked out"),
        ("3", None, None, ""),
        ("9", date(2023, 3, 1), None, ""),
    ],
)
def test_a_due_date_follows_from_stage_and_signing(stage, signed_on, due_on, words):
    due = ASSESSMENT.due(stage, signed_on)
    assert (due and due.on) == due_on
    assert due is None or words in due.words
