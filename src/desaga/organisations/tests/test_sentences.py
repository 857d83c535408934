"""What the audit says, as people read it."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from desaga.organisations.sentences import sentence_of


def entry(kind, /, **changes):
    return SimpleNamespace(actor_name="Ada", verb="changed", thing_kind=kind, thing_name="Optics", changes=changes)


def test_a_sentence_says_who_did_what_to_what():
    assert sentence_of(entry("organisations.unit")) == ("Ada changed the unit “Optics”", [])


def test_a_thing_of_a_kind_that_is_no_more_can_still_be_read():
    sentence, lines = sentence_of(entry("orchards.apple", colour=[None, "red"]))
    assert (sentence, lines) == ("Ada changed the former thing “Optics”", ["colour: red"])


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"code": [None, "OPT"]}, "code: OPT"),
        ({"code": ["O", "OPT"]}, "code: OPT, before: O"),
        ({"code": ["OPT", ""]}, "code: nothing now, before: OPT"),
        ({"kind": ["faculty", "school"]}, "kind: School, before: Faculty"),
        ({"has_technical_workforce": [False, True]}, "has technical workforce: yes, before: no"),
        ({"closed_on": [None, "2026-01-05"]}, "closed on: 5 Jan 2026"),
    ],
)
def test_a_change_is_said_in_words(changes, said):
    assert sentence_of(entry("organisations.unit", **changes))[1] == [said]


def test_a_moment_is_said_where_we_live():
    grant = entry("organisations.grant", ends_at=[None, "2026-07-01T11:30:00+00:00"])
    assert sentence_of(grant)[1] == ["until: 1 Jul 2026, 12:30"]
