"""A mail's state follows from its times; the ones that cannot be, the database refuses."""

from __future__ import annotations

from datetime import timedelta
from itertools import product
from types import SimpleNamespace

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone

from desaga.notifications.models import OutgoingMail
from desaga.notifications.operations.gate import CannotFollow, move
from desaga.notifications.states import MAY_FOLLOW, TONES, MailState, fate_of, label_of
from desaga.tenancy.context import within_platform

from .factories import as_kept, queued

TIMES = ("handing_over_at", "sent_at", "failed_at", "bounced_at", "doubtful_at")
S = MailState
#: Every combination of times that can be, in the order of `TIMES`, with its state; the others are refused.
POSSIBLE = {
    "-----": S.WAITING,
    "h----": S.HANDING_OVER,
    "hs---": S.SENT,
    # Sent before there was a ledger.
    "-s---": S.SENT,
    "--f--": S.GIVEN_UP,
    # Refused at once, or reported when it was to go again.
    "---b-": S.BOUNCED,
    # Reported before we could write that it had left.
    "h--b-": S.BOUNCED,
    "hs-b-": S.BOUNCED,
    "-s-b-": S.BOUNCED,
    "h---d": S.DOUBTFUL,
}
#: How a mail comes into each state, step by step.
WAYS = {
    S.WAITING: [],
    S.HANDING_OVER: [S.HANDING_OVER],
    S.SENT: [S.HANDING_OVER, S.SENT],
    S.GIVEN_UP: [S.GIVEN_UP],
    S.BOUNCED: [S.BOUNCED],
    S.DOUBTFUL: [S.HANDING_OVER, S.DOUBTFUL],
}


def written(marks: str) -> dict[str, object]:
    now = timezone.now()
    times = {name: now if mark != "-" else None for name, mark in zip(TIMES, marks, strict=True)}
    return {**times, "bounce_status": "5.1.1" if times["bounced_at"] else ""}


def can_be(mail: OutgoingMail, marks: str) -> bool:
    try:
        with within_platform(), transaction.atomic():
            OutgoingMail.objects.filter(pk=mail.pk).update(**written(marks))
    except IntegrityError:
        return False
    return True


def test_the_database_knows_which_times_can_be_together(db):
    mail = queued()
    marks = ["".join(each) for each in product("-h", "-s", "-f", "-b", "-d")]
    assert {each for each in marks if can_be(mail, each)} == set(POSSIBLE)


@pytest.mark.parametrize("marks", POSSIBLE)
def test_each_combination_is_one_state(marks):
    assert fate_of(SimpleNamespace(made_at=timezone.now(), **written(marks))).state == POSSIBLE[marks]


def test_every_state_can_be():
    assert set(POSSIBLE.values()) == set(MAY_FOLLOW) == set(TONES) == set(MailState)


@pytest.mark.parametrize("status", ["", "5.1.1 nobody of that name", "1.1.1", "550"])
def test_only_numbers_say_why_a_mail_came_back(db, status):
    mail = queued()
    with pytest.raises(DatabaseError), within_platform(), transaction.atomic():
        OutgoingMail.objects.filter(pk=mail.pk).update(bounced_at=timezone.now(), bounce_status=status)


@pytest.mark.parametrize(("start", "to"), list(product(MailState, MailState)))
def test_the_gate_opens_only_where_the_table_says(db, start, to):
    mail = queued()
    with within_platform():
        for state in WAYS[start]:
            move(mail, state, now=timezone.now(), status="5.1.1")
        assert mail.state == start
        if start in MAY_FOLLOW[to]:
            move(mail, to, now=timezone.now(), status="4.4.7")
            assert as_kept(mail).state == to
        else:
            with pytest.raises(CannotFollow):
                move(mail, to, now=timezone.now())


@pytest.mark.parametrize("state", MailState)
def test_what_a_mail_said_is_kept_while_it_may_have_to_go_again(db, state):
    mail = queued()
    with within_platform():
        for step in WAYS[state]:
            move(mail, step, now=timezone.now(), status="5.1.1")
    is_kept = as_kept(mail).text != ""
    assert is_kept == (state in {S.WAITING, S.HANDING_OVER, S.DOUBTFUL})


def test_a_fate_has_the_time_of_its_state():
    made_at = timezone.now() - timedelta(hours=1)
    times = SimpleNamespace(made_at=made_at, **written("hs-b-"))
    assert fate_of(times, "5.1.1").at == times.bounced_at
    assert fate_of(SimpleNamespace(made_at=made_at, **written("-----"))).at == made_at


@pytest.mark.parametrize(
    ("state", "status", "label"),
    [
        (S.BOUNCED, "5.1.1", "Came back: there is no such mailbox"),
        (S.BOUNCED, "5.9.9", "Came back"),
        (S.DOUBTFUL, "", "In doubt"),
    ],
)
def test_a_state_is_said_in_words(state, status, label):
    assert label_of(state, status) == label
