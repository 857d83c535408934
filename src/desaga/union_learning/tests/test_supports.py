from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from desaga.audit.models import Entry
from desaga.notifications.models import OutgoingMail
from desaga.tenancy.context import within, within_platform

from .. import queries, reach
from ..models import Support
from ..operations import answering, supporting
from ..operations.gate import NotNow
from ..sealing import open_content
from ..tasks import end_supports
from .factories import (
    CANARIES,
    EMAIL,
    GOAL,
    NAME,
    NOTE,
    STEP,
    Behind,
    ask,
    key_sent,
    make_representative,
    make_supported,
    make_union,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def union(db):
    return make_union()


@pytest.fixture
def representative(union):
    return make_representative(union)


def seen_by(union, user):
    with within(union, user=user):
        return queries.as_seen(list(queries.supports_of(user.person_id)))


def behind(key):
    with within():
        reach.tell("")
        from desaga.accounts.keys import hash_of

        reach.tell(hash_of(key))
        found = queries.support_behind(key)
        reach.tell("")
        return found


def test_a_member_agrees_and_the_representative_sees_what_is_shared(union, representative):
    make_supported(union, representative, shares=["goal", "steps"])
    (one,) = seen_by(union, representative)
    assert (one.content.name, one.content.goal) == (NAME, GOAL)
    assert [step.words for step in one.content.steps] == [STEP]
    assert one.content.notes == ()


def test_what_is_unshared_again_is_unseen_at_once(union, representative):
    _, key = make_supported(union, representative)
    with Behind(key) as support:
        answering.share(support=support, shares=[], goal=GOAL)
    (one,) = seen_by(union, representative)
    assert (one.content.goal, one.content.steps, one.content.notes) == ("", (), ())
    with Behind(key) as support:
        assert open_content(support).notes[0].words == NOTE


def test_the_representative_writes_only_after_they_agreed(union, representative):
    support = ask(union, representative)
    with within(union, user=representative), pytest.raises(NotNow):
        supporting.write_to_member(actor=representative, support=support, note="Hello")
    with Behind(key_sent()) as support:
        answering.agree(support=support, shares=[])
    with within(union, user=representative):
        supporting.write_to_member(actor=representative, support=support, step="Ask your manager for time")
        with pytest.raises(supporting.SaysNothing):
            supporting.write_to_member(actor=representative, support=support, note="  ")
    assert [step.by for step in seen_by(union, representative)[0].content.steps] == ["representative"]


@pytest.mark.parametrize("deed", ["end", "decline", "let_go"])
def test_ended_is_gone_and_the_ledger_forgets_the_address(union, representative, deed):
    support = ask(union, representative)
    key = key_sent()
    with within_platform():
        OutgoingMail.objects.update(sent_at=timezone.now())
    if deed == "end":
        with Behind(key) as support:
            answering.agree(support=support, shares=["goal"])
            answering.end(support=support)
    elif deed == "decline":
        with Behind(key) as support:
            answering.decline(support=support)
    else:
        with within(union, user=representative):
            supporting.let_go(actor=representative, support=support)
    assert behind(key) is None
    assert seen_by(union, representative) == []
    with within_platform():
        assert not OutgoingMail.objects.filter(recipient=EMAIL).exists()


def test_the_mail_names_no_union_nor_stands_in_its_name(union, representative):
    ask(union, representative)
    with within_platform():
        mail = OutgoingMail.objects.get(recipient=EMAIL)
    assert mail.organisation_id is None
    assert not [
        word
        for word in ("union", "Guild", "guild", "representative")
        if word in f"{mail.subject} {mail.text} {mail.html} {mail.reply_to}"
    ]


def test_nothing_of_the_member_lies_open_in_the_database(union, representative):
    make_supported(union, representative)
    with within(union, user=representative):
        row = Support.objects.values().get()
        entries = list(Entry._base_manager.filter(thing_kind="union_learning.support").values())
    told = repr(row) + repr(bytes(row["sealed"])) + repr(entries)
    assert entries
    assert [word for word in CANARIES if word in told] == []


def test_a_new_link_closes_the_former(union, representative):
    support, key = make_supported(union, representative)
    with within(union, user=representative):
        supporting.send_again(actor=representative, support=support)
    assert behind(key) is None
    assert behind(key_sent()).pk == support.pk


def test_the_member_chooses_another_representative(union, representative):
    other = make_representative(union, email="other@guild.example")
    _, key = make_supported(union, representative)
    with Behind(key) as support:
        with pytest.raises(answering.NotARepresentative):
            answering.choose_representative(support=support, person_id=0)
        answering.choose_representative(support=support, person_id=other.person_id)
    assert seen_by(union, representative) == []
    assert [one.content.name for one in seen_by(union, other)] == [NAME]


def test_the_night_deletes_what_is_over_and_tells_once_before(union, representative):
    unanswered = ask(union, representative, name="Moss Tarn", email="moss@private.example")
    support, key = make_supported(union, representative)
    today = timezone.localdate()
    with Behind(key):
        Support._base_manager.filter(pk=support.pk).update(ends_on=today + timedelta(days=20))
    with within(union, user=representative):
        Support._base_manager.filter(pk=unanswered.pk).update(ends_on=today - timedelta(days=1))
    for _ in range(2):
        end_supports(organisation=union, actor=None)
    with within_platform():
        assert OutgoingMail.objects.filter(recipient=EMAIL).count() == 2
    (left,) = seen_by(union, representative)
    assert left.support.pk == support.pk
    with Behind(key_sent()) as support:
        answering.share(support=support, shares=[], goal="")
        assert support.pk == left.support.pk
    with within(union, user=representative):
        assert Support.objects.get().ends_on == today + timedelta(days=365)


def test_too_many_unanswered_are_refused(union, representative, monkeypatch):
    monkeypatch.setattr(supporting, "MOST_ASKED", 1)
    ask(union, representative)
    with pytest.raises(supporting.AskedEnough):
        ask(union, representative, email="b@private.example")


def test_a_row_in_anothers_place_does_not_open(union, representative):
    from desaga.workforce.sealing import KeyLost

    first, _ = make_supported(union, representative)
    second, _ = make_supported(union, representative, email="b@private.example")
    with within(union, user=representative):
        Support.objects.filter(pk=second.pk).update(sealed=Support.objects.get(pk=first.pk).sealed)
        with pytest.raises(KeyLost):
            open_content(Support.objects.get(pk=second.pk))
        supporting.let_go(actor=representative, support=second)
        assert Support.objects.get().pk == first.pk
