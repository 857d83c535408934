"""What a placement becomes without being typed again: an activity, evidence at home, a story, a session for colleagues. Each by a press of its own."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from desaga.activities.models import Activity
from desaga.activities.operations import record_activity
from desaga.activities.states import Kind
from desaga.audit import operations as audit
from desaga.evidence.operations import GivenPiece
from desaga.organisations.membership import membership_of
from desaga.organisations.models import Organisation
from desaga.organisations.operations.rows import locked
from desaga.organisations.refusals import Refused
from desaga.plans.models import Action
from desaga.plans.operations.evidence import give_evidence
from desaga.tenancy.context import within

from ..awarding import WISHES
from ..evidencing import RECORD_KIND
from ..models import Attendance, Award, PlacementRecord, PlacementReport, SharedSession, StoryOffer, StoryText
from ..offering import OfferedText, tell_offered, tell_taken_back
from ..states import ApplicationState
from .gate import NotNow, note_event

SOURCE = "placements"
#: A day's work in hours, where only days are known.
HOURS_A_DAY = Decimal("7.5")
MOST_HOURS = Decimal(2000)
#: From the report on, a placement can be used elsewhere.
TOLD = (ApplicationState.REPORTED, ApplicationState.CLOSED)
LONGEST_CONSENT = timedelta(days=5 * 366)


class NotReportedYet(Refused):
    """Send your report first: what is told here is taken from it."""


class NotOver(Refused):
    """The placement is not over yet."""


class NotTheirs(Refused):
    """Only whoever went can do this."""


class NotThere(Refused):
    """You have no standing in that organisation today. Ask its lead."""


class NotAllowedThere(Refused):
    """You do not carry this action. Give it to your employer without an action: those who run the programme can use it."""


class SayThat(Refused):
    """Write the story, and give it a title."""


class ConsentEnds(Refused):
    """Say until when the consent holds: a day to come, at most five years from now."""


class DayToCome(Refused):
    """This day is still to come. Record the session when it was held."""


class NobodyCame(Refused):
    """Say how many came, at least one."""


class SessionIsThere(Refused):
    """A session on this day for these people is recorded already."""


@transaction.atomic
def log_development(*, award: Award, actor: Any, now: datetime | None = None) -> Activity:
    """The placement among what one did; pressed twice it is one. Raises `NotTheirs`, `NotReportedYet`, `NotOver`."""
    now = now or timezone.now()
    held = own_award(award, actor)
    on = held.ends_on or timezone.localdate(now)
    if on > timezone.localdate(now):
        raise NotOver
    attendance = Attendance.objects.filter(award=held).first()
    hours = min(len(attendance.days) * HOURS_A_DAY, MOST_HOURS) if attendance else None
    return record_activity(
        actor=actor, person=actor.person, kind=Kind.PLACEMENT, what=held.application.title, on=on, hours=hours,
        place=held.host[:200], practice=learnt(held)[:4000], source=SOURCE, source_key=f"award:{held.pk}", now=now,
    )  # fmt: skip


def learnt(award: Award) -> str:
    """The texts of the report, each under its question."""
    report = PlacementReport.objects.get(award=award)
    questions = award.application.definition.report.questions
    told = [(one.label, report.answers.get(one.key)) for one in questions]
    return "\n\n".join(f"{label} {words.strip()}" for label, words in told if isinstance(words, str) and words.strip())


def _days_there(award: Award) -> int | None:
    """As the host confirmed when it was over."""
    attendance = Attendance.objects.filter(award=award).select_related("award").first()
    return len(attendance.days) if attendance and attendance.is_final else None


@transaction.atomic
def give_to_employer(
    *, award: Award, organisation: Organisation, actor: Any, action: Action | None = None, now: datetime | None = None
) -> PlacementRecord:
    """Copy what was reported to the employer, as a record that can be evidence; for an action at once, where one carries it.

    The copy is the employer's, and made once. Raises `NotTheirs`, `NotReportedYet`, `NotThere`, `NotAllowedThere`, and what `give_evidence` raises.
    """
    now = now or timezone.now()
    held = own_award(award, actor)
    application = held.application
    if membership_of(actor, organisation) is None:
        raise NotThere
    told: dict[str, Any] = {
        "person": actor.person, "name": application.name, "title": application.title, "host": held.host,
        "scheme": application.scheme.name, "starts_on": held.starts_on, "ends_on": held.ends_on, "words": learnt(held),
        "given_at": now, "days": _days_there(held),
    }  # fmt: skip
    with within(organisation, user=actor):
        record, is_new = PlacementRecord.objects.get_or_create(
            organisation=organisation, source_key=f"award:{held.pk}", defaults=told
        )
        if is_new:
            audit.record(actor=actor, verb="gave", thing=record, now=now)
        if action is not None:
            _serve(record, action, actor, now)
    note_event(application, "given_to_employer", actor=actor, now=now, words=organisation.name)
    return record


def _serve(record: PlacementRecord, action: Action, actor: Any, now: datetime) -> None:
    if action.organisation_id != record.organisation_id or not actor.has_perm("plans.give_update", action):
        raise NotAllowedThere
    piece = GivenPiece(record=(RECORD_KIND, record.pk), title=record.title, is_technician_voice=True)
    press = UUID(int=(record.pk << 64) + action.pk)
    give_evidence(
        actor=actor, action=action, piece=piece, given_by=actor.get_full_name(), person=actor.person, submission=press, now=now
    )  # fmt: skip


@transaction.atomic
def offer_story(
    *,
    award: Award,
    title: str,
    text: str,
    wish: str,
    consent_until: date,
    actor: Any,
    employers: Sequence[Organisation] = (),
    now: datetime | None = None,
) -> StoryOffer:
    """Offer it as a story: consent is to this text, named as one wishes, until a day. Offered again, the new text takes the place of the former.

    Whoever ran the scheme may make a story of it, and those of the technician's employers that they choose.
    Raises `NotTheirs`, `NotReportedYet`, `SayThat`, `ConsentEnds`, `NotThere`.
    """
    now = now or timezone.now()
    held = own_award(award, actor)
    if not title.strip() or not text.strip() or wish not in WISHES:
        raise SayThat
    today = timezone.localdate(now)
    if not today < consent_until <= today + LONGEST_CONSENT:
        raise ConsentEnds
    if any(membership_of(actor, one) is None for one in employers):
        raise NotThere
    story = StoryOffer.objects.filter(award=held).first() or StoryOffer(
        organisation_id=held.organisation_id, award=held
    )
    number = story.consents_to + 1 if story.pk else 1
    story.wish, story.consents_to, story.consent_until = wish, number, consent_until
    story.consented_at, story.withdrawn_at = now, None
    story.save()
    StoryText.objects.create(
        organisation_id=held.organisation_id, story=story, number=number, title=title.strip(), text=text.strip(), at=now
    )
    note_event(held.application, "story_offered", actor=actor, now=now, words=title.strip())
    audit.record(
        actor=actor,
        verb="offered as a story",
        thing=held,
        note=f"version {number}, {WISHES[wish]}, until {consent_until}",
        now=now,
    )
    tell_offered(told_of(held, story, title.strip(), text.strip()), [held.organisation, *employers], actor, now)
    return story


def told_of(award: Award, story: StoryOffer, title: str, text: str) -> OfferedText:
    """The text as it goes to whoever may make a story of it."""
    application = award.application
    return OfferedText(
        source_key=f"award:{award.pk}", name=application.name, email=application.email, title=title, text=text, host=award.host,
        wish=story.wish, version=story.consents_to, consent_until=story.consent_until,
    )  # fmt: skip


@transaction.atomic
def withdraw_story(*, award: Award, actor: Any, now: datetime | None = None) -> StoryOffer:
    """Take the consent back: the texts are removed for good. Raises `NotTheirs`, `NotNow`."""
    now = now or timezone.now()
    held = own_award(award, actor)
    story = StoryOffer.objects.select_for_update(of=("self",)).filter(award=held, withdrawn_at=None).first()
    if story is None:
        raise NotNow
    StoryText.objects.filter(story=story).delete()
    story.withdrawn_at = now
    story.save(update_fields=["withdrawn_at"])
    note_event(held.application, "story_withdrawn", actor=actor, now=now)
    audit.record(actor=actor, verb="took back the story of", thing=held, now=now)
    tell_taken_back(f"award:{held.pk}", actor, now)
    return story


@transaction.atomic
def record_session(
    *,
    award: Award,
    held_on: date,
    audience: str,
    people: int,
    actor: Any,
    words: str = "",
    submission: UUID | None = None,
    now: datetime | None = None,
) -> SharedSession:
    """A session was held. It counts as an activity of whoever held it. Raises `NotTheirs`, `DayToCome`, `NobodyCame`, `SessionIsThere`, `NotNow`."""
    now = now or timezone.now()
    held = own_award(award, actor, told=False)
    if held.application.state not in (ApplicationState.AGREED, *TOLD):
        raise NotNow
    if held_on > timezone.localdate(now):
        raise DayToCome
    if people < 1:
        raise NobodyCame
    if submission and (sent := SharedSession.objects.filter(award=held, submission=submission).first()):
        return sent
    try:
        with transaction.atomic():
            session = SharedSession.objects.create(
                organisation_id=held.organisation_id, award=held, held_on=held_on, audience=audience.strip(), people=people,
                words=words.strip(), recorded_at=now, submission=submission,
            )  # fmt: skip
    except IntegrityError:
        raise SessionIsThere from None
    note_event(held.application, "session_held", actor=actor, now=now, words=f"{people}, {audience.strip()}")
    audit.record(actor=actor, verb="recorded a session after", thing=held, now=now)
    record_activity(
        actor=actor, person=actor.person, kind=Kind.TEACHING, what=f"Session after a {held.application.definition.noun}: {held.application.title}"[:300],
        on=held_on, with_whom=f"{audience.strip()} ({people})"[:300], source=SOURCE, source_key=f"session:{session.pk}", now=now,
    )  # fmt: skip
    return session


def own_award(award: Award, actor: Any, *, told: bool = True) -> Award:
    held = locked(award)
    if actor.person_id is None or held.application.applicant_id != actor.person_id:
        raise NotTheirs
    if told and held.application.state not in TOLD:
        raise NotReportedYet
    return held
