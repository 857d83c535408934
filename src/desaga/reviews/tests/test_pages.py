"""The pages: whoever reads a pack, comments on it, and holds the meeting."""

from __future__ import annotations

import io
from datetime import date

import docx
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from desaga.documents.tests.pdf_checks import failures_of
from desaga.governance.models import BudgetLine
from desaga.governance.money import year_of
from desaga.organisations.states import Role
from desaga.organisations.tests.factories import GroupFactory
from desaga.plans.tests.factories import PlanFactory, make_action
from desaga.tenancy.context import within

from ..models import Comment, Decision, PackFile, Review, Task
from ..operations import meeting, papers, reviews
from .factories import frozen_review, furnished_review, held_review, make_review


def plan_of(organisation, actions=2):
    plan = PlanFactory(organisation=organisation, title="Plan of ours")
    for n in range(1, actions + 1):
        make_action(plan, code=f"A{n}", title=f"Do number {n}", owners=["TSM"], rag="red")
    return plan


@pytest.fixture
def plan(organisation):
    return plan_of(organisation)


@pytest.fixture
def lead(member):
    return member(Role.LEAD)


@pytest.fixture
def client(client_of, lead):
    return client_of(lead)


def page(name, *ids, organisation):
    return reverse(f"reviews:{name}", args=[organisation.slug, *ids])


def ids_of(plan):
    with within(plan.organisation):
        return list(plan.actions.order_by("order").values_list("pk", flat=True))


def test_a_review_is_planned_frozen_walked_through_and_ended(plan, client, organisation):
    at = {
        "meets_on_day": "1",
        "meets_on_month": "9",
        "meets_on_year": "2027",
        "place": "Room 2",
        "words": "A year to go.",
    }
    client.post(page("plan_review", plan.pk, organisation=organisation), at)
    with within(organisation):
        review = Review.objects.get(plan=plan)
    here = {
        name: page(name, review.pk, organisation=organisation) for name in ("freeze", "meeting", "hold", "show_minutes")
    }
    assert "Nothing is frozen yet" in client.get(review.get_absolute_url()).content.decode()
    client.post(here["freeze"])
    first, second = ids_of(plan)

    walked = client.post(
        f"{here['meeting']}?at={first}", {"do": "decide", "decision-outcome": "agreed", "decision-text": "Go on."}
    )
    assert walked.url == f"{here['meeting']}?at={first}"
    client.post(f"{here['meeting']}?at={first}", {"do": "task", "task-text": "Ask HR", "task-who": "The officer"})
    assert client.post(f"{here['meeting']}?at={first}", {"do": "discussed"}).url == f"{here['meeting']}?at={second}"
    ending = client.get(here["hold"]).content.decode()
    assert "1 point of the agenda was not discussed" in ending
    client.post(
        here["hold"], {"present": "Ann Reed", "next_on_day": "1", "next_on_month": "12", "next_on_year": "2027"}
    )

    minutes = client.get(here["show_minutes"]).content.decode()
    assert all(words in minutes for words in ("Go on.", "Ask HR", "Ann Reed", "1 December 2027"))
    with within(organisation):
        assert [one.state for one in Review.objects.filter(plan=plan).order_by("meets_on")] == ["held", "planned"]


def test_what_was_typed_survives_what_is_missing(plan, client, organisation, lead):
    review = frozen_review(plan, actor=lead)
    at = f"{page('meeting', review.pk, organisation=organisation)}?at={ids_of(plan)[0]}"

    answer = client.post(at, {"do": "task", "task-text": "Ask the dean about it"})

    assert answer.status_code == 422
    assert "Say who does it" in answer.content.decode()
    assert "Ask the dean about it" in answer.content.decode()
    with within(organisation):
        assert Task.objects.count() == 0


def test_a_reader_comments_and_takes_it_back_but_runs_nothing(plan, client_of, member, organisation, lead):
    review, reader = frozen_review(plan, actor=lead), client_of(member(Role.READER))
    action = ids_of(plan)[0]

    reader.post(
        f"{page('comment', review.pk, organisation=organisation)}?action={action}",
        {"text": "Why red?", "wants_decision": "on"},
    )

    pack = reader.get(review.get_absolute_url()).content.decode()
    assert "Decisions wanted" in pack
    assert "Why red?" in pack
    with within(organisation):
        comment = Comment.objects.get()
    reader.post(page("withdraw_comment", review.pk, comment.pk, organisation=organisation))
    assert "Why red?" not in reader.get(review.get_absolute_url()).content.decode()
    for name in ("freeze", "hold", "meeting", "edit_review", "call_off"):
        assert reader.get(page(name, review.pk, organisation=organisation)).status_code == 403


def test_the_pack_and_the_minutes_leave_as_word_and_as_a_pdf_for_everybody(plan, client, organisation, lead):
    review = furnished_review(plan, actor=lead)
    pdf = client.get(page("take_pack_out", review.pk, "pdf", organisation=organisation))
    word = client.get(page("take_pack_out", review.pk, "docx", organisation=organisation))
    minutes = client.get(page("take_minutes_out", review.pk, "docx", organisation=organisation))
    on_paper = client.get(page("take_minutes_out", review.pk, "pdf", organisation=organisation))

    assert [failures_of(one.content) for one in (pdf, on_paper)] == [[], []]
    told = [one.text for one in docx.Document(io.BytesIO(word.content)).paragraphs]
    assert {"Decisions wanted", "Red (2)", "Silent (2)", "Every action as it stood"} <= set(told)
    assert "A1: It is enough. (agreed)" in [one.text for one in docx.Document(io.BytesIO(minutes.content)).paragraphs]
    assert client.get(page("take_pack_out", review.pk, "xlsx", organisation=organisation)).status_code == 404


def test_a_long_pack_is_made_by_the_worker_once_and_anew_when_it_is_another(
    plan, client, organisation, lead, monkeypatch
):
    monkeypatch.setattr("desaga.reviews.papers.LONGEST_AT_ONCE", 100)
    review = furnished_review(plan, actor=lead)
    take, here = (
        page("take_pack_out", review.pk, "pdf", organisation=organisation),
        page("show_pack_file", review.pk, organisation=organisation),
    )

    assert client.get(take).url == here
    assert "Make the PDF" in client.get(here).content.decode()
    for _ in range(2):
        client.post(here)
    assert "The PDF is being made" in client.get(here).content.decode()
    with within(organisation):
        papers.make_pack(pack_id=PackFile.objects.get().pk)

    taken = client.get(take)
    assert taken.content.startswith(b"%PDF")
    assert failures_of(taken.content) == []
    with within(organisation, user=lead):
        meeting.comment(actor=lead, review=review, action=None, text="One more", wants_decision=False)
    assert client.get(take).url == here
    assert client.get(page("take_pack_out", review.pk, "docx", organisation=organisation)).status_code == 200


def test_amounts_are_for_those_alone_who_may_read_the_budget(plan, client, client_of, member, organisation, lead):
    with within(organisation, user=lead):
        BudgetLine.objects.create(
            organisation=organisation, year=year_of(timezone.localdate(), 8), name="Talks", allotted="1234.50"
        )
    review = furnished_review(plan, actor=lead)
    reader = client_of(member(Role.READER))
    addresses = [review.get_absolute_url(), page("show_minutes", review.pk, organisation=organisation)]
    files = [page(name, review.pk, "docx", organisation=organisation) for name in ("take_pack_out", "take_minutes_out")]

    assert "1234.50" in client.get(addresses[0]).content.decode()
    assert "£1,234.50" in text_in(client.get(files[0]).content)
    assert [address for address in addresses if "1234.50" in reader.get(address).content.decode()] == []
    assert [file for file in files if "1,234.50" in text_in(reader.get(file).content)] == []


def text_in(content):
    book = docx.Document(io.BytesIO(content))
    cells = [cell.text for table in book.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(one.text for one in book.paragraphs), *cells])


def test_two_snapshots_are_compared_whichever_way_round_they_are_asked_for(plan, client, organisation, lead):
    first = held_review(plan, actor=lead, on=date(2026, 3, 2))
    with within(organisation, user=lead):
        make_action(plan, code="A9", title="Come later")
    second = frozen_review(plan, actor=lead)
    with within(organisation):
        before, after = first.snapshots.get().pk, second.snapshots.get().pk
    address = page("compare", plan.pk, organisation=organisation)

    for query in ("", f"?before={before}&after={after}", f"?before={after}&after={before}"):
        shown = client.get(address + query).content.decode()
        assert "Come later" in shown
        assert 'id="new-title">New <span class="dsg-count">1' in shown
    taken = client.get(
        f"{page('take_comparison_out', plan.pk, 'docx', organisation=organisation)}?before={before}&after={after}"
    )
    assert "New (1)" in [one.text for one in docx.Document(io.BytesIO(taken.content)).paragraphs]


def test_a_task_waits_for_its_person_and_only_they_or_the_lead_finish_it(plan, client_of, member, organisation, lead):
    review, reader, other = frozen_review(plan, actor=lead), member(Role.READER), member(Role.READER)
    with within(organisation, user=lead):
        task = meeting.give_task(
            actor=lead, review=review, action=None, text="Book the room", who="", person=reader.person
        )
    address = page("finish_task", task.pk, organisation=organisation)

    assert "Book the room" in client_of(reader).get(reverse("home:list_waiting")).content.decode()
    assert client_of(other).get(address).status_code == 403
    client_of(reader).post(address, {"note": "Room 2.11"})
    with within(organisation):
        assert Task.objects.get().done_note == "Room 2.11"


def test_another_organisations_review_is_not_found(plan, client_of, member, other_organisation, lead):
    review = furnished_review(plan, actor=lead)
    stranger = client_of(member(Role.LEAD, organisation=other_organisation))
    theirs = frozen_review(plan_of(other_organisation), actor=None)
    with within(plan.organisation):
        decision, action = Decision.objects.get().pk, plan.actions.first().pk

    for name in ("show_review", "meeting", "hold", "show_minutes", "comment"):
        assert stranger.get(page(name, review.pk, organisation=other_organisation)).status_code == 404
    assert (
        stranger.post(page("strike_decision", theirs.pk, decision, organisation=other_organisation)).status_code == 404
    )
    assert stranger.get(f"{page('meeting', theirs.pk, organisation=other_organisation)}?at={action}").status_code == 404


@pytest.mark.parametrize("number", [1, 3])
def test_the_pages_cost_the_same_for_one_and_for_three(organisation, client, lead, number):
    plan = plan_of(organisation, actions=number)
    held_review(plan, actor=lead, on=date(2026, 3, 2))
    for n in range(number - 1):
        make_review(plan, actor=lead, meets_on=date(2027, 1, 1 + n))
    review = furnished_review(plan, actor=lead)
    with within(organisation, user=lead):
        for action in plan.actions.all():
            meeting.comment(actor=lead, review=review, action=action, text="Hm.", wants_decision=False)
            meeting.give_task(actor=lead, review=review, action=action, text="Do it.", who="Ann")
    at = f"{page('meeting', review.pk, organisation=organisation)}?at={ids_of(plan)[0]}"
    addresses = {
        page("list_reviews", plan.pk, organisation=organisation): 16,
        review.get_absolute_url(): 18,
        at: 21,
        page("show_minutes", review.pk, organisation=organisation): 19,
        page("compare", plan.pk, organisation=organisation): 16,
    }
    counted = {}
    for address in addresses:
        client.get(address)
        with CaptureQueriesContext(connection) as seen:
            assert client.get(address).status_code == 200
        counted[address] = len(seen)
    assert counted == addresses


def test_a_long_pack_is_bounded_and_its_actions_are_paged(plan, client, organisation, lead, monkeypatch):
    monkeypatch.setattr("desaga.reviews.packs.MOST_SHOWN", 2)
    monkeypatch.setattr("desaga.reviews.views.reviews.MOST_SHOWN", 2)
    for n in range(5):
        make_action(plan, code=f"Z{n}", title=f"Long {n}")
    review = frozen_review(plan, actor=lead)
    first = client.get(review.get_absolute_url()).content.decode()
    assert "The first 2 of" in first
    assert '<details class="govuk-details dsg-section">' in first
    assert first.count("Long 4") == 0
    last = client.get(review.get_absolute_url() + "?page=99").content.decode()
    assert '<details class="govuk-details dsg-section" open>' in last
    assert "Long 4" in last


def test_the_group_says_that_it_meets_at_the_planned_review(plan, client, organisation, lead):
    group = GroupFactory(organisation=organisation, next_meeting_on=date(2999, 1, 1))
    address = reverse("governance:show_group", args=[organisation.slug, group.pk])
    review = make_review(plan, actor=lead, group=group, meets_on=date(2998, 3, 2))
    shown = client.get(address).content.decode()
    assert "2 March 2998" in shown
    assert review.get_absolute_url() in shown
    with within(organisation, user=lead):
        reviews.call_off(actor=lead, review=review)
    assert "1 January 2999" in client.get(address).content.decode()
