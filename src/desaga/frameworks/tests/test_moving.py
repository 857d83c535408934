"""What becomes of principles from one edition to the next."""

from __future__ import annotations

import pytest

from desaga.frameworks.moving import Move, Relation, Succession, Trouble, troubles
from desaga.frameworks.shipped import shipped_frameworks, shipped_successions

SAME, SPLIT, MERGED, DROPPED, WIDENED = (
    Relation.SAME,
    Relation.SPLIT,
    Relation.MERGED,
    Relation.DROPPED,
    Relation.WIDENED,
)


@pytest.mark.parametrize(
    ("moves", "sentences"),
    [
        ([], ["Say what becomes of it.", "Say what becomes of it."]),
        ([Move("A", ("X",), SAME), Move("B", (), DROPPED)], []),
        ([Move("A", ("X", "Y"), SPLIT), Move("B", ("Y",), WIDENED)], []),
        ([Move("A", ("X",), MERGED), Move("B", ("X",), MERGED)], []),
        (
            [Move("A", ("X",), MERGED), Move("B", ("Y",), SAME)],
            ["Nothing else becomes “X”. Choose that for another principle too, or say how it goes on."],
        ),
        (
            [Move("A", ("X",), SPLIT), Move("B", (), SAME)],
            [
                "Choose at least two principles that it becomes.",
                "Choose what it becomes, or say that it is dropped.",
            ],
        ),
        (
            [Move("A", ("X", "Y"), SAME), Move("B", ("X",), DROPPED)],
            [
                "It becomes more than one principle: say so, or choose one.",
                "What is dropped becomes nothing. Take the principles away, or say how it goes on.",
            ],
        ),
        (
            [Move("A", ("Z",), SAME), Move("B", ("X",), SAME)],
            ["“Z” is not in the new edition. Choose another principle."],
        ),
    ],
)
def test_a_mapping_is_whole_when_each_old_principle_is_answered_fittingly(moves, sentences) -> None:
    assert [trouble.sentence for trouble in troubles(moves, old=["A", "B"], new=["X", "Y"])] == sentences


def test_troubles_name_the_old_principle() -> None:
    assert troubles([Move("A", ("X",), SAME)], old=["A", "B"], new=["X"]) == [Trouble("B", "Say what becomes of it.")]


def test_a_succession_answers_by_code_and_knows_what_is_new() -> None:
    move = Move("A", ("X",), SAME)
    succession = Succession("Old", "New", (move,))

    assert succession.for_code("A") == move
    assert succession.for_code("B") is None
    assert succession.additions(["X", "Y"]) == ("Y",)


def test_shipped_successions_are_whole() -> None:
    codes = {one.name: [p.code for p in one.principles] for one in shipped_frameworks()}

    found = {
        (one.old_name, one.new_name): (
            troubles(one.moves, old=codes[one.old_name], new=codes[one.new_name]),
            one.additions(codes[one.new_name]),
        )
        for one in shipped_successions()
    }

    assert found == {("Technician Commitment 2017", "Technician Commitment"): ([], ("Evaluating Impact",))}


def test_only_the_latest_edition_of_a_shipped_framework_is_current() -> None:
    told = [(one.key, one.family) for one in shipped_frameworks() if not one.is_current]

    assert told == [
        # The historic charter, which nothing followed.
        ("engtechnow", "engtechnow"),
        ("technician-commitment-2017", "technician-commitment"),
    ]
