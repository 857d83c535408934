"""Every page of the slice: that it answers, what it costs, who may change something, and that nothing typed is lost."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from desaga.organisations.states import Role
from desaga.tenancy.context import within

from .. import queries
from ..interchange import action_as_data
from ..models import Action, ImportedDocument, Plan
from ..operations import imports
from ..operations.actions import edit_action
from .factories import PlanFactory, action_data, make_action, stage

NOTICE = {"field": "timeframe", "kind": "excel_date", "message": "Was it July?"}
OTHER_NOTICE = {"field": "title", "kind": "torn_end", "message": "The text breaks off."}


@pytest.fixture
def officer(member: Any) -> Any:
    return member(Role.PROJECT_OFFICER)


@pytest.fixture
def client(officer: Any, client_of: Any) -> Any:
    return client_of(officer)


def address(organisation: Any, name: str, *ids: int) -> str:
    return reverse(f"plans:{name}", args=[organisation.slug, *ids])


def get(client: Any, organisation: Any, name: str, *ids: int, **query: str) -> Any:
    return client.get(address(organisation, name, *ids), query)


def post(client: Any, organisation: Any, name: str, *ids: int, **data: Any) -> Any:
    return client.post(address(organisation, name, *ids), data)


def staged(organisation: Any) -> ImportedDocument:
    return stage(
        organisation,
        action_data(code="A1", owners=["TSM"], notices=[NOTICE], theme="Careers"),
        action_data(code="A2", title="<script>alert(1)</script>", comments="=1+1", business_as_usual=True),
        themes=[{"code": None, "title": "Careers"}],
        glossary=[{"code": "TSM", "meaning": "Technical services manager", "person": None, "comment": None}],
        frameworks=[{"name": "Our values", "principles": [{"code": "Care", "text": "We care"}]}],
        unplaced=[{"source": {"sheet": None, "page": None, "row": 4}, "text": "<b>Left over</b>"}],
        phases=[{"code": "P1", "start": "2026-01", "end": "2026-12"}],
    )


# ---- Looking through and committing


def test_the_review_shows_words_as_words(organisation: Any, client: Any) -> None:
    document = staged(organisation)

    shown = get(client, organisation, "review_import", document.pk).content.decode()

    assert "Was it July?" in shown
    assert "&lt;script&gt;alert(1)" in shown
    assert "<script>alert" not in shown
    assert "=1+1" in shown
    assert "&lt;b&gt;Left over" in shown


def test_the_review_is_filtered_by_kind_of_doubt_and_by_words(organisation: Any, client: Any) -> None:
    document = stage(
        organisation,
        action_data(code="A1", notices=[NOTICE]),
        action_data(code="A2", notices=[NOTICE, OTHER_NOTICE], comments="Zeppelin"),
        action_data(code="A3"),
    )

    def codes(**query: str) -> list[str]:
        rows = get(client, organisation, "review_import", document.pk, **query).context["rows"]
        return [shown["code"] for shown in rows]

    assert codes() == ["A1", "A2", "A3"]
    assert codes(notice="any") == ["A1", "A2"]
    assert codes(notice="torn_end") == ["A2"]
    assert codes(q="zeppelin") == ["A2"]
    assert codes(show="kept") == []
    choices = dict(
        get(client, organisation, "review_import", document.pk).context["filter_form"].fields["notice"].choices
    )
    assert choices["excel_date"].endswith("(2)")


@pytest.mark.parametrize("theme", ["Care\x00ers", "\x00"])
def test_a_theme_that_no_form_offers_is_refused_in_words(organisation: Any, client: Any, theme: str) -> None:
    document = staged(organisation)
    with within(organisation):
        row = document.rows.first()

    answer = client.post(address(organisation, "retheme_row", document.pk, row.pk), {"theme": theme}, follow=True)

    assert "That theme cannot be used." in answer.content.decode()
    with within(organisation):
        assert document.rows.first().data["theme"] == "Careers"


def test_rows_are_kept_dropped_moved_and_corrected_from_the_page(organisation: Any, client: Any) -> None:
    document = staged(organisation)
    with within(organisation):
        first, second = document.rows.all()
    review = address(organisation, "review_import", document.pk)

    kept = post(client, organisation, "keep_row", document.pk, first.pk, next=f"{review}?notice=any", at=second.pk)
    post(client, organisation, "drop_row", document.pk, second.pk)
    elsewhere = post(client, organisation, "restore_row", document.pk, second.pk, next="https://elsewhere.example/")
    post(client, organisation, "retheme_row", document.pk, second.pk, theme="Careers")
    wrong = post(client, organisation, "edit_row", document.pk, first.pk, title="", how="Typed at length")
    post(client, organisation, "edit_row", document.pk, first.pk, title="Better", owners="TSM\nHR (helps)")

    assert kept["Location"] == f"{review}?notice=any#row-{second.pk}"
    assert elsewhere["Location"] == f"{review}#row-{second.pk}"
    assert wrong.status_code == 200
    assert "Typed at length" in wrong.content.decode()
    with within(organisation):
        first, second = document.rows.all()
        assert (first.data["title"], first.is_kept) == ("Better", True)
        assert [owner["text"] for owner in first.data["owners"]] == ["TSM", "HR"]
        assert (second.data["theme"], second.is_dropped) == ("Careers", False)


def test_committing_twice_leads_to_one_plan(organisation: Any, client: Any) -> None:
    document = staged(organisation)
    words = {"title": "Our plan", "starts": "August 2026", "ends": "2029"}

    first = post(client, organisation, "commit_import", document.pk, **words)
    second = post(client, organisation, "commit_import", document.pk, **words)

    with within(organisation):
        plan = Plan.objects.get()
    assert (plan.title, plan.starts, plan.ends) == ("Our plan", "2026-08", "2029")
    assert first["Location"] == second["Location"] == address(organisation, "show_plan", plan.pk)
    assert get(client, organisation, "review_import", document.pk)["Location"] == address(
        organisation, "show_import", document.pk
    )


def test_every_page_of_a_committed_plan_answers(organisation: Any, client: Any, officer: Any) -> None:
    document = staged(organisation)
    with within(organisation):
        plan = imports.commit_import(actor=officer, document=document)
        action = queries.actions_whole(plan).get(code="A1")
        doubt = action.doubts.get()

    for name in (
        "show_plan", "show_plan_overview", "show_plan_glossary", "show_plan_history", "edit_plan", "add_action",
    ):  # fmt: skip
        assert get(client, organisation, name, plan.pk).status_code == 200, name
    shown = get(client, organisation, "show_action", plan.pk, action.pk).content.decode()
    assert "Was it July?" in shown
    assert "Line 1" in shown
    post(client, organisation, "settle_doubt", plan.pk, action.pk, doubt.pk)
    assert "Doubt settled" in get(client, organisation, "show_action", plan.pk, action.pk).content.decode()
    usual = get(client, organisation, "show_plan", plan.pk).context["groups"][-1]
    assert (usual["heading"], [row.code for row in usual["rows"]]) == ("Business as usual", ["A2"])


def test_a_plan_without_a_document_is_begun_and_filled_by_hand(organisation: Any, client: Any) -> None:
    started = post(client, organisation, "start_plan", title="Blank plan", starts="2027", ends="")
    with within(organisation):
        plan = Plan.objects.get()
    assert "The plan has no actions yet" in client.get(started["Location"]).content.decode()

    wrong = post(client, organisation, "add_action", plan.pk, title="", comments="Kept as typed")
    added = post(
        client, organisation, "add_action", plan.pk, title="Do it", owners="TSM", new_theme="Careers", ends="2027"
    )

    assert "Kept as typed" in wrong.content.decode()
    shown = client.get(added["Location"]).content.decode()
    assert "Technical services managers" in shown
    with within(organisation):
        assert (Action.objects.get().theme.title, Action.objects.get().owners.get().party.code) == ("Careers", "TSM")


# ---- Handing in


def test_a_file_is_handed_in_once_recognised_and_kept_private(
    organisation: Any, client: Any, client_of: Any, member: Any
) -> None:
    def send(**data: Any) -> Any:
        file = SimpleUploadedFile("plan<b>.html", b"<p>Action plan</p><script>alert(1)</script>")
        return post(client, organisation, "hand_in_document", submission=uuid4(), document=file, **data)

    first, second = send(), send()

    with within(organisation):
        document = ImportedDocument.objects.get()
    assert first["Location"] == address(organisation, "show_import", document.pk)
    assert second["Location"] == f"{first['Location']}?known=1"
    assert "handed in before" in client.get(second["Location"]).content.decode()
    assert "Waiting for the reader" in client.get(first["Location"]).content.decode()
    part = client.get(first["Location"], headers={"HX-Request": "true"}).content.decode()
    assert "Waiting for the reader" in part
    assert "<html" not in part
    file = get(client, organisation, "download_document", document.pk)
    assert file["Content-Type"] == "application/octet-stream"
    assert file["Content-Disposition"].startswith("attachment")
    assert file["X-Content-Type-Options"] == "nosniff"
    reader = client_of(member(Role.READER))
    assert get(reader, organisation, "download_document", document.pk).status_code == 403


def test_pasted_text_is_handed_in_and_an_empty_form_says_what_to_do(organisation: Any, client: Any) -> None:
    empty = post(client, organisation, "hand_in_document", submission=uuid4(), text=" ")
    pasted = post(client, organisation, "hand_in_document", submission=uuid4(), text="Action\tLead\nDo it\tHR")

    assert "Choose a file, or paste the text below." in empty.content.decode()
    with within(organisation):
        document = ImportedDocument.objects.get()
        assert document.is_pasted
        assert bytes(queries.content_of(document).content) == b"Action\tLead\nDo it\tHR"
    assert pasted["Location"] == address(organisation, "show_import", document.pk)


def test_a_file_too_large_is_refused_before_it_is_read(organisation: Any, client: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr("desaga.plans.forms.imports.LARGEST_DOCUMENT", 10)
    file = SimpleUploadedFile("plan.txt", b"more than ten bytes")

    answer = post(client, organisation, "hand_in_document", submission=uuid4(), document=file)

    assert "plan.txt” is larger than" in answer.content.decode()
    with within(organisation):
        assert not ImportedDocument.objects.exists()


def test_a_document_without_a_plan_is_met_kindly(organisation: Any, client: Any) -> None:
    no_plan = {"field": "document", "kind": "no_plan", "message": "No action plan was found in this document."}
    document = stage(
        organisation, notices=[no_plan], unplaced=[{"source": {"sheet": None, "page": None, "row": 1}, "text": "News"}]
    )

    shown = get(client, organisation, "review_import", document.pk).content.decode()

    assert "That may well be right" in shown
    assert "News" in shown
    assert address(organisation, "commit_import", document.pk) not in shown


def test_an_import_is_put_aside_and_taken_back(organisation: Any, client: Any) -> None:
    document = staged(organisation)

    post(client, organisation, "discard_import", document.pk)
    aside = get(client, organisation, "show_import", document.pk).content.decode()
    post(client, organisation, "restore_import", document.pk)

    assert "put aside" in aside
    assert get(client, organisation, "review_import", document.pk).status_code == 200


# ---- Who may


@pytest.mark.parametrize("role", [Role.READER, Role.UNIT_LEAD, Role.CHAMPION, Role.STEERING_MEMBER, Role.ACTION_OWNER])
def test_others_read_plans_but_change_nothing(organisation: Any, member: Any, client_of: Any, role: str) -> None:
    plan = PlanFactory(organisation=organisation)
    action = make_action(plan)
    client = client_of(member(role))

    assert get(client, organisation, "show_action", plan.pk, action.pk).status_code == 200
    assert b"Edit the action" not in get(client, organisation, "show_action", plan.pk, action.pk).content
    assert post(client, organisation, "edit_action", plan.pk, action.pk, title="Changed").status_code == 403
    assert get(client, organisation, "list_imports").status_code == 403


def test_another_organisations_things_are_not_there(organisation: Any, other_organisation: Any, client: Any) -> None:
    theirs = staged(other_organisation)
    plan = PlanFactory(organisation=other_organisation)
    action = make_action(plan)
    with within(other_organisation):
        row = theirs.rows.first()
        assert row is not None

    for name, ids in (
        ("show_import", (theirs.pk,)), ("review_import", (theirs.pk,)), ("download_document", (theirs.pk,)),
        ("commit_import", (theirs.pk,)), ("edit_row", (theirs.pk, row.pk)), ("show_plan", (plan.pk,)),
        ("show_action", (plan.pk, action.pk)),
    ):  # fmt: skip
        assert get(client, organisation, name, *ids).status_code == 404, name
    for name, ids in (
        ("commit_import", (theirs.pk,)), ("discard_import", (theirs.pk,)), ("drop_row", (theirs.pk, row.pk)),
        ("edit_action", (plan.pk, action.pk)),
    ):  # fmt: skip
        assert post(client, organisation, name, *ids, title="Ours now").status_code == 404, name


def test_a_row_is_found_only_under_its_own_document(organisation: Any, client: Any) -> None:
    one, other = stage(organisation, action_data()), stage(organisation, action_data(code="2"))
    with within(organisation):
        row = one.rows.get()

    assert post(client, organisation, "drop_row", other.pk, row.pk).status_code == 404


# ---- What pages cost: as much for three rows as for one


@pytest.mark.parametrize("number", [1, 3])
def test_queries_of_the_lists(organisation: Any, client: Any, query_count: Any, number: int) -> None:
    for n in range(number):
        make_action(PlanFactory(organisation=organisation), owners=["TSM"])
        stage(organisation, action_data(code=str(n)))
    get(client, organisation, "list_plans")

    with query_count(14):
        get(client, organisation, "list_plans")
    with query_count(14):
        get(client, organisation, "list_imports")


@pytest.mark.parametrize("number", [1, 3])
def test_queries_of_review_plan_and_action(organisation: Any, client: Any, query_count: Any, number: int) -> None:
    talent = {"framework": "TALENT", "code": "R4", "text": "R4", "basis": "cell"}
    rows = [
        action_data(
            code=str(n),
            owners=["TSM", "HR"][:number],
            theme=f"Theme {n}",
            notices=[NOTICE] * number,
            alignments=[talent],
        )
        for n in range(number)
    ]
    document = stage(organisation, *rows)
    get(client, organisation, "list_plans")
    with query_count(26):
        get(client, organisation, "review_import", document.pk)
    with within(organisation):
        plan = imports.commit_import(actor=None, document=document)
        action = plan.actions.first()
    with query_count(21):
        get(client, organisation, "show_plan", plan.pk)
    with query_count(26):
        get(client, organisation, "show_action", plan.pk, action.pk)


@pytest.mark.parametrize("word", ["party", "principle"])
def test_a_filter_of_the_address_that_no_text_can_be_is_left_out(organisation: Any, client: Any, word: str) -> None:
    with within(organisation):
        plan = PlanFactory(organisation=organisation)

    assert get(client, organisation, "show_plan", plan.pk, **{word: "\x00"}).status_code == 200


def test_the_review_says_what_is_too_much_to_commit(
    client: Any, organisation: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = stage(organisation, action_data(), action_data())
    said = b"cannot be committed at once"
    assert said not in get(client, organisation, "review_import", document.pk).content

    monkeypatch.setattr(imports.committing, "MOST_COMMITTED", 1)

    assert said in get(client, organisation, "review_import", document.pk).content
    assert said in post(client, organisation, "commit_import", document.pk, title="Plan").content


def test_pages_and_downloads_of_who_is_signed_in_are_kept_by_nobody(client: Any, organisation: Any) -> None:
    document = stage(organisation, action_data())
    for answer in (
        get(client, organisation, "list_plans"),
        get(client, organisation, "download_document", document.pk),
    ):
        assert answer.headers["Cache-Control"] == "private, no-store"


def form_of(page: Any) -> dict[str, Any]:
    """What a browser would send of the form on a page."""
    form = page.context["form"]
    told = {name: form[name].value() for name in form.fields}
    return {name: value for name, value in told.items() if value not in (None, False)}


def test_two_people_in_one_action_do_not_overwrite_each_other(organisation: Any, client: Any) -> None:
    plan = PlanFactory(organisation=organisation)
    action = make_action(plan, title="Write role descriptors", comments="Begun")
    page = get(client, organisation, "edit_action", plan.pk, action.pk)
    ours = form_of(page) | {"seen": page.context["seen"].isoformat(), "how": "By asking those who do the work"}
    with within(organisation):
        edit_action(actor=None, action=action, data={**action_as_data(action), "comments": "Half of them are done"})

    first = post(client, organisation, "edit_action", plan.pk, action.pk, **ours)
    assert first.status_code == 200
    text = first.content.decode()
    assert "Changed while you were typing" in text
    assert "<ins>Half of them are done</ins>" in text
    assert "By asking those who do the work" in text
    with within(organisation):
        action.refresh_from_db()
        assert (action.how, action.comments) == ("", "Half of them are done")

    # Whoever saves again has seen it.
    again = ours | {"seen": first.context["seen"].isoformat(), "comments": "Half of them are done"}
    assert post(client, organisation, "edit_action", plan.pk, action.pk, **again).status_code == 302
    with within(organisation):
        action.refresh_from_db()
        assert (action.how, action.comments) == ("By asking those who do the work", "Half of them are done")


@pytest.mark.parametrize("moment", ["", "soon", "2026-13-45T00:00:00+00:00", "2026-11-28T10:00:00", "9" * 999])
def test_a_moment_that_no_page_showed_is_left_out(organisation: Any, client: Any, moment: str) -> None:
    plan = PlanFactory(organisation=organisation)
    action = make_action(plan, title="Write role descriptors")
    sent = form_of(get(client, organisation, "edit_action", plan.pk, action.pk)) | {"seen": moment, "how": "By asking"}
    assert post(client, organisation, "edit_action", plan.pk, action.pk, **sent).status_code == 302
