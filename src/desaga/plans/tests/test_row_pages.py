"""The pages on which rows are joined, split, ticked and undone: what several hands see, and what attackers get."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from desaga.organisations.states import Role
from desaga.organisations.tests.factories import PartyFactory
from desaga.tenancy.context import within

from ..forms.settling import field_name, party_label
from ..models import Plan
from .factories import action_data, stage

TORN = {"field": "title", "kind": "two_in_one", "message": "A1b is missing from the numbering: it may be two actions."}


@pytest.fixture
def document(organisation: Any) -> Any:
    return stage(
        organisation,
        action_data(id="r1", code="A1", title="Write a toolkit. Welcome new staff.", owners=["HR"], notices=[TORN]),
        action_data(id="r2", code="A2", title="Nominate technicians for"),
        action_data(id="r3", title="awards every year."),
    )


@pytest.fixture
def officer(member: Any) -> Any:
    return member(Role.PROJECT_OFFICER)


@pytest.fixture
def client(officer: Any, client_of: Any) -> Any:
    return client_of(officer)


def address(document: Any, name: str, *ids: int) -> str:
    return reverse(f"plans:{name}", args=[document.organisation.slug, document.pk, *ids])


def rows_of(document: Any) -> list[Any]:
    with within(document.organisation):
        return list(document.rows.all())


def titles(document: Any) -> list[str]:
    return [row.data["title"] for row in rows_of(document)]


def post(client: Any, document: Any, name: str, *ids: int, **data: Any) -> str:
    return client.post(address(document, name, *ids), data, follow=True).content.decode()


def ticked(*rows: Any) -> list[str]:
    return [f"{row.pk}:{row.version}" for row in rows]


def test_a_row_is_joined_with_the_next_and_undone_from_the_page(client: Any, document: Any) -> None:
    _, second, third = rows_of(document)

    shown = post(
        client, document, "join_row", second.pk, version=second.version, **{"with": f"{third.pk}:{third.version}"}
    )

    assert titles(document)[1:] == ["Nominate technicians for awards every year."]
    assert "A2 now holds both rows." in shown
    assert "Undo: joined A2 and “awards every year.”" in shown
    with within(document.organisation):
        step = document.steps.get()
    assert "Undone: joined A2" in post(client, document, "undo_step", step.pk)
    assert len(titles(document)) == 3


def test_a_row_is_split_where_the_page_put_the_mark(client: Any, document: Any) -> None:
    first = rows_of(document)[0]
    page = client.get(address(document, "split_row", first.pk))
    form = page.context["form"]
    assert form.initial["text_title"] == "Write a toolkit. |||Welcome new staff."
    assert form.initial["code_second"] == "A1b"

    post(
        client, document, "split_row", first.pk, version=first.version, code_first="A1", code_second="A1b",
        text_title="Write a toolkit.\r\nIt helps.|||Welcome new staff.", goes_title="first", goes_owners="second",
    )  # fmt: skip

    one, two, *_ = rows_of(document)
    assert (one.data["title"], two.data["title"]) == ("Write a toolkit.\nIt helps.", "Welcome new staff.")
    assert (one.data["code"], two.data["code"]) == ("A1", "A1b")
    assert (len(one.data["owners"]), len(two.data["owners"])) == (0, 1)


def test_a_split_without_a_mark_says_what_is_missing_and_keeps_what_was_typed(client: Any, document: Any) -> None:
    first = rows_of(document)[0]

    shown = post(
        client, document, "split_row", first.pk, text_title="Typed at length", goes_title="first", goes_owners="both"
    )

    assert "Put the mark where the second begins" in shown
    assert "Typed at length" in shown


@pytest.mark.parametrize(
    ("do", "field", "value"),
    [("keep", "is_kept", True), ("drop", "is_dropped", True)],
)
def test_ticked_rows_are_kept_or_dropped_together(client: Any, document: Any, do: str, field: str, value: bool) -> None:
    rows = rows_of(document)

    shown = post(client, document, "change_rows", do=do, rows=ticked(*rows[:2]))

    assert [getattr(row, field) for row in rows_of(document)] == [value, value, not value]
    assert f"2 rows are {'kept' if do == 'keep' else 'dropped'}." in shown


def test_ticked_rows_are_joined_marked_and_moved_together(client: Any, document: Any) -> None:
    first, second, third = rows_of(document)

    post(client, document, "change_rows", do="usual", rows=ticked(first, second))
    post(client, document, "change_rows", do="theme", rows=[f"{first.pk}:", f"{third.pk}"], theme="Careers")
    assert [(row.data["business_as_usual"], row.data["theme"]) for row in rows_of(document)] == [
        (True, "Careers"), (True, None), (False, "Careers"),
    ]  # fmt: skip
    post(client, document, "change_rows", do="join", rows=ticked(*rows_of(document)[1:]))

    assert len(rows_of(document)) == 2
    shown = client.get(address(document, "review_import"), {"show": "usual"})
    assert [row["code"] for row in shown.context["rows"]] == ["A1", "A2"]


@pytest.mark.parametrize(
    ("rows", "said"),
    [([], "No row is ticked."), (["x:y", ":", "9" * 40], "No row is ticked."), (["999999999:1"], "no longer there")],
)
def test_what_no_page_offers_is_refused_in_words(client: Any, document: Any, rows: list[str], said: str) -> None:
    assert said in post(client, document, "change_rows", do="drop", rows=rows)
    assert [row.is_dropped for row in rows_of(document)] == [False, False, False]


def test_another_tenants_rows_cannot_be_joined_into_ours(client: Any, document: Any, other_organisation: Any) -> None:
    theirs = stage(other_organisation, action_data(title="Theirs alone"))
    [row] = rows_of(theirs)
    first = rows_of(document)[0]

    shown = post(client, document, "join_row", first.pk, **{"with": f"{row.pk}:1"})

    assert "no longer there" in shown
    assert "Theirs alone" not in shown
    assert titles(theirs) == ["Theirs alone"]
    assert (
        client.post(reverse("plans:split_row", args=[document.organisation.slug, theirs.pk, row.pk])).status_code == 404
    )


# ---- Several hands


def edit(client: Any, document: Any, row: Any, version: int, **typed: str) -> Any:
    data = {"title": row.data["title"], "code": row.data["code"] or "", "owners": "HR" if row.data["owners"] else ""}
    return client.post(address(document, "edit_row", row.pk), {**data, "version": version, **typed}, follow=True)


def test_two_who_type_in_different_lines_of_a_row_both_keep_theirs(
    client: Any, client_of: Any, member: Any, document: Any
) -> None:
    row = rows_of(document)[0]
    edit(client_of(member(Role.LEAD)), document, row, row.version, how="Hers")

    edit(client, document, row, row.version, success="Mine")

    data = rows_of(document)[0].data
    assert (data["how"], data["success"]) == ("Hers", "Mine")
    assert data["owners"] == row.data["owners"]


def test_two_who_type_in_the_same_line_see_both_and_choose(
    client: Any, client_of: Any, member: Any, document: Any
) -> None:
    row, lead = rows_of(document)[0], member(Role.LEAD)
    edit(client_of(lead), document, row, row.version, how="Hers")

    asked = edit(client, document, row, row.version, how="Mine", comments="Typed at length")
    shown = asked.content.decode()

    assert f"{lead.get_full_name()} changed the same lines" in shown
    assert ["Hers" in shown, "Mine" in shown, "Typed at length" in shown] == [True, True, True]
    assert rows_of(document)[0].data["how"] == "Hers"
    edit(client, document, row, asked.context["version"], how="Mine and hers", comments="Typed at length")
    assert rows_of(document)[0].data["how"] == "Mine and hers"


def test_keeping_what_somebody_changed_meanwhile_asks_to_look_again(
    client: Any, client_of: Any, member: Any, document: Any
) -> None:
    row = rows_of(document)[1]
    edit(client_of(member(Role.LEAD)), document, row, row.version, how="Hers")
    with within(document.organisation):
        document.rows.filter(pk=row.pk).update(is_kept=False)

    shown = post(client, document, "keep_row", row.pk, version=row.version)

    assert "changed A2 after you opened the page" in shown
    assert not rows_of(document)[1].is_kept


def test_what_was_typed_for_a_row_that_was_joined_away_is_shown_to_copy(client: Any, document: Any) -> None:
    _, second, third = rows_of(document)
    post(client, document, "change_rows", do="join", rows=ticked(second, third))

    answer = edit(client, document, third, third.version, how="Typed at length")

    assert answer.status_code == 410
    assert "Typed at length" in answer.content.decode()


def test_an_undo_that_would_take_what_somebody_built_on_is_refused(client: Any, document: Any) -> None:
    row = rows_of(document)[0]
    edit(client, document, row, row.version, how="First")
    edit(client, document, row, row.version + 1, how="Second")
    with within(document.organisation):
        earlier = document.steps.order_by("id").first()

    assert "changed again since" in post(client, document, "undo_step", earlier.pk)
    assert rows_of(document)[0].data["how"] == "Second"


@pytest.mark.parametrize("number", [1, 3])
def test_queries_of_steps_and_split(client: Any, document: Any, query_count: Any, number: int) -> None:
    rows = rows_of(document)
    for row in rows[:number]:
        post(client, document, "drop_row", row.pk)
    client.get(address(document, "list_steps"))

    with query_count(STEPS):
        shown = client.get(address(document, "list_steps"))
    with query_count(SPLIT):
        client.get(address(document, "split_row", rows[0].pk))

    assert len(shown.context["page_obj"].object_list) == number


STEPS, SPLIT = 15, 13


@pytest.mark.parametrize("who", ["the same officer elsewhere", "another officer"])
def test_an_import_that_was_left_half_way_goes_on_in_another_session(
    client: Any, officer: Any, member: Any, client_of: Any, document: Any, who: str
) -> None:
    first, second, third = rows_of(document)
    name = field_name("name", "HR")
    with within(document.organisation):
        party = PartyFactory(organisation=document.organisation, name="Human resources")
    post(client, document, "keep_row", first.pk, version=first.version)
    joined = {"version": second.version, "with": f"{third.pk}:{third.version}"}
    post(client, document, "join_row", second.pk, **joined)
    client.post(address(document, "settle_names"), {name: party_label(party), f"was-{name}": ""})
    client.logout()

    other = client_of(officer if who == "the same officer elsewhere" else member(Role.PROJECT_OFFICER))
    listed = other.get(reverse("plans:list_imports", args=[document.organisation.slug])).content.decode()
    review = other.get(address(document, "show_import"), follow=True)
    shown = review.content.decode()
    steps = other.get(address(document, "list_steps")).content.decode()

    assert f'href="{document.get_absolute_url()}"' in listed
    assert [line["row"].pk for line in review.context["rows"]] == [first.pk, second.pk]
    assert "Nominate technicians for awards every year." in shown
    assert "No doubts left to look at" in shown
    assert officer.get_full_name() in steps
    # One undoes one's own steps alone, wherever one sits.
    assert ("Undo: joined A2" in shown) is (who == "the same officer elsewhere")
    answer = other.post(address(document, "commit_import"), {"title": "Our plan", "starts": "", "ends": ""})
    with within(document.organisation):
        plan = Plan.objects.get()
        told = [(one.title, [owner.party for owner in one.owners.all()]) for one in plan.actions.order_by("order")]
    assert answer.headers["Location"] == plan.get_absolute_url()
    assert told == [
        ("Write a toolkit. Welcome new staff.", [party]),
        ("Nominate technicians for awards every year.", []),
    ]
