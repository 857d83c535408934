"""Undo, joining, splitting and several hands, in the database."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desaga.audit.models import Entry
from desaga.organisations.states import Role
from desaga.tenancy.context import within

from .. import queries
from ..mending import CUT, Cut
from ..models import ReviewStep, StagedRow
from ..models.imports import GAP
from ..operations import imports
from ..operations.gate import NotNow
from .factories import action_data, stage

STATE = ("pk", "order", "understood", "edited", "source_rows", "is_dropped", "is_kept")


@pytest.fixture
def document(organisation: Any) -> Any:
    rows = [action_data(id=f"r{n}", code=f"A{n}", title=f"Do thing {n}. Then rest.") for n in range(1, 5)]
    with within(organisation):
        yield stage(organisation, *rows)


def state_of(document: Any) -> list[dict[str, Any]]:
    return list(document.rows.order_by("order").values(*STATE))


def seen(*rows: StagedRow) -> dict[int, int | None]:
    return {row.pk: row.version for row in rows}


def last_step(document: Any) -> ReviewStep:
    return document.steps.order_by("-id").first()


DONE = {
    "keep": lambda d, r: imports.keep_rows(actor=None, document=d, seen=seen(*r)),
    "drop": lambda d, r: imports.drop_rows(actor=None, document=d, seen=seen(*r)),
    "usual": lambda d, r: imports.mark_rows(actor=None, document=d, seen=seen(*r)),
    "theme": lambda d, r: imports.retheme_rows(actor=None, document=d, seen=seen(*r), theme="Careers"),
    "edit": lambda d, r: imports.edit_row(actor=None, row=r[0], data={**r[0].data, "title": "Better"}),
    "join": lambda d, r: imports.join_rows(actor=None, document=d, seen=seen(*r)),
    "split": lambda d, r: imports.split_row(actor=None, row=r[0], cut=Cut({"title": f"One {CUT} Two"})),
}


@pytest.mark.parametrize("name", DONE)
def test_each_thing_done_is_undone_whole_and_only_once(document: Any, name: str) -> None:
    before = state_of(document)
    DONE[name](document, list(document.rows.all()[:2]))
    assert state_of(document) != before
    step = last_step(document)

    imports.undo_step(actor=None, step=step)
    imports.undo_step(actor=None, step=step)

    assert state_of(document) == before
    assert Entry.objects.filter(verb="undid").count() == 1
    assert document.rows.filter(edited__isnull=True).count() == 4


@pytest.mark.parametrize("name", ["keep", "drop", "usual", "theme"])
def test_the_same_press_twice_is_one_step(document: Any, name: str) -> None:
    rows = list(document.rows.all()[:2])
    for _ in range(2):
        DONE[name](document, rows)

    assert document.steps.count() == 1


def test_a_joined_row_holds_the_words_and_cells_of_both_and_the_other_is_gone(document: Any) -> None:
    first, second, third, _ = document.rows.all()

    row = imports.join_rows(actor=None, document=document, seen=seen(first, second, third))

    assert row.data["title"] == "Do thing 1. Then rest.\nDo thing 2. Then rest.\nDo thing 3. Then rest."
    assert [source["where"] for source in row.source_rows] == ["line 1", "line 2", "line 3"]
    assert [one.data["code"] for one in document.rows.all()] == ["A1", "A4"]
    assert last_step(document).words == "joined 3 rows"


def test_a_split_row_is_followed_by_the_second_with_the_same_cells(document: Any) -> None:
    second = document.rows.all()[1]

    imports.split_row(
        actor=None,
        row=second,
        cut=Cut({"title": f"Do thing 2. {CUT}Then rest."}, codes=("A2", "A2b")),
        seen=second.version,
    )

    rows = list(document.rows.all())
    assert [row.data["code"] for row in rows] == ["A1", "A2", "A2b", "A3", "A4"]
    assert rows[1].source_rows == rows[2].source_rows
    assert len({row.data["id"] for row in rows}) == 5


def test_a_row_can_be_cut_many_times_over_and_committed_in_order(document: Any) -> None:
    for n in range(30):
        imports.split_row(
            actor=None, row=document.rows.first(), cut=Cut({"title": f"First{CUT}Part {n}"}, codes=("A1", f"P{n}"))
        )

    plan = imports.commit_import(actor=None, document=document)

    codes = [action.code for action in plan.actions.order_by("order")]
    assert codes == ["A1", *(f"P{n}" for n in reversed(range(30))), "A2", "A3", "A4"]


def test_a_row_without_room_after_it_says_so(document: Any) -> None:
    first, second, *_ = document.rows.all()
    StagedRow.objects.filter(pk=second.pk).update(order=first.order + 1)

    with pytest.raises(imports.NoRoomToSplit):
        imports.split_row(actor=None, row=first, cut=Cut({"title": f"One{CUT}Two"}))


@pytest.mark.parametrize("text", ["Do thing 1.", f"{CUT}Do thing 1.", f"Do thing 1. {CUT}  "])
def test_nothing_is_split_off_nothing(document: Any, text: str) -> None:
    with pytest.raises(imports.NothingToSplit):
        imports.split_row(actor=None, row=document.rows.first(), cut=Cut({"title": text}))


def test_one_row_is_joined_with_nothing(document: Any) -> None:
    with pytest.raises(imports.NothingToJoin):
        imports.join_rows(actor=None, document=document, seen=seen(document.rows.first()))


# ---- Several hands


def test_joining_what_somebody_changed_meanwhile_is_refused_by_name(
    organisation: Any, member: Any, document: Any
) -> None:
    officer = member(Role.PROJECT_OFFICER)
    first, second, *_ = document.rows.all()
    imports.edit_row(actor=officer, row=second, data={**second.data, "how": "Theirs"})

    with pytest.raises(imports.ChangedMeanwhile, match=f"{officer.get_full_name()} changed A2"):
        imports.join_rows(actor=None, document=document, seen=seen(first, second))

    assert document.rows.count() == 4


def test_the_same_join_sent_twice_joins_once(document: Any) -> None:
    first, second, *_ = document.rows.all()
    imports.join_rows(actor=None, document=document, seen=seen(first, second))

    with pytest.raises(imports.RowIsGone):
        imports.join_rows(actor=None, document=document, seen=seen(first, second))

    assert document.rows.count() == 3


def test_what_two_people_type_in_one_row_is_put_together(document: Any) -> None:
    row = document.rows.first()
    was, version = row.data, row.version
    imports.edit_row(actor=None, row=row, data={**was, "how": "Theirs"}, seen=version)

    edited = imports.edit_row(actor=None, row=row, data={**was, "success": "Mine"}, seen=version, base=was)

    assert (edited.data["how"], edited.data["success"]) == ("Theirs", "Mine")


@pytest.mark.parametrize("is_known", [True, False])
def test_what_two_people_type_in_one_line_is_asked_about(document: Any, is_known: bool) -> None:
    row = document.rows.first()
    was, version = row.data, row.version
    imports.edit_row(actor=None, row=row, data={**was, "how": "Theirs"}, seen=version)

    with pytest.raises(imports.EditedMeanwhile) as caught:
        imports.edit_row(actor=None, row=row, data={**was, "how": "Mine"}, seen=version, base=was if is_known else None)

    assert [(c.name, c.theirs, c.mine) for c in caught.value.conflicts] == [("how", "Theirs", "Mine")]
    assert caught.value.merged["how"] == "Mine"
    assert document.rows.first().data["how"] == "Theirs"


def test_what_a_row_said_before_is_known_through_presses_that_do_not_change_words(document: Any) -> None:
    row = document.rows.first()
    first = row.data
    imports.keep_row(actor=None, row=row)
    imports.edit_row(actor=None, row=row, data={**first, "how": "Second"})
    imports.drop_row(actor=None, row=row)
    imports.edit_row(actor=None, row=row, data={**first, "how": "Third"})
    row = document.rows.first()

    known = [queries.row_as_seen(row, version) for version in range(1, row.version + 1)]

    assert [data and data["how"] for data in known] == ["", "", "Second", "Second", "Third"]
    assert queries.row_as_seen(row, 99) is None


def test_undoing_what_somebody_built_on_is_refused(document: Any) -> None:
    first, second, *_ = document.rows.all()
    imports.join_rows(actor=None, document=document, seen=seen(first, second))
    join = last_step(document)
    imports.edit_row(actor=None, row=first, data={**first.data, "how": "Later"})
    later = last_step(document)

    with pytest.raises(imports.CannotUndo):
        imports.undo_step(actor=None, step=join)
    imports.undo_step(actor=None, step=later)
    imports.undo_step(actor=None, step=join)

    assert [row.data["code"] for row in document.rows.all()] == ["A1", "A2", "A3", "A4"]


def test_each_undoes_their_own_while_others_go_on(organisation: Any, member: Any, document: Any) -> None:
    me, other = member(Role.PROJECT_OFFICER), member(Role.LEAD)
    rows = list(document.rows.all())
    imports.join_rows(actor=me, document=document, seen=seen(*rows[:2]))
    imports.keep_row(actor=other, row=rows[3])

    step = queries.last_step_of(document, me)
    assert step is not None
    imports.undo_step(actor=me, step=step)

    assert queries.last_step_of(document, me) is None
    assert [(row.data["code"], row.is_kept) for row in document.rows.all()] == [
        ("A1", False), ("A2", False), ("A3", False), ("A4", True),
    ]  # fmt: skip


def test_nothing_is_undone_after_the_commit_or_before_another_reading(document: Any) -> None:
    imports.drop_row(actor=None, row=document.rows.first())
    step = last_step(document)
    imports.commit_import(actor=None, document=document)

    with pytest.raises(NotNow):
        imports.undo_step(actor=None, step=step)


# ---- Whatever is done in whatever order, undoing all of it backwards leaves what was there


@given(what=st.lists(st.tuples(st.sampled_from(sorted(DONE)), st.integers(0, 3)), max_size=8))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_undoing_everything_backwards_leaves_what_was_there(organisation: Any, what: list[tuple[str, int]]) -> None:
    with within(organisation):
        document = stage(
            organisation,
            *[action_data(id=f"r{n}", code=f"A{n}", title="One. Two.") for n in range(5)],
            title=str(uuid4()),
        )
        before = state_of(document)
        for name, at in what:
            rows = list(document.rows.order_by("order"))[at:]
            if len(rows) >= 2:
                DONE[name](document, rows[:2])
        assert len({row["order"] for row in state_of(document)}) == document.rows.count()

        for step in document.steps.filter(undone_at=None).order_by("-id"):
            imports.undo_step(actor=None, step=step)

        assert state_of(document) == before
        assert all(row["order"] % GAP == 0 for row in before)


def test_rows_without_codes_are_joined_by_their_long_names(organisation: Any) -> None:
    with within(organisation):
        names = (
            "Nominate technical colleagues for national awards",
            "Hold a day of talks for everybody in the faculty",
        )
        document = stage(organisation, *(action_data(id=name, title=name) for name in names))

        imports.join_rows(actor=None, document=document, seen=seen(*document.rows.all()))

        entry = Entry.objects.order_by("-pk").first()
        assert entry is not None
        assert (entry.verb, entry.note) == (
            "changed rows of",
            "joined “Nominate technical colleagues for…” and “Hold a day of talks for everybody in…”.",
        )
