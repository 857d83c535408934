"""Reading a document anew while somebody was at its rows: nothing that was typed is lost, whatever the reader now says."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desaga.tenancy.context import within

from ..mending import CUT, Cut
from ..models import DocumentContent, RememberedChoice
from ..operations import imports
from ..operations.gate import NotNow
from ..queries.newer import comparison_of
from ..queries.remembered import headings_of, hints_of_organisation
from ..rereading import paired, reapplied
from ..states import ChoiceKind, DocumentState
from .factories import PlanFactory, action_data, make_action, stage

SHEET = """Ref,Action,Deliverable,Lead,When
A1,Open the glass store,Two stores open,Estates,2026
A2,Name a mentor for each trainee,Twelve mentors,HR,2027
A3,Nominate technicians,Six nominations,HR,2027
"""


def source(row: int) -> dict[str, Any]:
    return {"sheet": None, "page": None, "row": row}


@pytest.mark.parametrize(
    ("edited", "now", "expected"),
    [
        (None, {"how": "New"}, None),
        ({}, {"how": "New"}, None),
        ({"title": "Mine"}, {"how": "New"}, {"title": "Mine", "how": "New"}),
        ({"title": "Mine"}, {"title": "Theirs"}, {"title": "Mine"}),
    ],
)
def test_what_was_corrected_is_put_over_the_new_reading(edited: Any, now: Any, expected: Any) -> None:
    was = action_data(id="r1", how="Old")
    edited = edited if edited is None else {**was, **edited}
    told = {**was, **now}

    assert reapplied(was, edited, told) == (expected and {**told, **expected})


FIELDS = st.dictionaries(st.sampled_from(["title", "how", "success", "comments"]), st.text(max_size=5), max_size=4)


@given(FIELDS, FIELDS)
def test_no_correction_is_lost_and_nothing_else_is_kept_of_the_old_reading(mine: Any, theirs: Any) -> None:
    was = action_data(id="r1", how="Old how", success="Old success", comments="Old")
    now = {**was, **theirs}

    said = reapplied(was, {**was, **mine}, now) or now

    corrected = {name for name, value in mine.items() if value != was[name]}
    assert {name: said[name] for name in corrected} == {name: mine[name] for name in corrected}
    assert all(said[name] == now[name] for name in said if name not in corrected)


def test_doubts_that_were_settled_stay_settled_and_new_ones_come() -> None:
    old, new = ({"field": "title", "kind": kind, "message": kind} for kind in ("torn_end", "missing"))
    was = action_data(notices=[old])

    said = reapplied(was, {**was, "title": "Whole", "notices": []}, {**was, "notices": [old, new]})

    assert said is not None
    assert said["notices"] == [new]


def test_rows_are_told_by_id_then_by_place_and_parts_belong_to_the_whole() -> None:
    rows = [action_data(id="a", source=source(2)), action_data(id="a-part-2"), action_data(id="gone", source=source(3))]
    rows.append(action_data(id="nowhere", source=source(9)))
    actions = [
        action_data(id="a"),
        action_data(id="renamed", source=source(3)),
        action_data(id="held"),
        action_data(id="x"),
    ]

    pairs = paired(rows, [[], [], [action_data(id="held")], []], actions)

    assert pairs.action_of == {0: 0, 1: 0, 2: 1}
    assert pairs.fresh == [3]


@pytest.fixture
def document(organisation: Any) -> Any:
    with within(organisation):
        handed_in = imports.hand_in(
            actor=None, organisation=organisation, name="plan.csv", content=SHEET.encode(), in_background=False
        )
        yield imports.read_now(actor=None, document=handed_in.document)


def rows_of(document: Any) -> list[Any]:
    return list(document.rows.order_by("order"))


def told(document: Any, name: str) -> list[Any]:
    return [row.data[name] for row in rows_of(document)]


def reread(document: Any, **roles: str | None) -> Any:
    """Say what columns are, and read as the worker does."""
    imports.rehead_columns(actor=None, document=document, roles=roles)
    document.refresh_from_db()
    return imports.read_now(actor=None, document=document)


def test_a_column_is_named_and_the_table_read_anew_with_corrections_kept(document: Any) -> None:
    first, second, _ = rows_of(document)
    imports.edit_row(actor=None, row=first, data={**first.data, "title": "Open both glass stores"})
    imports.keep_row(actor=None, row=second)
    keys = [row.pk for row in rows_of(document)]

    document = reread(document, Deliverable="how")

    assert told(document, "how") == ["Two stores open", "Twelve mentors", "Six nominations"]
    assert told(document, "success") == ["", "", ""]
    assert told(document, "title") == [
        "Open both glass stores",
        "Name a mentor for each trainee",
        "Nominate technicians",
    ]
    assert [row.pk for row in rows_of(document)] == keys
    assert rows_of(document)[1].is_kept
    assert RememberedChoice.objects.get().times_used == 1
    assert DocumentContent.objects.get(document=document).choices_used == [["heading", "deliverable"]]


def test_reading_anew_is_one_step_and_undone_with_one_press(document: Any) -> None:
    before = [(row.pk, row.data, row.order) for row in rows_of(document)]
    document = reread(document, Deliverable="how")

    imports.undo_step(actor=None, step=document.steps.first())

    assert [(row.pk, row.data, row.order) for row in rows_of(document)] == before


def test_joined_and_split_rows_stay_joined_and_split(document: Any) -> None:
    first, second, third = rows_of(document)
    imports.join_rows(actor=None, document=document, seen={first.pk: None, second.pk: None})
    imports.split_row(actor=None, row=third, cut=Cut({"title": f"Nominate {CUT} technicians"}))

    document = reread(document, Lead="support")

    assert told(document, "title") == [
        "Open the glass store\nName a mentor for each trainee",
        "Nominate",
        "technicians",
    ]
    assert [{owner["role"] for owner in owners} for owners in told(document, "owners")][1:] == [
        {"support"},
        {"support"},
    ]


def test_rows_that_are_no_longer_found_go_unless_corrected_then_they_are_dropped(organisation: Any) -> None:
    with within(organisation):
        document = stage(organisation, *(action_data(id=f"r{n}", title=f"Do {n}", source=source(n)) for n in (1, 2, 3)))
        _, second, _ = rows_of(document)
        imports.edit_row(actor=None, row=second, data={**second.data, "title": "Do it well"})
        imports.read_anew(actor=None, document=document)
        document.refresh_from_db()
        imports.begin_reading(actor=None, document=document)
        actions = [
            action_data(id="r1", title="Do 1", source=source(1)),
            action_data(id="n", title="New", source=source(9)),
        ]
        reading = {**DocumentContent.objects.get(document=document).reading, "actions": actions}

        imports.finish_reading(
            actor=None, document=document, found={"plan": reading, "rows": [[], []], "format": "txt"}
        )

        assert [(row.data["title"], row.is_dropped) for row in rows_of(document)] == [
            ("Do 1", False),
            ("Do it well", True),
            ("New", False),
        ]
        assert document.steps.first().words == (
            "read the document anew (rows: 1 more, 1 fewer, 1 corrected with no place, now among the dropped)"
        )


def test_the_same_choice_again_reads_nothing_and_the_reader_can_have_its_way(document: Any) -> None:
    document = reread(document, Deliverable="how")

    assert imports.rehead_columns(actor=None, document=document, roles={"DELIVERABLE ": "how"}) == 0
    assert document.state == DocumentState.READ

    document = reread(document, Deliverable=None)

    assert told(document, "success") == ["Two stores open", "Twelve mentors", "Six nominations"]
    assert not RememberedChoice.objects.exists()


def test_the_next_document_is_read_with_what_was_said(document: Any, organisation: Any) -> None:
    reread(document, Deliverable="how")
    content = SHEET.replace("A1", "B1").encode()

    following = imports.read_now(
        actor=None,
        document=imports.hand_in(
            actor=None, organisation=organisation, name="next.csv", content=content, in_background=False
        ).document,
    )

    assert told(following, "how") == ["Two stores open", "Twelve mentors", "Six nominations"]
    assert RememberedChoice.objects.get().times_used == 2


def test_what_one_organisation_says_is_not_heeded_for_another(document: Any, other_organisation: Any) -> None:
    reread(document, Deliverable="how")
    assert hints_of_organisation()["headings"] == {"deliverable": "how"}

    with within(other_organisation):
        assert hints_of_organisation()["headings"] == {}


def test_no_column_is_something_that_there_is_not(document: Any) -> None:
    with pytest.raises(imports.NotAColumn):
        imports.rehead_columns(actor=None, document=document, roles={"Deliverable": "colour"})
    with pytest.raises(imports.NoWordsToRemember):
        imports.rehead_columns(actor=None, document=document, roles={"…": "how"})
    imports.commit_import(actor=None, document=document)
    with pytest.raises(NotNow):
        imports.rehead_columns(actor=None, document=document, roles={"Deliverable": "how"})

    assert not RememberedChoice.objects.exists()


def test_headings_are_listed_once_with_an_example(document: Any) -> None:
    assert [(one.words, one.cells, one.example) for one in headings_of(document)] == [
        ("Ref", 3, "A1"),
        ("Action", 3, "Open the glass store"),
        ("Deliverable", 3, "Two stores open"),
        ("Lead", 3, "Estates"),
        ("When", 3, "2026"),
    ]


# ---- A document that is a newer state of a plan


STATE = """Nummer,Action,Whose hat,State of play
A1,Write role descriptors for technicians,Estates,Simmering
A2,Hold a yearly event for technicians,HR,On track
"""


def test_a_newer_state_of_a_plan_is_read_anew_and_compared_with_what_is_said_of_it(organisation: Any) -> None:
    plan = PlanFactory(organisation=organisation)
    make_action(plan, code="A1", title="Write role descriptors for technicians")
    make_action(plan, code="A2", title="Hold a yearly event for technicians", status="in_progress")
    with within(organisation):
        document = imports.hand_in(
            actor=None, organisation=organisation, name="state.csv", content=STATE.encode(), in_background=False,
            updates_plan=plan,
        ).document  # fmt: skip
        imports.read_now(actor=None, document=document)
        told_before = {field.heading for one in comparison_of(document).changed for field in one.fields}
        roles = {"Whose hat": "owner", "State of play": "status", "Nummer": "code"}
        imports.rehead_columns(actor=None, document=document, roles=roles)
        document.refresh_from_db()
        imports.read_now(actor=None, document=document)
        said = [imports.Said(ChoiceKind.STATUS, "Simmering", {"status": "delayed"})]
        imports.map_words(actor=None, document=document, said=said)
        document.refresh_from_db()
        imports.read_now(actor=None, document=document)
        document.refresh_from_db()

        found = comparison_of(document)
        changed = {(str(one.known.data["code"]), f.heading): f.now for one in found.changed for f in one.fields}

        assert "Who carries it" not in told_before
        assert document.updates_plan == plan
        assert (found.added, found.gone) == ([], [])
        assert changed == {
            ("A1", "Who carries it"): "Estates",
            ("A2", "Who carries it"): "HR",
            ("A1", "Status"): "Delayed",
        }
