"""An organisation's own frameworks: begun, worded, mapped, put in use, and nobody else's to know."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, InternalError, ProgrammingError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desaga.audit.models import Entry
from desaga.organisations.tests.factories import OrganisationFactory
from desaga.tenancy.context import within

from ..models import Edition, EditionChange, Principle
from ..moving import Move, Relation
from ..operations import (
    begin_edition,
    change_edition,
    discard_draft,
    put_in_use,
    take_out_of_use,
    write_mapping,
    write_principles,
)
from ..operations.editions import (
    DraftsAreChanged,
    FollowedAlready,
    MappingIncomplete,
    NameStays,
    NameTaken,
    NothingInIt,
)
from ..operations.gate import NotNow
from ..operations.wording import ChangedMeanwhile, InUseAlready, PrinciplesHaveErrors, TooManyPrinciples
from ..queries import frameworks_known, moves_of, principles_of, succession, successions, wordings_of
from ..states import EDITION_TRANSITIONS, EditionState
from ..wordings import Wording, fingerprint
from .factories import make_edition

SAME, REWORDED, DROPPED = Relation.SAME, Relation.REWORDED, Relation.DROPPED


@pytest.fixture
def organisation(db):
    return OrganisationFactory()


def verbs(edition):
    return list(Entry.objects.filter(thing_id=str(edition.pk)).order_by("pk").values_list("verb", flat=True))


def test_transitions_as_a_table() -> None:
    told = {name: (sorted(one.sources), one.target) for name, one in EDITION_TRANSITIONS.items()}

    assert told == {
        "put_in_use": (["draft", "out_of_use", "replaced"], "in_use"),
        "take_out_of_use": (["in_use"], "out_of_use"),
        "replace": (["in_use", "out_of_use"], "replaced"),
    }


def test_an_own_framework_is_known_once_it_is_in_use(organisation) -> None:
    edition = make_edition(
        organisation, "V1: Care", "V2: Courage", version="2025", source="strategy.docx", in_use=False
    )
    with within(organisation):
        assert [one.name for one in frameworks_known() if one.is_own] == []
        put_in_use(actor=None, edition=edition)
        known = next(one for one in frameworks_known() if one.is_own)

        assert (known.name, known.kind, known.version, known.source, known.family, known.is_current) == (
            "Our values",
            "values",
            "2025",
            "strategy.docx",
            edition.key,
            True,
        )
        assert known.principles == (("V1", "Care", False), ("V2", "Courage", False))
        assert verbs(edition) == ["began", "put in use"]
        assert [str(one) for one in EditionChange.objects.all()] == ["draft to in_use"]


@pytest.mark.parametrize(
    "name", ["TALENT", "talent  report", "Our values", "OUR  VALUES", "Technician Commitment 2017"]
)
def test_a_name_tells_one_framework_only(organisation, name) -> None:
    make_edition(organisation)
    with within(organisation), pytest.raises(NameTaken):
        begin_edition(actor=None, organisation=organisation, name=name, kind="values")


def test_two_organisations_may_name_theirs_alike_and_see_only_their_own(organisation) -> None:
    other = OrganisationFactory()
    make_edition(other, "Theirs")
    make_edition(organisation, "Ours")
    with within(organisation):
        assert [one.code for one in Principle.objects.all()] == ["Ours"]
        assert [one.principles for one in frameworks_known() if one.is_own] == [(("Ours", "", False),)]


def test_a_row_can_name_no_edition_of_another_organisation(organisation) -> None:
    theirs = make_edition(OrganisationFactory())
    with within(organisation):
        for make in (
            lambda: Edition.objects.create(organisation=organisation, name="Mine", replaces_id=theirs.pk),
            lambda: Principle.objects.create(organisation=organisation, edition_id=theirs.pk, order=9, code="X"),
        ):
            with pytest.raises((ProgrammingError, InternalError)), transaction.atomic():
                make()


def test_an_edition_follows_another_once_every_principle_is_answered(organisation) -> None:
    first = make_edition(organisation, "Care", "Courage")
    second = make_edition(organisation, "Kindness", "Wonder", name="Our values 2026", replaces=first, in_use=False)
    with within(organisation):
        with pytest.raises(MappingIncomplete):
            put_in_use(actor=None, edition=second)
        moves = [Move("Care", ("Kindness",), REWORDED, "A warmer word"), Move("Courage", (), DROPPED)]
        write_mapping(actor=None, edition=second, moves=moves)
        assert successions()[0].old_name == "Technician Commitment 2017"
        put_in_use(actor=None, edition=second)

        found = succession("Our values", "Our values 2026")
        assert found is not None
        assert list(found.moves) == moves
        assert found.additions(["Kindness", "Wonder"]) == ("Wonder",)
        states = {one.name: (one.is_current, one.family) for one in frameworks_known() if one.is_own}
        assert states == {"Our values": (False, first.key), "Our values 2026": (True, first.key)}
        assert verbs(first) == ["began", "put in use", "replaced"]


def test_an_edition_may_follow_a_shipped_framework(organisation) -> None:
    moves = tuple(Move(f"N8-{number}", ("P1",), Relation.MERGED) for number in range(1, 11))
    make_edition(organisation, "P1", name="N8, as we keep it", replaces_name="N8", moves=moves)
    with within(organisation):
        known = {one.name: (one.is_current, one.family) for one in frameworks_known() if one.family == "n8"}
        assert known == {"N8, as we keep it": (True, "n8"), "N8": (False, "n8")}
        assert succession("N8", "N8, as we keep it").moves == moves


def test_what_follows_is_told_apart(organisation) -> None:
    first = make_edition(organisation, in_use=False)
    with within(organisation):
        with pytest.raises(DraftsAreChanged):
            begin_edition(actor=None, organisation=organisation, name="Next", kind="values", replaces=first)
        put_in_use(actor=None, edition=first)
        begin_edition(actor=None, organisation=organisation, name="Next", kind="values", replaces=first)
        with pytest.raises(FollowedAlready):
            begin_edition(actor=None, organisation=organisation, name="Other", kind="values", replaces=first)


def test_the_former_comes_back_only_while_its_successor_is_not_in_use(organisation) -> None:
    first = make_edition(organisation, "Care")
    second = make_edition(organisation, "Care", name="Next", replaces=first, moves=(Move("Care", ("Care",), SAME),))
    with within(organisation):
        with pytest.raises(FollowedAlready):
            put_in_use(actor=None, edition=first)
        take_out_of_use(actor=None, edition=second)
        assert put_in_use(actor=None, edition=first).state == EditionState.IN_USE
        with pytest.raises(NotNow):
            take_out_of_use(actor=None, edition=second)


def test_nothing_in_it_is_not_put_in_use(organisation) -> None:
    with within(organisation):
        edition = begin_edition(actor=None, organisation=organisation, name="Empty", kind="values")
        with pytest.raises(NothingInIt):
            put_in_use(actor=None, edition=edition)


@pytest.mark.parametrize(
    ("rows", "refusal"),
    [
        ([Wording("")], PrinciplesHaveErrors),
        ([Wording("Care"), Wording("care ")], PrinciplesHaveErrors),
        ([Wording("Care", names=("Courage",)), Wording("Courage")], PrinciplesHaveErrors),
        ([Wording("x" * 81)], PrinciplesHaveErrors),
        ([Wording(f"V{number}") for number in range(201)], TooManyPrinciples),
        ([Wording("Care", was="Gone")], ChangedMeanwhile),
    ],
)
def test_principles_that_are_not_right_are_refused_and_nothing_changes(organisation, rows, refusal) -> None:
    edition = make_edition(organisation, "Care", in_use=False)
    with within(organisation):
        before = wordings_of(principles_of(edition))
        with pytest.raises(refusal):
            write_principles(actor=None, edition=edition, rows=rows)
        assert wordings_of(principles_of(edition)) == before


def test_principles_are_renamed_swapped_ordered_and_dropped_and_the_mapping_follows(organisation) -> None:
    first = make_edition(organisation, "A", "B", "C")
    moves = (Move("A", ("X",), SAME), Move("B", ("Y", "Z"), Relation.SPLIT), Move("C", ("Z",), SAME))
    second = make_edition(organisation, "X", "Y", "Z", name="Next", replaces=first, moves=moves, in_use=False)
    with within(organisation):
        rows = [Wording("X", was="Y"), Wording("New"), Wording("Y", was="X", text="as  it is\nwritten")]
        write_principles(actor=None, edition=second, rows=rows)

        assert [(one.order, one.code, one.text) for one in principles_of(second)] == [
            (0, "X", ""),
            (1, "New", ""),
            (2, "Y", "as  it is\nwritten"),
        ]
        assert [(move.old, move.new) for move in moves_of(second)] == [("A", ("Y",)), ("B", ("X",))]
        entry = Entry.objects.filter(verb="worded").get()
        assert entry.changes == {
            "X": ["X", "Y – as  it is\nwritten"],
            "Y": ["Y", "X"],
            "Z": ["Z", None],
            "New": [None, "New"],
        }


def test_two_hands_do_not_overwrite_each_other(organisation) -> None:
    edition = make_edition(organisation, "Care", in_use=False)
    with within(organisation):
        seen = fingerprint(wordings_of(principles_of(edition)))
        write_principles(actor=None, edition=edition, rows=[Wording("Kindness", was="Care")], seen=seen)
        with pytest.raises(ChangedMeanwhile):
            write_principles(actor=None, edition=edition, rows=[Wording("Courage", was="Care")], seen=seen)


@pytest.mark.parametrize(
    ("row", "refused"),
    [
        (Wording("V1", "We care for each other", was="V1"), False),
        (Wording("V1", "We care for one another", "Explained", ("Caring",), was="V1"), False),
        (Wording("V1", "Profit before everything", was="V1"), True),
        (Wording("V2", "We care for each other", was="V1"), True),
        (Wording("V1", "We care for each other", optional=True, was="V1"), True),
        (Wording("V1", "We care for each other"), True),
    ],
)
def test_in_use_only_words_are_mended(organisation, row, refused) -> None:
    edition = make_edition(organisation, "V1: We care for each other")
    with within(organisation):
        if refused:
            with pytest.raises(InUseAlready):
                write_principles(actor=None, edition=edition, rows=[row])
        else:
            write_principles(actor=None, edition=edition, rows=[row])
            assert [one.title for one in principles_of(edition)] == [row.title]


def test_what_is_replaced_or_out_of_use_stays_as_it_was(organisation) -> None:
    edition = make_edition(organisation, "Care")
    with within(organisation):
        take_out_of_use(actor=None, edition=edition)
        with pytest.raises(NotNow):
            write_principles(actor=None, edition=edition, rows=[Wording("Care", "Kindly", was="Care")])
        assert [one.is_current for one in frameworks_known() if one.is_own] == [False]


def test_the_name_stays_once_actions_may_name_it(organisation) -> None:
    edition = make_edition(organisation, in_use=False)
    with within(organisation):
        change_edition(actor=None, edition=edition, name="Our aims", version="2026")
        put_in_use(actor=None, edition=edition)
        with pytest.raises(NameStays):
            change_edition(actor=None, edition=edition, name="Our ends")
        assert change_edition(actor=None, edition=edition, source="aims.pdf").source == "aims.pdf"


def test_a_draft_can_be_discarded_and_is_remembered_by_the_audit(organisation) -> None:
    edition = make_edition(organisation, "Care", in_use=False)
    used = make_edition(organisation, name="Our aims")
    with within(organisation):
        discard_draft(actor=None, edition=edition)
        with pytest.raises(NotNow):
            discard_draft(actor=None, edition=used)
        assert [one.name for one in Edition.objects.all()] == ["Our aims"]
        assert Entry.objects.get(verb="discarded").changes == {"Care": ["Care", None]}


def test_moves_of_principles_that_were_not_there_are_refused(organisation) -> None:
    first = make_edition(organisation, "Care")
    second = make_edition(organisation, "Care", name="Next", replaces=first, in_use=False)
    with within(organisation), pytest.raises(NotNow):
        write_mapping(actor=None, edition=second, moves=[Move("Courage", ("Care",), SAME)])


def test_the_database_keeps_codes_unique_whatever_their_case(organisation) -> None:
    edition = make_edition(organisation, "Care")
    with within(organisation), pytest.raises(IntegrityError), transaction.atomic():
        Principle.objects.create(organisation=organisation, edition=edition, order=5, code="CARE")


@pytest.mark.parametrize("many", [1, 3])
def test_what_is_known_costs_the_same_however_many_there_are(organisation, django_assert_num_queries, many) -> None:
    for number in range(many):
        make_edition(organisation, "Care", name=f"Values {number}")
    with within(organisation), django_assert_num_queries(2):
        assert len([one for one in frameworks_known() if one.is_own]) == many


codes = st.sampled_from(["A", "B", "C", "D", "E"])


#: Machines that share their processors are slow at times.
@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(codes, st.text("xyz ", max_size=4)), max_size=5, unique_by=lambda one: one[0]))
def test_a_fingerprint_is_the_same_only_for_the_same_words(rows) -> None:
    wordings = [Wording(code, title) for code, title in rows]
    assert fingerprint(wordings) == fingerprint(tuple(wordings))
    assert fingerprint([*wordings, Wording("F")]) != fingerprint(wordings)
