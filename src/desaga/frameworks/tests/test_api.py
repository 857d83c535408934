"""Frameworks as programs read them: what is shipped and the organisation's own, never another's, never a draft."""

from __future__ import annotations

import pytest

from desaga.keys.tests.factories import make_key

from ..moving import Move, Relation
from .factories import make_edition

API_QUERIES = 16


@pytest.fixture
def ask(organisation, client):
    _, words = make_key(organisation)

    def get(path, **headers):
        return client.get(f"/api/v1/{path}", headers={"Authorization": f"Bearer {words}", **headers})

    return get


def test_own_editions_stand_beside_the_shipped_ones_and_drafts_and_others_do_not(
    ask, organisation, other_organisation
) -> None:
    first = make_edition(organisation, "Care", name="Our values", version="2019")
    moves = (Move("Care", ("Kindness", "Wonder"), Relation.SPLIT, "Two now"),)
    second = make_edition(
        organisation, "Kindness: We are kind", "Wonder", name="Our values 2026", replaces=first, moves=moves
    )
    make_edition(organisation, name="A draft", in_use=False)
    theirs = make_edition(other_organisation, name="Their values")

    own = [one for one in ask("frameworks").json()["items"] if one["is_own"]]
    assert [(one["name"], one["is_current"], one["replaces"], one["family"]) for one in own] == [
        ("Our values", False, None, first.key),
        ("Our values 2026", True, "Our values", first.key),
    ]
    whole = ask(f"frameworks/{second.key}").json()
    assert whole["principles"] == [
        {"code": "Kindness", "title": "We are kind", "optional": False},
        {"code": "Wonder", "title": "", "optional": False},
    ]
    assert whole["mapping"] == [{"old": "Care", "new": ["Kindness", "Wonder"], "relation": "split", "note": "Two now"}]
    assert ask(f"frameworks/{theirs.key}").status_code == 404


def test_a_shipped_mapping_is_answered(ask) -> None:
    whole = ask("frameworks/technician-commitment").json()
    assert (whole["replaces"], len(whole["mapping"]), whole["is_own"]) == ("Technician Commitment 2017", 4, False)
    assert [one["code"] for one in whole["principles"] if one["optional"]] == ["Evaluating Impact"]


def test_what_did_not_change_is_not_sent_again(ask, organisation) -> None:
    edition = make_edition(organisation, "Care")
    etag = ask(f"frameworks/{edition.key}").headers["ETag"]
    assert ask(f"frameworks/{edition.key}", **{"If-None-Match": etag}).status_code == 304


@pytest.mark.parametrize("many", [1, 3])
def test_the_list_costs_the_same(ask, organisation, django_assert_num_queries, many) -> None:
    for number in range(many):
        make_edition(organisation, "Care", name=f"Values {number}")
    ask("frameworks")
    with django_assert_num_queries(API_QUERIES):
        ask("frameworks")
