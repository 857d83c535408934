"""What whoever is asked says: by the link, or by phone to somebody of the scheme who writes it down."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal

from django.db import transaction
from django.utils import timezone

from desaga.evidence.checking import CheckedFile
from desaga.organisations.operations.rows import locked
from desaga.organisations.refusals import Refused

from ..answering import PEOPLE, parts
from ..approving import CONCERNS, DECIDED, MOST_HANDS, PAST, AskingState, Asks, is_one_of, same_house, same_mailbox
from ..defining import Section
from ..models import Application, Asking, AskingKey, AskingLetter
from ..queries.asking import addresses_of, answered_another, going, is_known_address
from ..states import ApplicationState
from ..written import is_shown
from .asking import SameAddress, ask, end_askings, instead_of, receive_if_all_agree, refuse_whoever_cannot
from .asking_mails import post, tell_applicant
from .conflicts import note_staff_conflicts
from .gate import goes_back, move
from .standing import refuse_conflict
from .standing_deputies import stand_in
from .stepping import step

Verdict = Literal["approve", "approve_if", "refuse", "want_changes"]


class LinkIsOver(Refused):
    """This link opens no more. Use the one of the latest e-mail, or answer that e-mail."""


class AnsweredAlready(Refused):
    """An answer was given already, and it stands."""


class NothingAsked(Refused):
    """Nothing is asked of you any more: the application was taken back, or somebody else answers."""


class OwnApplication(Refused):
    """You are signed in as whoever applies. Somebody else must answer: sign out, and let the one who was asked open the link."""


class AnsweredForAnother(Refused):
    """From this account another answer about this application was given. Each answer must come from somebody else."""


class LetterWanted(Refused):
    """Write the letter, or choose the file in which it is."""


class WhichParts(Refused):
    """Choose at least one part that is to be changed."""


class NotAtThatAddress(Refused):
    """By this link Desaga writes only to addresses of your own organisation, or to those that it knows. Use “Somebody else is to be asked”, and the applicant decides."""


@dataclass(frozen=True)
class Said:
    """An answer. `fields` are those of an asking: working days, cover, cost, place, supervisor, needs, letter. `parts` are to be changed first."""

    verdict: Verdict
    name: str
    words: str = ""
    waits: bool = False
    fields: Mapping[str, Any] = field(default_factory=dict)
    file: CheckedFile | None = None
    parts: tuple[str, ...] = ()


def held_open(asking: Asking, link: AskingKey | None, *, user: Any, now: datetime) -> Asking:
    """The asking as it is now, held with its application, so that it is ended either before or after what is done through it.

    Raises `LinkIsOver`, `AnsweredAlready`, `NothingAsked`, `OwnApplication`, `AnsweredForAnother`.
    """
    application = locked(asking.application)
    held = locked(asking)
    if link and not AskingKey.objects.filter(pk=link.pk, asking=held, expires_at__gt=now).exists():
        raise LinkIsOver
    if held.state in DECIDED:
        raise AnsweredAlready
    if held.state in PAST or application.state != ApplicationState.WITH_APPROVERS:
        raise NothingAsked
    if link:
        refuse_own(held, user)
    held.application = application
    return held


def refuse_own(asking: Asking, user: Any) -> None:
    """An account answers nothing of its own application, and once only about another's. Raises `OwnApplication`, `AnsweredForAnother`."""
    if user is None:
        return
    refuse_applicant(asking.application, user)
    if answered_another(asking, user):
        raise AnsweredForAnother


def refuse_applicant(application: Application, user: Any) -> None:
    """Raises `OwnApplication` where the account is the applicant's, by its person or by its address."""
    is_applicant = user.person_id is not None and user.person_id == application.applicant_id
    if is_applicant or is_one_of(user.email, addresses_of(application)):
        raise OwnApplication


def opened(held: Asking, *, now: datetime) -> Asking:
    return step(held, "open", now=now) if held.state in (AskingState.ASKED, AskingState.BOUNCED) else held


@transaction.atomic
def note_opened(*, asking: Asking, link: AskingKey, user: Any = None, now: datetime | None = None) -> None:
    """Somebody does something on the page behind the link: it was not a program that looks at mail. Raises as `held_open`."""
    now = now or timezone.now()
    opened(held_open(asking, link, user=user, now=now), now=now)


@transaction.atomic
def answer(
    *, asking: Asking, said: Said, link: AskingKey | None = None, user: Any = None, now: datetime | None = None
) -> Asking:
    """Say yes, yes on a condition, no, or what is to be changed first, through a link; the last yes sends the application on, the latter two give it back.

    Raises `LetterWanted`, `WhichParts`, and what `held_open` raises.
    """
    now = now or timezone.now()
    held = opened(held_open(asking, link, user=user, now=now), now=now)
    acts_for = held.name if link and link.for_deputy else ""
    return _decide(held, said, acting_for=acts_for, answered_as=user, actor=user, now=now)


@transaction.atomic
def enter_answer(*, actor: Any, asking: Asking, said: Said, now: datetime | None = None) -> Asking:
    """Write down what somebody said by phone; both names stand with it. Nobody does it for their own application, nor with something in their way.

    Raises `NotYoursToDecide`, and as `answer`.
    """
    now = now or timezone.now()
    held = held_open(asking, None, user=None, now=now)
    refuse_applicant(held.application, actor)
    note_staff_conflicts(application=held.application, also=actor.person_id, now=now)
    refuse_conflict(held.application, actor)
    return _decide(held, said, acting_for="", entered_by=actor, actor=actor, now=now)


def _decide(held: Asking, said: Said, *, acting_for: str, actor: Any, now: datetime, **who: Any) -> Asking:
    says_yes = said.verdict in ("approve", "approve_if")
    if says_yes and held.asks == Asks.LETTER and not (said.file or said.fields.get("letter")):
        raise LetterWanted
    titles = {one.key: one.title for one in may_be_changed(held) if one.key in said.parts}
    if said.verdict == "want_changes" and not titles:
        raise WhichParts
    by: dict[str, dict[str, Any]] = {
        "approve_if": {"condition": said.words, "waits": said.waits},
        "refuse": {"reason": said.words},
        "want_changes": {"reason": said.words, "change_parts": list(titles)},
    }
    fields = {**said.fields, **by.get(said.verdict, {}), **who}
    held = step(
        held,
        said.verdict,
        actor=actor,
        now=now,
        words=": ".join(filter(None, (", ".join(titles.values()), said.words))),
        decided_at=now,
        answered_by=said.name,
        acting_for=acting_for,
        **fields,
    )
    if said.file:
        keep_letter(held, said.file, now)
    if not says_yes:
        give_back(held, actor=actor, now=now)
    elif not receive_if_all_agree(held.application, actor=actor, now=now):
        tell_applicant(held, said.verdict)
    else:
        tell_applicant(held, "all_agree")
    return held


def keep_letter(asking: Asking, file: CheckedFile, now: datetime) -> None:
    AskingLetter.objects.create(
        organisation_id=asking.organisation_id,
        asking=asking,
        file_name=file.name,
        media_type=file.media_type,
        content=file.content,
        scan=file.scan,
        given_at=now,
    )


def give_back(asking: Asking, *, actor: Any, now: datetime) -> None:
    """Somebody said no, or what is to be changed first: the applicant may change it again, and nobody else is asked any more."""
    held, named = asking.application, list(asking.change_parts)
    more: dict[str, Any] = {}
    if held.received_at is not None:
        more["open_sections"] = _to_mend(asking)
    elif named:
        left = [one for one in held.done_sections if one not in named]
        more |= {"open_sections": named, "done_sections": left}
    deed = goes_back(held, "send_back" if named else "refuse")
    words = ": ".join(filter(None, (titles_of(asking), asking.reason)))
    application = move(held, deed, actor=actor, now=now, words=words, who=asking.answered_by, **more)
    end_askings(application, actor=actor, now=now, why="changed")
    tell_applicant(asking, "want_changes" if named else "refuse", titles=titles_of(asking))


def titles_of(asking: Asking) -> str:
    """The parts that are to be changed first, by name."""
    named = asking.change_parts
    return ", ".join(one.title for one in parts(asking.application.definition) if one.key in named)


def may_be_changed(asking: Asking) -> list[Section]:
    """The parts that whoever is asked can name: those of which they read something."""
    definition = asking.application.definition
    return [one for one in definition.sections if any(is_shown(question, asking.asks) for question in one.questions)]


def _to_mend(asking: Asking) -> list[str]:
    """The parts that were open, those with what was refused or is to be changed, and whom to ask."""
    definition = asking.application.definition
    concerned = {one.key for key in CONCERNS[asking.asks] if (one := definition.section_of(key))}
    wanted = {*asking.application.open_sections, *(asking.change_parts or concerned), PEOPLE}
    return [one.key for one in parts(definition) if one.key in wanted]


# ---- Not me


@transaction.atomic
def pass_on(
    *, asking: Asking, name: str, email: str, link: AskingKey, user: Any = None, now: datetime | None = None
) -> Asking:
    """“Not me, ask …”: at once where the address is of the same house or known; else it waits for the applicant.

    A link in a mail must not make Desaga write to strangers. Raises `SameAddress`, `asking.CannotBeAsked`, and what `held_open` raises.
    """
    now = now or timezone.now()
    held = opened(held_open(asking, link, user=user, now=now), now=now)
    refuse_address(held, email)
    held = step(held, "replace", actor=user, now=now, words=f"{name}, {email}")
    new = instead_of(held, name=name, email=email, named_email=held.named_email, now=now, hands=held.hands + 1)
    if new.hands <= MOST_HANDS and may_write_to(email, held):
        new = ask(new, actor=user, now=now, note=f"{held.name} says that you are the one to ask.")
        tell_applicant(new, "passed_on", former=held)
    else:
        tell_applicant(new, "named", former=held)
    return new


@transaction.atomic
def leave_deputy(
    *,
    asking: Asking,
    name: str,
    email: str,
    until: date,
    link: AskingKey,
    also_later: bool = False,
    user: Any = None,
    now: datetime | None = None,
) -> Asking:
    """Another answers from now on until a day, the last included; who was asked may still answer. With `also_later` whatever they are asked until then too:
    only whoever was asked can leave one so, no deputy of theirs.

    Raises `NotAtThatAddress`, `SameAddress`, `asking.CannotBeAsked`, and what `held_open` raises.
    """
    now = now or timezone.now()
    held = opened(held_open(asking, link, user=user, now=now), now=now)
    refuse_address(held, email)
    if not may_write_to(email, held):
        raise NotAtThatAddress
    told = {"deputy_name": name, "deputy_email": email, "deputy_until": until, "mailed_at": now}
    held = step(held, "leave_deputy", actor=user, now=now, words=f"{name}, until {until:%-d %B %Y}", **told)
    if also_later and not link.for_deputy:
        stand_in(held, name=name, email=email, until=until, now=now)
    post(held, f"ask_{held.asks}", now=now, note=f"{held.name} has asked you to answer for them.")
    tell_applicant(held, "deputy")
    return held


def refuse_address(asking: Asking, email: str) -> None:
    """Neither the one asked, nor the applicant, nor whoever else is asked. Raises `SameAddress`, `asking.CannotBeAsked`."""
    if same_mailbox(email, asking.email):
        raise SameAddress
    others = {one.key: one.email for one in going(asking.application) if one.key != asking.key}
    refuse_whoever_cannot(asking.application, {**others, asking.key: email})


def may_write_to(email: str, asking: Asking) -> bool:
    """Of the house of the address that the applicant named, or one that the organisation deals with."""
    return same_house(email, asking.named_email) or is_known_address(email)
