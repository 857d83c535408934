"""An issue: composed, frozen, never changed; what a consent takes out of it."""

from __future__ import annotations

from importlib import import_module

import pytest
from django.db import InternalError, ProgrammingError, connection, transaction
from django.http import Http404

from desaga.consents import uses
from desaga.consents.operations.answering import withdraw_consent
from desaga.consents.operations.asking import renew_consent
from desaga.consents.tests.factories import give_consent, given_consent, in_days, letters
from desaga.tenancy.context import within

from .. import queries
from ..models import Issue, IssuePiece, Letter
from ..operations import composing, sending
from ..operations.gate import NotNow
from .factories import a_piece, anew, make_issue, send, subscriber

pytestmark = pytest.mark.django_db


def titles(issue):
    with within(issue.organisation):
        return [one.title for one in queries.told_of(issue)]


def test_pieces_are_chosen_ordered_and_taken_out(organisation, lead, shelf):
    issue = make_issue(organisation, actor=lead, keys=["news:2", "news:1", "news:3"])
    assert titles(issue) == ["News 2", "News 1", "News 3"]
    with within(organisation, user=lead):
        last, first = queries.pieces_of(issue)[2], queries.pieces_of(issue)[0]
        composing.move_piece(actor=lead, piece=last, up=True)
        composing.move_piece(actor=lead, piece=first, up=True)
        composing.remove_piece(actor=lead, piece=first)
        assert composing.add_pieces(actor=lead, issue=issue, keys=["news:3"]) == 0
    assert titles(issue) == ["News 3", "News 1"]


@pytest.mark.parametrize("keys", [["news:9"], ["news:1", "elsewhere:1"]])
def test_what_is_not_offered_is_not_taken(organisation, lead, shelf, keys):
    with pytest.raises(composing.NotOffered):
        make_issue(organisation, actor=lead, keys=keys)


def test_an_issue_holds_twenty_pieces(organisation, lead, shelf):
    shelf.put(*(a_piece(number) for number in range(1, 22)))
    with pytest.raises(composing.TooMuch):
        make_issue(organisation, actor=lead, keys=list(shelf.lying))


def test_a_draft_says_what_its_pages_say_today(organisation, lead, shelf):
    issue = make_issue(organisation, actor=lead)
    shelf.change("news:1", title="Corrected")
    assert titles(issue) == ["Corrected"]


def test_what_was_sent_is_frozen_with_its_digest(organisation, lead, shelf):
    shelf.pictures["news:1"] = b"JPEG"
    subscriber(organisation)
    issue = send(make_issue(organisation, actor=lead), actor=lead)
    shelf.change("news:1", title="Corrected")
    shelf.lying.clear()
    assert titles(issue) == ["News 1"]
    with within(organisation):
        assert queries.digest_now(issue) == issue.digest
        assert bytes(IssuePiece.objects.get().picture) == b"JPEG"
    assert (issue.number, issue.state) == (1, "sent")


@pytest.mark.parametrize(
    "change",
    [
        "update newsletters_issue set title = 'x'",
        "update newsletters_issue set introduction = 'x'",
        "update newsletters_issue set state = 'draft', number = null, sent_at = null, digest = ''",
        "update newsletters_issuepiece set title = 'x'",
        "update newsletters_issuepiece set picture = 'x'",
        "update newsletters_issuepiece set frozen_at = null",
        "delete from newsletters_issuepiece",
        "delete from newsletters_issue",
    ],
)
def test_the_database_itself_changes_nothing_that_was_sent(organisation, lead, shelf, change):
    subscriber(organisation)
    send(make_issue(organisation, actor=lead), actor=lead)
    with (
        within(organisation),
        connection.cursor() as cursor,
        pytest.raises((ProgrammingError, InternalError)),
        transaction.atomic(),
    ):
        cursor.execute(change)


def test_nothing_is_done_to_an_issue_that_was_sent(organisation, lead, shelf):
    subscriber(organisation)
    issue = send(make_issue(organisation, actor=lead), actor=lead)
    with within(organisation, user=lead):
        for deed in (
            lambda: composing.save_issue(actor=lead, issue=issue, title="x", introduction=""),
            lambda: composing.add_pieces(actor=lead, issue=issue, keys=["news:2"]),
            lambda: composing.remove_issue(actor=lead, issue=issue),
            lambda: sending.send_issue(actor=lead, issue=issue),
        ):
            with pytest.raises(NotNow):
                deed()


def test_an_empty_issue_one_without_readers_and_one_whose_piece_is_gone_stay(organisation, lead, shelf):
    issue = make_issue(organisation, actor=lead)
    with within(organisation, user=lead):
        with pytest.raises(sending.NobodyReads):
            sending.send_issue(actor=lead, issue=issue)
        empty = composing.start_issue(actor=lead, organisation=organisation, title="Empty")
        with pytest.raises(sending.NothingInIt):
            sending.send_issue(actor=lead, issue=empty)
    subscriber(organisation)
    shelf.lying.pop("news:1")
    with within(organisation, user=lead), pytest.raises(sending.GoneMeanwhile):
        sending.send_issue(actor=lead, issue=issue)
    assert anew(issue).state == "draft"


def test_numbers_go_up_by_one(organisation, lead, shelf):
    subscriber(organisation)
    assert [send(make_issue(organisation, actor=lead, title=title), actor=lead).number for title in "abc"] == [1, 2, 3]


def test_a_piece_rests_on_its_consent_and_leaves_the_archive_with_it(organisation, lead, shelf, client):
    consent = given_consent(organisation, actor=lead)
    shelf.put(a_piece(4, key="story:4", kind="Story", title="Meet Ada", consent=consent.pk))
    shelf.pictures["story:4"] = b"JPEG"
    subscriber(organisation)
    issue = send(make_issue(organisation, actor=lead, keys=["news:1", "story:4"]), actor=lead)
    with within(organisation):
        picture = f"/newsletters/northmoor/pictures/{queries.pieces_of(issue)[1].pk}/"
        told = [(use.kind, use.title, use.may_be_taken_down) for use in uses.uses_of(consent)]
    assert client.get(picture).content == b"JPEG"
    assert told == [
        ("Newsletter’s archive", "Summer (issue 1)", True),
        ("Newsletter", "Summer (issue 1), 1 letter", False),
    ]
    with within(organisation):
        withdraw_consent(consent=consent)
        assert [(one.title, one.is_struck) for one in queries.told_of(anew(issue))] == [("News 1", False), ("", True)]
        assert bytes(IssuePiece.objects.get(key="story:4").picture) == b""
        assert [use.kind for use in uses.uses_of(consent)] == ["Newsletter"]
    assert client.get(picture).status_code == 404
    _, pieces = queries.archived_issue(organisation, 1)
    assert [one.title for one in pieces] == ["News 1", ""]


def test_a_piece_is_not_in_the_archive_from_the_day_on_which_its_consent_ends(
    organisation, lead, shelf, client, monkeypatch
):
    """Even if the night's work did not come."""
    consent = given_consent(organisation, actor=lead, until=in_days(30))
    shelf.put(a_piece(4, key="story:4", kind="Story", title="Meet Ada", consent=consent.pk))
    shelf.pictures["story:4"] = b"JPEG"
    subscriber(organisation)
    issue = send(make_issue(organisation, actor=lead, keys=["news:1", "story:4"]), actor=lead)
    with within(organisation):
        piece = IssuePiece.objects.get(key="story:4")
    picture = f"/newsletters/northmoor/pictures/{piece.pk}/"
    assert piece.shown_until == in_days(31)
    for days, is_there in ((30, True), (31, False)):
        monkeypatch.setattr("desaga.newsletters.queries.localdate", lambda days=days: in_days(days))
        _, pieces = queries.archived_issue(organisation, 1)
        assert [one.title for one in pieces] == ["News 1", "Meet Ada" if is_there else ""]
        assert titles(issue) == ["News 1", "Meet Ada" if is_there else ""]
        assert client.get(picture).status_code == (200 if is_there else 404)


def test_pieces_that_were_sent_before_learn_until_when_they_are_shown(organisation, lead, shelf):
    """What the migration does."""
    consent = given_consent(organisation, actor=lead, until=in_days(30))
    shelf.put(a_piece(4, key="story:4", kind="Story", title="Meet Ada", consent=consent.pk))
    subscriber(organisation)
    send(make_issue(organisation, actor=lead, keys=["news:1", "story:4"]), actor=lead)
    with within(organisation):
        IssuePiece.objects.update(shown_until=None)
    fill = import_module("desaga.newsletters.migrations.0004_say_until_when").FILL
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET LOCAL ROLE NONE")
        cursor.execute(fill)
        cursor.execute("SET LOCAL ROLE desaga_app")
    with within(organisation):
        assert set(IssuePiece.objects.values_list("key", "shown_until")) == {("news:1", None), ("story:4", in_days(31))}


def test_until_when_a_piece_is_shown_follows_a_renewal(organisation, lead, shelf):
    consent = given_consent(organisation, actor=lead, until=in_days(30))
    shelf.put(a_piece(4, key="story:4", kind="Story", title="Meet Ada", consent=consent.pk))
    subscriber(organisation)
    send(make_issue(organisation, actor=lead, keys=["story:4"]), actor=lead)
    with within(organisation, user=lead):
        new = renew_consent(actor=lead, consent=consent, until=in_days(200))
    give_consent(new)
    with within(organisation):
        assert IssuePiece.objects.get().shown_until == in_days(201)


@pytest.mark.parametrize(
    ("what", "where", "is_shown"),
    [
        (["name", "image", "quote", "employer"], ["site", "newsletter"], True),
        (["name", "image", "quote", "employer"], ["site"], False),
        (["name"], ["site", "newsletter"], False),
    ],
    ids=["for newsletters still", "not for newsletters any more", "for less of them"],
)
def test_after_a_renewal_the_new_consent_tells_of_what_was_sent_before(
    organisation, lead, shelf, what, where, is_shown
):
    """Whoever withdraws later learns of every mail; the archive shows no more than is agreed to now."""
    consent = given_consent(organisation, actor=lead)
    shelf.put(a_piece(4, key="story:4", kind="Story", title="Meet Ada", consent=consent.pk))
    subscriber(organisation)
    issue = send(make_issue(organisation, actor=lead, keys=["story:4"]), actor=lead)
    with within(organisation, user=lead):
        new = renew_consent(actor=lead, consent=consent, until=in_days(700))
    give_consent(new, what, where)
    with within(organisation):
        kinds = [use.kind for use in uses.uses_of(new)]
        assert kinds == (["Newsletter’s archive", "Newsletter"] if is_shown else ["Newsletter"])
        assert [one.title for one in queries.told_of(anew(issue))] == (["Meet Ada"] if is_shown else [""])
        withdraw_consent(consent=new)
        assert [one.title for one in queries.told_of(anew(issue))] == [""]


def test_mails_that_are_not_written_yet_go_without_what_was_taken_back(organisation, lead, shelf):
    consent = given_consent(organisation, actor=lead)
    shelf.put(a_piece(4, key="story:4", title="Meet Ada", consent=consent.pk))
    for name in ("ida", "jo"):
        subscriber(organisation, f"{name}@example.org")
    issue = send(make_issue(organisation, actor=lead, keys=["news:1", "story:4"]), actor=lead, write=False)
    with within(organisation):
        sending.write_letters(issue=issue, most=1)
        withdraw_consent(consent=consent)
        sending.write_letters(issue=issue, most=1)
    assert ["Meet Ada" in letters(f"{name}@example.org")[-1].text for name in ("ida", "jo")] == [True, False]


def test_the_archive_shows_what_was_sent_and_no_draft(organisation, other_organisation, lead, shelf):
    subscriber(organisation)
    send(make_issue(organisation, actor=lead), actor=lead)
    make_issue(organisation, actor=lead, title="Secret")
    assert [one.title for one in queries.archive_of(organisation)] == ["Summer"]
    with within(other_organisation):
        assert [one.title for one in Issue._base_manager.all()] == ["Summer"]
        assert [one.title for one in IssuePiece._base_manager.all()] == ["News 1"]
        assert Letter._base_manager.count() == 0
    with pytest.raises(Http404):
        queries.archived_issue(organisation, 2)
