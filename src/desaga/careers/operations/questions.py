"""A question from its asking to its answer: without a name, moderated, answered by a technician who agrees to be shown."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from desaga.accounts.keys import hash_of, new_key
from desaga.audit import operations as audit
from desaga.consents.models import Consent
from desaga.consents.operations.answering import hear
from desaga.consents.operations.asking import Shown, begin_consent
from desaga.consents.states import By, What, Where
from desaga.consents.uses import Because
from desaga.notifications.operations import send_mail
from desaga.organisations.refusals import Refused

from ..models import Doors, PublicAnswer, Question
from ..noticing import tells_who
from ..states import QuestionState
from .gate import NotNow, move

LINK_OPENS, SHOWN_FOR = timedelta(days=28), timedelta(days=2 * 365)


class DoorIsClosed(Refused):
    """Questions are not taken here just now."""


class TellsWho(Refused):
    """Leave out what would tell who somebody is: names, schools, addresses, numbers. Ask it again without."""


class NobodyToAsk(Refused):
    """Say which technician is asked, and at which address."""


class SaysNothing(Refused):
    """Write an answer, or say that somebody else should."""


class TooYoung(Refused):
    """Answers are taken from people who are 18 or over: for whoever is younger, a parent or guardian would have to agree too."""


class NotAgreed(Refused):
    """The technician has not agreed to be shown, or does not any more."""


@transaction.atomic
def ask_question(*, doors: Doors, words: str, about: str = "", now: datetime | None = None) -> Question:
    """Keep the words and nothing of who wrote them. Raises `DoorIsClosed`, `TellsWho`."""
    now = now or timezone.now()
    if not doors.takes_questions:
        raise DoorIsClosed
    if tells_who(words):
        raise TellsWho
    question = Question.objects.create(
        organisation_id=doors.organisation_id,
        words=words.strip(),
        shown=words.strip(),
        about=about,
        asked_at=now,
        since=now,
    )
    audit.record(actor=None, verb="was asked", thing=question, now=now)
    return question


@transaction.atomic
def word_question(*, actor: Any, question: Question, shown: str) -> Question:
    """As it will be shown: a moderator takes out what tells who asked, and mends no more than is needed. Raises `NotNow`, `TellsWho`."""
    if question.state != QuestionState.WAITING:
        raise NotNow
    if tells_who(shown):
        raise TellsWho
    # The audit keeps no words of a child: it says that they were changed, not from what.
    Question.objects.filter(pk=question.pk).update(shown=shown.strip())
    audit.record(actor=actor, verb="reworded", thing=question)
    question.shown = shown.strip()
    return question


@transaction.atomic
def send_question(
    *, actor: Any, question: Question, technician: str, email: str, now: datetime | None = None
) -> Question:
    """Ask a technician: they get a link, and need no account. Raises `NobodyToAsk`, `gate.NotNow`."""
    now = now or timezone.now()
    if not (technician.strip() and email.strip()):
        raise NobodyToAsk
    key = new_key()
    held = move(
        question, "send", actor=actor, now=now, technician=technician.strip(), email=email.strip(), key_hash=hash_of(key),
        key_ends_at=now + LINK_OPENS, sent_by=actor, said="",
    )  # fmt: skip
    post(held, key, "asked")
    return held


def post(question: Question, key: str, template: str) -> None:
    organisation = question.organisation
    path = reverse("careers:answer_question", args=[organisation.slug])
    send_mail(
        template=f"careers/email/{template}",
        to=question.email,
        context={
            "question": question, "dear": question.technician, "button_label": "Read it and answer",
            "button_url": f"{settings.SITE_ADDRESS}{path}?{urlencode({'key': key})}",
            "whose_words": f"{organisation.name}, through Desaga. You need no account. The link opens for four weeks.",
        },
        organisation=organisation,
        reply_to=question.sent_by.email if question.sent_by else "",
    )  # fmt: skip


@transaction.atomic
def answer_question(
    *,
    question: Question,
    answer: str,
    job: str,
    is_adult: bool,
    employer: str = "",
    what: Collection[str] = (),
    now: datetime | None = None,
) -> Question:
    """A technician's answer, with what of them may be shown beside it: their words, and their name and employer if they wish.

    They say that they are of age: their own yes is then all that it needs. Raises `SaysNothing`, `TooYoung`, `gate.NotNow`.
    """  # fmt: skip
    now = now or timezone.now()
    if not answer.strip():
        raise SaysNothing
    if not is_adult:
        raise TooYoung
    if question.state != QuestionState.ASKED:
        raise NotNow
    former = question.consent
    given = [What.QUOTE, *(one for one in (What.NAME, What.EMPLOYER) if one in what)]
    consent = begin_consent(
        actor=None, asked_by=question.sent_by, organisation=question.organisation, shown=Shown(name=question.technician, email=question.email),
        about="Your answer to a question that a young person asked", what=given, where=[Where.SITE],
        until=timezone.localdate(now) + SHOWN_FOR, now=now, renews=former if former and former.is_given else None,
    )  # fmt: skip
    consent = hear(consent=consent, by=By.PERSON, name=question.technician, what=given, where=[Where.SITE], now=now)
    return move(
        question, "answer", actor=None, now=now, answer=answer.strip(), job=job.strip(), employer=employer.strip(), consent=consent
    )  # fmt: skip


@transaction.atomic
def pass_on(*, question: Question, now: datetime | None = None) -> Question:
    """The technician leaves it to somebody else: the link opens nothing any more. Raises `gate.NotNow`."""
    gone = {"technician": "", "email": "", "key_hash": None, "key_ends_at": None}
    return move(question, "pass_on", actor=None, now=now or timezone.now(), **gone)


@transaction.atomic
def ask_again(*, actor: Any, question: Question, said: str, now: datetime | None = None) -> Question:
    """Back to the technician with what should be changed: their words are theirs, so nobody else changes them. Raises `gate.NotNow`."""
    now, key = now or timezone.now(), new_key()
    held = move(
        question, "ask_again", actor=actor, now=now, said=said.strip(), key_hash=hash_of(key), key_ends_at=now + LINK_OPENS
    )  # fmt: skip
    post(held, key, "asked_again")
    return held


@transaction.atomic
def publish_answer(*, actor: Any, question: Question, now: datetime | None = None) -> Question:
    """Everybody reads it. What was asked is now what is shown: how it was first written is gone. Raises `NotAgreed`, `gate.NotNow`."""
    now = now or timezone.now()
    consent = question.consent
    if consent is None or not consent.holds_on(timezone.localdate(now)) or What.QUOTE not in consent.what:
        raise NotAgreed
    held = move(
        question, "publish", actor=actor, now=now, words=question.shown, email="", key_hash=None, key_ends_at=None
    )
    PublicAnswer.objects.create(
        organisation_id=held.organisation_id, question=held, words=held.shown, answer=held.answer, about=held.about, job=held.job,
        name=held.technician if What.NAME in consent.what else "", employer=held.employer if What.EMPLOYER in consent.what else "",
        shown_until=consent.until + timedelta(days=1), published_at=now,
    )  # fmt: skip
    return held


@transaction.atomic
def decline_question(*, actor: Any, question: Question, now: datetime | None = None) -> Question:
    """Nothing comes of it. Nobody is told, since nobody is known; it is deleted soon. Raises `gate.NotNow`."""
    gone = {"key_hash": None, "key_ends_at": None}
    return move(question, "decline", actor=actor, now=now or timezone.now(), **gone)


@transaction.atomic
def take_down(*, actor: Any, question: Question, now: datetime | None = None) -> Question:
    """It is shown nowhere any more, at once. Raises `gate.NotNow`."""
    held = move(question, "take_down", actor=actor, now=now or timezone.now())
    PublicAnswer.objects.filter(question=held).delete()
    return held


def end_with_consent(consent: Consent, because: Because) -> None:
    """Told by `consents`, in the transaction that ends it: the answer is down, and the technician's words and address are gone."""
    now = timezone.now()
    gone = {"technician": "", "email": "", "answer": "", "job": "", "employer": ""}
    for question in Question.objects.filter(consent=consent):
        if question.state == QuestionState.PUBLISHED:
            take_down(actor=None, question=question, now=now)
        elif question.state == QuestionState.ANSWERED:
            decline_question(actor=None, question=question, now=now)
        # Not by `change_row`: the audit keeps none of the words that are taken back.
        Question.objects.filter(pk=question.pk).update(**gone)
        audit.record(actor=None, verb="emptied", thing=question, now=now)


def follow_renewal(former: Consent, new: Consent) -> None:
    """Told by `consents` when another consent comes in the place of one: what is shown rests on it, and shows no more than it says."""
    for question in Question.objects.filter(consent=former):
        question.consent = new
        question.save(update_fields=["consent"])
        shown = PublicAnswer.objects.filter(question=question)
        if What.QUOTE in new.what and Where.SITE in new.where:
            shown.update(
                shown_until=new.until + timedelta(days=1),
                name=question.technician if What.NAME in new.what else "",
                employer=question.employer if What.EMPLOYER in new.what else "",
            )
        elif question.state == QuestionState.PUBLISHED:
            take_down(actor=None, question=question)
