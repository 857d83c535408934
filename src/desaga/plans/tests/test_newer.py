"""A newer state of a plan comes back: looked at, chosen from, taken over once; and versions to go back to."""

from __future__ import annotations

import io
import json
from datetime import date, timedelta
from typing import Any

import openpyxl
import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone

from desaga.audit.models import Entry
from desaga.evidence.operations import GivenPiece
from desaga.organisations.states import Role
from desaga.tenancy.context import within

from ..models import Action, ImportedDocument, Plan, PlanVersion, Update
from ..operations import actions, imports, newer
from ..operations.actions import PlanIsClosed
from ..operations.evidence import give_evidence
from ..operations.newer import Chosen
from ..operations.updates import give_update
from ..queries.checks import looked_at
from ..queries.newer import comparison_of, interchange_of, known_actions
from ..roundtrip.columns import COLUMNS
from ..roundtrip.sheet import mark_of, write_csv, write_xlsx
from ..updating import Account
from .factories import DEMO_DOCUMENTS, PlanFactory, action_data, close_plan, make_action, read_document, stage

TODAY = date(2026, 11, 28)
HEADINGS = [column.heading for column in COLUMNS]


@pytest.fixture
def plan(organisation: Any) -> Plan:
    plan = PlanFactory(organisation=organisation)
    make_action(plan, code="A1", title="Write role descriptors", owners=["TSM"], status="in_progress", comments="Begun")
    make_action(plan, code="A2", title="Hold a yearly event", rag="green", theme="Visibility")
    make_action(plan, title="Map the routes into technical careers")
    return plan


def taken_out(plan: Plan, *, whole: bool = True, kind: str = "xlsx") -> bytes:
    with within(plan.organisation):
        pairs = [(one.id, one.data) for one in known_actions(plan)]
    mark = mark_of(plan.pk, whole=whole, now=timezone.now())
    return write_csv(mark, pairs) if kind == "csv" else write_xlsx(plan.title, "", mark, pairs)


def edited(content: bytes, cells: dict[tuple[int, str], str]) -> bytes:
    """The workbook after these cells were typed, by row (the first action is 2) and heading."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    for (row, heading), words in cells.items():
        book["Actions"].cell(row=row, column=1 + HEADINGS.index(heading), value=words)
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def bring(plan: Plan, content: bytes, name: str = "plan.xlsx", **options: Any) -> ImportedDocument:
    with within(plan.organisation):
        document = imports.hand_in(
            actor=None, organisation=plan.organisation, name=name, content=content, in_background=False, **options
        ).document
        imports.read_now(actor=None, document=document)
        return ImportedDocument.objects.get(pk=document.pk)


def everything(document: ImportedDocument) -> Chosen:
    found = comparison_of(document)
    changes = [field.token(str(one.known.pk)) for one in found.changed for field in one.fields]
    return Chosen(changes, [one.token for one in found.added], [one.pk for one in found.gone])


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_a_file_that_was_taken_out_is_known_and_changes_nothing(plan: Plan, kind: str) -> None:
    document = bring(plan, taken_out(plan, kind=kind), f"plan.{kind}")

    with within(plan.organisation):
        found = comparison_of(document)

    assert document.updates_plan == plan
    assert (found.changed, found.added, found.gone, found.same) == ([], [], [], 3)


def test_two_changed_cells_are_two_changes_and_are_taken_over_once(plan: Plan) -> None:
    cells = {(2, "Action"): "Write and publish role descriptors", (3, "Theme"): "Recognition"}
    document = bring(plan, edited(taken_out(plan), cells))

    with within(plan.organisation):
        chosen = everything(document)
        assert len(chosen.changes) == 2
        taken = newer.bring_back(actor=None, document=document, chosen=chosen, today=TODAY)
        again = newer.bring_back(actor=None, document=document, chosen=chosen, today=TODAY)

        assert (taken.fields, taken.actions, again.fields) == (2, 2, 0)
        assert plan.actions.order_by("order")[0].title == "Write and publish role descriptors"
        assert plan.actions.get(code="A2").theme.title == "Recognition"
        assert plan.actions.count() == 3
        assert PlanVersion.objects.filter(plan=plan).count() == 1
        assert Entry.objects.filter(verb="changed", thing_kind="plans.action").count() == 2


def test_status_and_comments_are_appended_as_dated_updates(plan: Plan) -> None:
    document = bring(plan, edited(taken_out(plan), {(2, "Status"): "Delayed", (2, "Comments"): "The post is vacant"}))

    with within(plan.organisation):
        newer.bring_back(actor=None, document=document, chosen=everything(document), today=TODAY)
        action = plan.actions.get(code="A1")

        assert [(u.period, u.status, u.text) for u in action.updates.all()] == [
            ("Before 28 November 2026", "in_progress", "Begun"),
            ("28 November 2026", "delayed", "The post is vacant"),
        ]
        assert (action.status, action.comments) == ("delayed", "The post is vacant")


def test_what_is_brought_back_today_is_heard_today_and_says_who_wrote_it_down(plan: Plan, member: Any) -> None:
    officer = member(Role.PROJECT_OFFICER)
    content = period_column(taken_out(plan), "Update: October 2026", {2: "Two are written"})
    document = bring(plan, edited(content, {(3, "Status"): "In progress"}))

    with within(plan.organisation):
        newer.bring_back(actor=officer, document=document, chosen=everything(document), today=TODAY)
        before, said = plan.actions.get(code="A2").updates.all()
        heard = {one.label: one.said_at for one in looked_at(plan, TODAY) if one.said_at}

    today = timezone.localdate()
    assert (before.said_at, said.entered_by, said.way) == (None, officer, "document")
    assert heard == {"A1 Write role descriptors": today, "A2 Hold a yearly event": today}


RED_AND_COMPLETE = {(2, "Status"): "Complete", (2, "How"): "By a group", (3, "RAG"): "Red", (3, "Status"): "Delayed"}


def test_red_and_complete_are_left_for_an_update_and_the_rest_of_the_row_is_taken(plan: Plan, client: Any) -> None:
    content = period_column(taken_out(plan), "Update: October 2026", {2: "Complete. All written", 3: "Amber. Half"})
    document = bring(plan, edited(content, RED_AND_COMPLETE))
    page = address(plan, "review_changes", document.pk)
    shown = client.get(page).content.decode()
    with within(plan.organisation):
        ticked = list(everything(document).changes)

    answer = client.post(page, {"change": ticked}, follow=True).content.decode()

    assert "Complete wants what shows it. Say it as an update, with what shows it." in shown
    assert "Red wants why, and how it gets back on course. Say it as an update, with both." in shown
    assert "Taken over: 3 changes in 2 actions. " in answer
    assert (
        "Left as it was: Status of A1, Update: October 2026 of A1, RAG of A2. Say it as an update, with what shows it"
        in answer
    )
    with within(plan.organisation):
        rows = plan.actions.order_by("order").values_list("code", "status", "rag", "how")
        assert list(rows)[:2] == [("A1", "in_progress", "", "By a group"), ("A2", "delayed", "green", "")]
        assert [(u.status, u.rag) for u in Update.objects.filter(plan=plan)] == [
            ("", "green"), ("", "amber"), ("delayed", "green"),
        ]  # fmt: skip


def test_what_shows_it_already_lets_a_sheet_say_complete_and_why_it_is_red_stays_said(plan: Plan) -> None:
    with within(plan.organisation):
        one, other = (plan.actions.get(code=code) for code in ("A1", "A2"))
        piece = GivenPiece(title="The page", link="https://northmoor.example/")
        give_evidence(actor=None, action=one, piece=piece, given_by="Ann Smith")
        red = Account(status="delayed", rag="red", text="No money", reason="No money.", recovery="Ask the board.")
        give_update(actor=None, action=other, account=red, period="Autumn", given_by="Ann")
    cells = {(2, "Status"): "Complete", (3, "Comments"): "The board meets in May"}
    document = bring(plan, edited(taken_out(plan), cells))

    with within(plan.organisation):
        taken = newer.bring_back(actor=None, document=document, chosen=everything(document), today=TODAY)
        said = [action.updates.last() for action in (one, other)]

    assert (taken.fields, taken.unsaid) == (2, [])
    assert [(u.status, u.rag, u.evidence, u.reason, u.recovery) for u in said] == [
        ("complete", "", "The page", "", ""),
        ("delayed", "red", "", "No money.", "Ask the board."),
    ]


def test_going_back_leaves_red_and_complete_for_an_update_and_says_so(plan: Plan, client: Any) -> None:
    with within(plan.organisation):
        plan.actions.filter(code="A1").update(status="complete", how="By a group")
        plan.actions.filter(code="A2").update(rag="red")
        version = newer.keep_version(actor=None, plan=plan, name="As sent")
        plan.actions.filter(code="A1").update(status="delayed", how="")
        plan.actions.filter(code="A2").update(rag="green")

    answer = client.post(address(plan, "go_back_to_version", plan.pk, version.number), follow=True).content.decode()

    assert "Left as it was: Status of A1, RAG of A2. Say it as an update" in answer
    with within(plan.organisation):
        rows = plan.actions.order_by("order").values_list("status", "rag", "how")
        assert list(rows)[:2] == [("delayed", "", "By a group"), ("", "green", "")]


def test_the_same_changes_brought_twice_are_taken_once(plan: Plan) -> None:
    content = edited(taken_out(plan), {(2, "Comments"): "All published"})
    first = bring(plan, content)
    with within(plan.organisation):
        newer.bring_back(actor=None, document=first, chosen=everything(first), today=TODAY)

    second = bring(plan, content, again=True)

    with within(plan.organisation):
        assert comparison_of(second).changed == []
        assert Update.objects.filter(plan=plan).count() == 2


def test_new_rows_are_added_and_missing_ones_stopped_where_one_says_so(plan: Plan) -> None:
    book = openpyxl.load_workbook(io.BytesIO(taken_out(plan)))
    book["Actions"].delete_rows(3)
    book["Actions"].append(["A9", "Careers", "Open a route for apprentices"])
    saved = io.BytesIO()
    book.save(saved)
    document = bring(plan, saved.getvalue())

    with within(plan.organisation):
        newer.bring_back(actor=None, document=document, chosen=everything(document), today=TODAY)

        assert plan.actions.get(code="A9").title == "Open a route for apprentices"
        gone = plan.actions.get(code="A2")
        assert (gone.status, gone.updates.last().text) == ("stopped", "No longer in plan.xlsx.")


def test_a_part_of_the_plan_says_nothing_of_the_rest(plan: Plan) -> None:
    book = openpyxl.load_workbook(io.BytesIO(taken_out(plan, whole=False)))
    book["Actions"].delete_rows(3)
    saved = io.BytesIO()
    book.save(saved)

    document = bring(plan, saved.getvalue())

    with within(plan.organisation):
        assert comparison_of(document).gone == ()


def test_what_the_plan_changed_meanwhile_is_said_and_not_undone_by_an_untouched_cell(plan: Plan) -> None:
    content = edited(taken_out(plan), {(2, "Action"): "The file's words"})
    with within(plan.organisation):
        for code, title in (("A1", "The plan's words"), ("A2", "Hold two events")):
            action = plan.actions.get(code=code)
            actions.edit_action(actor=None, action=action, data=action_data(code=code, title=title))

    document = bring(plan, content)

    with within(plan.organisation):
        found = comparison_of(document)
        titles = [(f.was, f.now, f.changed_here) for one in found.changed for f in one.fields if f.key == "title"]
    assert titles == [("The plan's words", "The file's words", True)]


def period_column(content: bytes, heading: str, words: dict[int, str | None]) -> bytes:
    """The workbook after these cells of a past period's column were typed, by row; the column is added where there is none."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    page = book["Actions"]
    heads = [cell.value for cell in page[1]]
    at = heads.index(heading) + 1 if heading in heads else len(heads) + 1
    page.cell(row=1, column=at, value=heading)
    for row, told in words.items():
        page.cell(row=row, column=at).value = told
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def say(plan: Plan, code: str, period: str, text: str, hours: int) -> None:
    """One more update of an action, so many hours from now."""
    with within(plan.organisation):
        action = plan.actions.get(code=code)
        Update.objects.create(
            organisation=plan.organisation,
            plan=plan,
            action=action,
            order=action.updates.count(),
            period=period,
            text=text,
            written_at=timezone.now() + timedelta(hours=hours),
        )


def periods_found(plan: Plan, content: bytes) -> list[tuple[str, str, str, bool, bool]]:
    """What a sheet says of past periods that is new: heading, was, now, whether it cannot be taken, and whether the plan moved on."""
    document = bring(plan, content)
    with within(plan.organisation):
        fields = [field for one in comparison_of(document).changed for field in one.fields]
    return [(f.heading, f.was, f.now, bool(f.problem), f.changed_here) for f in fields]


@pytest.fixture
def told_since(plan: Plan) -> bytes:
    """The sheet of a plan of whose first action something was said of two quarters; and of both actions something later."""
    say(plan, "A1", "Q1 2026", "Begun", -2)
    say(plan, "A1", "Q2 2026", "Half way", -2)
    content = taken_out(plan)
    for code in ("A1", "A2"):
        say(plan, code, "Q1 2026", "Stopped again", 1)
    return content


def test_an_untouched_cell_of_a_past_period_is_no_change_whatever_was_said_since(plan: Plan, told_since: bytes) -> None:
    assert periods_found(plan, told_since) == []


def test_an_emptied_cell_of_a_past_period_takes_nothing_away_and_that_is_said(
    plan: Plan, told_since: bytes, client: Any
) -> None:
    content = period_column(told_since, "Update: Q2 2026", {2: None})

    assert periods_found(plan, content) == [("Update: Q2 2026", "Half way", "", True, False)]
    with within(plan.organisation):
        document = ImportedDocument.objects.latest("pk")
    page = address(plan, "review_changes", document.pk)
    assert "What was said of a past period stays." in client.get(page).content.decode()
    with within(plan.organisation):
        newer.bring_back(actor=None, document=document, chosen=everything(document), today=TODAY)
        assert sorted(plan.actions.get(code="A1").updates.values_list("text", flat=True)) == [
            "Begun", "Half way", "Stopped again",
        ]  # fmt: skip


def test_what_is_typed_of_a_past_period_is_a_change_and_says_where_the_plan_moved_on(
    plan: Plan, told_since: bytes
) -> None:
    content = period_column(told_since, "Update: Q1 2026", {2: "Nearly done"})
    content = period_column(content, "Update: Q2 2026", {3: "Looked at"})

    assert periods_found(plan, content) == [
        ("Update: Q1 2026", "Stopped again", "Nearly done", False, True),
        ("Update: Q2 2026", "", "Looked at", False, False),
    ]


def test_a_cell_that_cannot_be_is_said_and_the_rest_is_taken(plan: Plan) -> None:
    document = bring(plan, edited(taken_out(plan), {(2, "Status"): "purple", (2, "How"): "By a group"}))

    with within(plan.organisation):
        (one,) = comparison_of(document).changed
        newer.bring_back(actor=None, document=document, chosen=everything(document), today=TODAY)
        action = plan.actions.get(code="A1")

    assert {f.key: bool(f.problem) for f in one.fields} == {"status": True, "how": False}
    assert (action.status, action.how) == ("in_progress", "By a group")


def test_what_moved_on_since_it_was_shown_is_left_and_counted(plan: Plan) -> None:
    document = bring(plan, edited(taken_out(plan), {(2, "How"): "By a group", (3, "How"): "By the library"}))
    with within(plan.organisation):
        chosen = everything(document)
        action = plan.actions.get(code="A1")
        actions.edit_action(
            actor=None, action=action, data=action_data(code="A1", title=action.title, how="By somebody")
        )

        taken = newer.bring_back(actor=None, document=document, chosen=chosen, today=TODAY)

        assert (taken.fields, taken.left) == (1, 1)
        assert plan.actions.get(code="A1").how == "By somebody"


def test_the_interchange_format_goes_out_and_comes_back(plan: Plan) -> None:
    with within(plan.organisation):
        told = interchange_of(plan)
    unchanged = bring(plan, json.dumps(told).encode(), "plan.json", updates_plan=plan)
    told["actions"][1]["title"] = "Hold two yearly events"
    changed = bring(plan, json.dumps(told).encode(), "plan.json", updates_plan=plan)

    with within(plan.organisation):
        assert comparison_of(unchanged).changed == []
        assert [f.now for one in comparison_of(changed).changed for f in one.fields] == ["Hold two yearly events"]


def test_json_of_another_shape_is_refused_in_a_sentence(plan: Plan) -> None:
    document = bring(plan, b'{"actions": 3}', "plan.json")

    assert document.state == "refused"
    assert "not a plan in the interchange format" in document.refusal


def test_the_document_that_a_plan_was_made_from_is_a_newer_state_that_changes_nothing(organisation: Any) -> None:
    path = DEMO_DOCUMENTS / "wexcombe-action-plan-2025-2027.xlsx"
    first = read_document(organisation, path)
    with within(organisation):
        plan = imports.commit_import(actor=None, document=first)
    again = bring(plan, path.read_bytes(), path.name, again=True, updates_plan=plan)

    with within(organisation):
        found = comparison_of(again)
        assert (found.changed, found.added, found.gone, found.same) == (
            [],
            [],
            [],
            Action.objects.filter(plan=plan).count(),
        )


def test_past_quarters_of_an_edited_document_become_updates(organisation: Any) -> None:
    first = stage(organisation, action_data(id="c-1", code="1"))
    with within(organisation):
        plan = imports.commit_import(actor=None, document=first)
        said = {"period": "Q1 2026", "status": "in_progress", "rag": None, "text": "Half way"}
    newer_state = stage(organisation, action_data(id="c-1", code="1", updates=[said]))
    with within(organisation):
        document = newer.set_plan_to_update(actor=None, document=newer_state, plan=plan)
        newer.bring_back(actor=None, document=document, chosen=everything(document), today=TODAY)

        assert [(u.period, u.status, u.text) for u in Update.objects.filter(plan=plan)] == [
            ("Q1 2026", "in_progress", "Half way")
        ]


def test_a_file_of_another_organisations_plan_is_a_plan_of_its_own(plan: Plan, other_organisation: Any) -> None:
    content = taken_out(plan)

    with within(other_organisation):
        document = imports.hand_in(
            actor=None, organisation=other_organisation, name="plan.xlsx", content=content, in_background=False
        ).document
        imports.read_now(actor=None, document=document)
        document.refresh_from_db()

        assert document.updates_plan is None
        assert imports.commit_import(actor=None, document=document).actions.count() == 3


def test_nothing_chosen_and_a_closed_plan_are_refused(plan: Plan) -> None:
    document = bring(plan, edited(taken_out(plan), {(2, "How"): "By a group"}))
    with within(plan.organisation):
        with pytest.raises(newer.NothingChosen):
            newer.bring_back(actor=None, document=document, chosen=Chosen())
        close_plan(plan)
        with pytest.raises(PlanIsClosed):
            newer.bring_back(actor=None, document=document, chosen=everything(document))


# ---- Versions


def test_going_back_restores_every_field_and_can_itself_be_gone_back_from(plan: Plan) -> None:
    with within(plan.organisation):
        before = interchange_of(plan)["actions"]
        version = newer.keep_version(actor=None, plan=plan, name="As sent")
        for action in plan.actions.all():
            actions.edit_action(actor=None, action=action, data=action_data(title="Overwritten"))
        after = interchange_of(plan)["actions"]

        newer.go_back(actor=None, version=version)
        restored = interchange_of(plan)["actions"]
        newer.go_back(actor=None, version=PlanVersion.objects.get(plan=plan, number=2))

        assert restored == before
        assert interchange_of(plan)["actions"] == after


def test_going_back_restores_what_no_cell_shows_and_takes_no_update_away(plan: Plan, client: Any) -> None:
    then = {
        "owners": [{"text": "TSMs", "code": "TSM", "kind": "role", "role": "lead"}],
        "alignments": [{"framework": "TALENT", "code": "R4", "text": "see R4", "basis": "theme"}],
    }
    since = {
        "owners": [{"text": "TSMs", "code": None, "kind": "text", "role": "lead"}],
        "alignments": [{"framework": "TALENT", "code": "R4", "text": "see R4", "basis": "cell"}],
    }
    action = make_action(plan, code="A4", **then)

    def told() -> Any:
        with within(plan.organisation):
            return next(one.data for one in known_actions(plan) if one.pk == action.pk)

    with within(plan.organisation):
        version = newer.keep_version(actor=None, plan=plan, name="As sent")
        actions.edit_action(actor=None, action=action, data=action_data(code="A4", **since))
        give_update(
            actor=None, action=action, account=Account(text="Said since."), period="Autumn", given_by="Ann", way="link"
        )
    before = told()
    page = address(plan, "go_back_to_version", plan.pk, version.number)

    assert "What was said in updates stays" in client.get(page).content.decode()
    client.post(page)

    with within(plan.organisation):
        entry = Entry.objects.filter(verb="changed", thing_id=str(action.pk)).latest("pk")
        assert [update.text for update in Update.objects.filter(action=action)] == ["Said since."]
    assert (before["owners"], before["alignments"]) == (since["owners"], since["alignments"])
    assert (told()["owners"], told()["alignments"]) == (then["owners"], then["alignments"])
    assert set(entry.changes) == {"owners", "alignments"}


def test_a_version_is_never_changed(plan: Plan) -> None:
    with within(plan.organisation):
        newer.keep_version(actor=None, plan=plan, name="As sent")
        for change in (lambda rows: rows.update(name="Another"), lambda rows: rows.delete()):
            with pytest.raises(DatabaseError), transaction.atomic():
                change(PlanVersion._base_manager.filter(plan=plan))
        assert PlanVersion.objects.get(plan=plan).name == "As sent"


# ---- Pages


@pytest.fixture
def client(member: Any, client_of: Any) -> Any:
    return client_of(member(Role.PROJECT_OFFICER))


def address(plan: Plan, name: str, *ids: int) -> str:
    return reverse(f"plans:{name}", args=[plan.organisation.slug, *ids])


def test_the_page_shows_each_field_and_takes_over_what_is_ticked(plan: Plan, client: Any) -> None:
    cells = {(2, "How"): "By a <group>", (3, "How"): "By the library"}
    document = bring(plan, edited(taken_out(plan), cells))
    page = address(plan, "review_changes", document.pk)

    shown = client.get(page).content.decode()
    with within(plan.organisation):
        token = next(f.token(str(one.known.pk)) for one in comparison_of(document).changed for f in one.fields)
    answer = client.post(page, {"change": [token]}, follow=True).content.decode()

    assert "2 fields of 2 actions" in shown
    assert "By a &lt;group&gt;" in shown
    assert "Taken over: 1 change in 1 action" in answer
    with within(plan.organisation):
        assert sorted(plan.actions.values_list("how", flat=True)) == ["", "", "By a <group>"]


def test_sending_the_form_twice_takes_it_once(plan: Plan, client: Any) -> None:
    document = bring(plan, edited(taken_out(plan), {(2, "Comments"): "All published"}))
    with within(plan.organisation):
        chosen = everything(document)
    data = {"change": list(chosen.changes)}

    for _ in range(2):
        client.post(address(plan, "review_changes", document.pk), data)

    with within(plan.organisation):
        assert Action.objects.get(code="A1").updates.count() == 2
        assert PlanVersion.objects.filter(plan=plan).count() == 1


@pytest.mark.parametrize("junk", ["", "x", "999999999999999999999", "-1", "\x00"])
def test_what_no_box_carries_changes_nothing(plan: Plan, client: Any, junk: str) -> None:
    document = bring(plan, edited(taken_out(plan), {(2, "How"): "By a group"}))

    answer = client.post(address(plan, "review_changes", document.pk), {"change": junk, "new": junk, "gone": junk})

    assert answer.status_code == 302
    with within(plan.organisation):
        assert set(plan.actions.values_list("how", flat=True)) == {""}


def test_pages_of_versions_answer_and_cost_the_same_for_one_and_for_three(
    plan: Plan, client: Any, django_assert_num_queries: Any
) -> None:
    with within(plan.organisation):
        newer.keep_version(actor=None, plan=plan, name="One")
    page = address(plan, "list_versions", plan.pk)
    client.get(page)
    with django_assert_num_queries(15):
        client.get(page)
    with within(plan.organisation):
        for name in ("Two", "Three"):
            newer.keep_version(actor=None, plan=plan, name=name)
    with django_assert_num_queries(15):
        client.get(page)

    assert client.get(address(plan, "show_version", plan.pk, 1)).status_code == 200
    assert client.get(address(plan, "show_version", plan.pk, 1), {"with": "3"}).status_code == 200
    assert client.get(address(plan, "show_version", plan.pk, 9)).status_code == 404
    assert client.get(address(plan, "download_version", plan.pk, 1)).json()["title"] == plan.title


def test_the_hand_in_page_offers_the_plans_that_a_file_may_be_of(plan: Plan, client: Any) -> None:
    shown = client.get(address(plan, "hand_in_document"), {"updates": plan.pk}).content.decode()

    assert f'<option value="{plan.pk}" selected' in shown


def test_a_newer_state_makes_no_second_plan(plan: Plan, client: Any) -> None:
    aligned = {"framework": "TALENT", "code": "R4", "text": "R4", "basis": "cell"}
    document = stage(plan.organisation, action_data(id="c-1", code="A1", owners=["TSM"], alignments=[aligned]))
    with within(plan.organisation):
        document = newer.set_plan_to_update(actor=None, document=document, plan=plan)
        with pytest.raises(imports.UpdatesAPlan):
            imports.commit_import(actor=None, document=document)

    changes, commit = address(plan, "review_changes", document.pk), address(plan, "commit_import", document.pk)
    for name in ("settle_words", "settle_names"):
        shown = client.get(address(plan, name, document.pk)).content.decode()
        assert "Go on to the changes" in shown
        assert changes in shown
        assert commit not in shown
    assert client.get(commit).headers["Location"] == changes
    # A page to commit that was opened before somebody said so.
    refused = client.post(commit, {"title": "A second plan"}).content.decode()

    assert "newer state of a plan" in refused
    with within(plan.organisation):
        assert Plan.objects.count() == 1
