"""A mapping is proposed where words or codes say it, and nowhere else."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ..mapping import propose
from ..moving import Move, Relation
from ..wordings import Wording

SAME, REWORDED = Relation.SAME, Relation.REWORDED
#: Machines that share their processors are slow at times.
calmly = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])


@pytest.mark.parametrize(
    ("old", "new", "moves"),
    [
        ([Wording("V1", "We care")], [Wording("V1", "we  care")], [Move("V1", ("V1",), SAME)]),
        ([Wording("V1", "We care")], [Wording("V9", "We care")], [Move("V1", ("V9",), SAME)]),
        ([Wording("Care")], [Wording("Care", "We are kind")], [Move("Care", ("Care",), REWORDED)]),
        ([Wording("Care")], [Wording("Kindness", names=("care",))], [Move("Care", ("Kindness",), REWORDED)]),
        (
            [Wording("1", "Offer every technician a mentor")],
            [Wording("A", "Fund conference travel"), Wording("B", "Offer a mentor to every technician")],
            [Move("1", ("B",), REWORDED)],
        ),
        ([Wording("1", "Offer every technician a mentor")], [Wording("A", "Fund conference travel")], []),
        ([Wording("1", "Tea")], [Wording("2", "Ten")], []),
        # Numbers that moved on: the words go before the code.
        (
            [Wording("1", "Fund travel"), Wording("2", "Offer mentors")],
            [Wording("1", "Offer mentors"), Wording("2", "Fund travel")],
            [Move("1", ("2",), SAME), Move("2", ("1",), SAME)],
        ),
        ([], [Wording("1", "Fund travel")], []),
    ],
)
def test_proposals(old, new, moves) -> None:
    assert propose(old, new) == moves


rows = st.lists(
    st.builds(Wording, st.sampled_from("ABCDEF"), st.sampled_from(["", "Fund travel", "Fund all travel", "Mentors"])),
    max_size=6,
    unique_by=lambda row: row.code,
)


@calmly
@given(rows, rows)
def test_what_is_proposed_is_there_and_no_new_principle_is_proposed_twice(old, new) -> None:
    moves = propose(old, new)
    reached = [code for move in moves for code in move.new]

    assert {move.old for move in moves} <= {row.code for row in old}
    assert set(reached) <= {row.code for row in new}
    assert len(reached) == len(set(reached))


@calmly
@given(rows)
def test_an_edition_maps_onto_itself(old) -> None:
    told = {row.title or row.code for row in old}
    if len(told) == len(old):
        assert propose(old, old) == [Move(row.code, (row.code,), SAME) for row in old]
