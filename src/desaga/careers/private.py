"""What `privacy` is told of careers: what is deleted when. Nothing of who asked a question is kept, so there is nothing of theirs to export."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from desaga.privacy.kinds import gone
from desaga.privacy.retaining import Retained, retain

from .models import Question, SchoolInterest
from .states import InterestState, QuestionState


def delete_open(organisation: Any, before: datetime, dry: bool) -> Mapping[str, int]:
    open_still = [QuestionState.WAITING, QuestionState.ASKED, QuestionState.ANSWERED]
    found = Question.objects.filter(organisation=organisation, state__in=open_still, asked_at__lt=before)
    return {"questions that were not answered": gone(found, dry)}


def delete_ended(organisation: Any, before: datetime, dry: bool) -> Mapping[str, int]:
    over = [QuestionState.DECLINED, QuestionState.TAKEN_DOWN]
    found = Question.objects.filter(organisation=organisation, state__in=over, since__lt=before)
    return {"questions that were not taken, or taken down": gone(found, dry)}


def delete_unconfirmed(organisation: Any, before: datetime, dry: bool) -> Mapping[str, int]:
    found = SchoolInterest.objects.filter(organisation=organisation, state=InterestState.SENT, sent_at__lt=before)
    return {"schools’ interests that nobody confirmed": gone(found, dry)}


def delete_schools(organisation: Any, before: datetime, dry: bool) -> Mapping[str, int]:
    found = SchoolInterest.objects.filter(organisation=organisation, since__lt=before).exclude(state=InterestState.SENT)
    return {"schools’ interests": gone(found, dry)}


def register() -> None:
    retain(
        Retained(
            key="open_questions",
            name="Questions that were not answered",
            what="What somebody asked technicians: the words, without a name; and which technician was asked to answer",
            days=60,
            reason="What nobody answered in two months helps nobody any more, and a child may have written more than they meant to",
            counted_from="the day on which it was asked",
            stays="The audit says that a question was asked, never its words",
            delete=delete_open,
            most=180,
        )
    )
    retain(
        Retained(
            key="ended_questions",
            name="Questions not taken, or taken down",
            what="The words of a question that a moderator did not take, or whose answer is shown no more",
            days=14,
            reason="Two weeks are enough to notice a press that was meant otherwise",
            counted_from="the day on which it was decided",
            stays="The audit says what was decided, never the words; the technician’s consent has its own record",
            delete=delete_ended,
            most=90,
        )
    )
    retain(
        Retained(
            key="unconfirmed_school_interests",
            name="Schools’ interests that nobody confirmed",
            what="The address to which somebody had us write about work experience, where the link was never pressed",
            days=7,
            reason="Anybody can give a school’s address: what the school does not confirm within a week is not the school’s",
            counted_from="the day on which it was sent",
            stays="The audit says that something was sent",
            delete=delete_unconfirmed,
            most=28,
        )
    )
    retain(
        Retained(
            key="school_interests",
            name="Schools’ interests in work experience",
            what="A teacher’s name, position and address, the school, how many pupils and when; nothing of a pupil",
            days=365,
            reason="A school asks by the school year, and asks anew in the next",
            counted_from="the day on which it last went on",
            stays="The audit says what was decided",
            delete=delete_schools,
            most=730,
        )
    )
