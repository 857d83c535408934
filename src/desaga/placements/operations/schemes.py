"""Schemes, their versions, rounds and money."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from pydantic import ValidationError

from desaga.audit import operations as audit
from desaga.organisations.models import Organisation
from desaga.organisations.operations.rows import add_row, change_row, locked
from desaga.organisations.refusals import Refused

from ..dating import Days
from ..defining import Definition
from ..models import Budget, Round, Scheme, SchemeVersion
from ..queries.schemes import next_round, version_in_force, version_written
from ..shipped import shipped
from ..states import PLANS_PANELS, SCHEME_STEPS, RoundState
from .binding import bind_waiting, tell_moved, undecided_of, write_of_panel
from .ending import tell_drafts
from .gate import note_event


class SchemeExists(Refused):
    """There is a scheme with this address or this code already. Choose another."""


class AddressStays(Refused):
    """The address stays since its page has opened: links to it stand in e-mails."""


class CannotWork(Refused):
    """What was written cannot work."""


class NothingWritten(Refused):
    """No new version is being written."""


class NotReady(Refused):
    """A scheme opens when a version of it is in force and a panel is planned."""


class RoundIsOver(Refused):
    """The outcomes of this panel are told; its dates stay as they are."""


class LeadersStay(Refused):
    """Who chairs a round, and who stands in for the chair, is chosen on the panel's page."""


class RoundOnThatDay(Refused):
    """A panel of this scheme meets on that day already."""


class NotFromHere(Refused):
    """That cannot be done with this scheme now. Look at the page again."""


class PlansNoMore(Refused):
    """This scheme plans no more panels, since it is winding down or closed. Open it again to plan one."""


class AfterTheEnd(Refused):
    """A panel meets while the scheme is funded."""


class YearsOverlap(Refused):
    """There is money for some of these days already. Change the dates, or that year."""


@transaction.atomic
def start_scheme(
    *, actor: Any, organisation: Organisation, begins_with: str, now: datetime | None = None, **fields: Any
) -> Scheme:
    """A new scheme, with a first version to be looked at, made of one that is shipped. Raises `SchemeExists`."""
    begin = shipped(begins_with)
    try:
        with transaction.atomic():
            scheme = add_row(Scheme, actor=actor, organisation=organisation, **fields)
    except IntegrityError:
        raise SchemeExists from None
    SchemeVersion.objects.create(
        organisation=organisation, scheme=scheme, number=1, data=begin.definition.as_data(), made_by=actor, made_at=now or timezone.now()
    )  # fmt: skip
    return scheme


@transaction.atomic
def edit_scheme(*, actor: Any, scheme: Scheme, **fields: Any) -> Scheme:
    """Change what a scheme is called, whom one asks, how long there is money, how it ends. Raises `SchemeExists`, `AddressStays`."""
    if scheme.published_at is not None and fields.get("slug", scheme.slug) != scheme.slug:
        raise AddressStays
    try:
        with transaction.atomic():
            return change_row(scheme, actor=actor, fields=fields)
    except IntegrityError:
        raise SchemeExists from None


@transaction.atomic
def write_version(
    *, actor: Any, scheme: Scheme, data: dict[str, Any], note: str = "", now: datetime | None = None
) -> SchemeVersion:
    """Write what is to be in force next; kept with what came before. `data` is a whole definition. Raises `CannotWork`."""
    locked(scheme)
    data = checked(data).as_data()
    written = version_written(scheme)
    if written is None:
        last = SchemeVersion.objects.filter(scheme=scheme).order_by("-number").first()
        written = SchemeVersion(
            organisation=scheme.organisation, scheme=scheme, number=last.number + 1 if last else 1, made_at=now or timezone.now()
        )  # fmt: skip
    written.data, written.note, written.made_by = data, note, actor
    written.save()
    audit.record(actor=actor, verb="wrote", thing=scheme, note=str(written), now=now)
    return written


def checked(data: dict[str, Any]) -> Definition:
    """Raises `CannotWork` with what is wrong, in words."""
    try:
        return Definition.model_validate(data)
    except ValidationError as wrong:
        raise CannotWork(" ".join(_words(error) for error in wrong.errors()[:3])) from None


def _words(error: Any) -> str:
    where = " › ".join(str(part) for part in error["loc"])
    words = str(error["msg"]).removeprefix("Value error, ")
    return f"{where}: {words}." if where and not words.endswith(".") else words


@transaction.atomic
def put_in_force(*, actor: Any, scheme: Scheme, now: datetime | None = None) -> SchemeVersion:
    """From now on whoever begins answers this version; who has begun goes on by theirs. Raises `NothingWritten`, `CannotWork`."""
    now = now or timezone.now()
    locked(scheme)
    written = version_written(scheme)
    if written is None:
        raise NothingWritten
    checked(written.data)
    written.in_force_at = now
    written.save(update_fields=["in_force_at"])
    audit.record(actor=actor, verb="put in force", thing=scheme, note=str(written), now=now)
    return written


@transaction.atomic
def open_scheme(*, actor: Any, scheme: Scheme, now: datetime | None = None) -> Scheme:
    """Open its page and take applications, for the first time or again. Raises `NotReady`."""
    now = now or timezone.now()
    held = locked(scheme)
    if version_in_force(held) is None or next_round(held, timezone.localdate(now)) is None:
        raise NotReady
    return _step(held, "open", actor=actor, published_at=held.published_at or now)


@transaction.atomic
def wind_down(*, actor: Any, scheme: Scheme) -> Scheme:
    """Take applications for the panels that are planned, and plan no more; whoever has begun is told. Raises `NotFromHere`."""
    held = _step(scheme, "wind_down", actor=actor)
    tell_drafts(held, "wind_down")
    return held


@transaction.atomic
def close_scheme(*, actor: Any, scheme: Scheme) -> Scheme:
    """Take no more applications; what was awarded goes on. Its page stays, and says who follows; whoever has begun is told. Raises `NotFromHere`."""
    held = _step(scheme, "close", actor=actor)
    tell_drafts(held, "close")
    return held


def _step(scheme: Scheme, deed: str, *, actor: Any, **fields: Any) -> Scheme:
    """The one way from state to state of a scheme. Raises `NotFromHere`."""
    step = SCHEME_STEPS[deed]
    if locked(scheme).state not in step.sources:
        raise NotFromHere
    return change_row(scheme, actor=actor, verb=step.verb, fields={"state": step.target, **fields})


@transaction.atomic
def plan_round(
    *, actor: Any, scheme: Scheme, name: str, cut_off_on: date, meets_on: date, answers_by: date, **fields: Any
) -> Round:
    """A panel to come; what waited for one is heard there. Raises `RoundOnThatDay`, `PlansNoMore`, `AfterTheEnd`."""
    held = locked(scheme)
    if held.state not in PLANS_PANELS:
        raise PlansNoMore
    refuse_after_end(held, meets_on)
    dates: dict[str, Any] = {"cut_off_on": cut_off_on, "meets_on": meets_on, "answers_by": answers_by}
    try:
        with transaction.atomic():
            round_: Round = add_row(
                Round, actor=actor, organisation=scheme.organisation, scheme=scheme, name=name, **dates, **fields
            )
    except IntegrityError:
        raise RoundOnThatDay from None
    bind_waiting(scheme, actor=actor, now=timezone.now())
    return round_


def refuse_after_end(scheme: Scheme, meets_on: date) -> None:
    """Raises `AfterTheEnd`."""
    if meets_on > scheme.ends_on:
        raise AfterTheEnd(
            f"{scheme.name} is funded until {scheme.ends_on:%-d %B %Y}: its panels meet by then. If it goes on longer, change that day first."
        )


@transaction.atomic
def plan_rounds(*, actor: Any, scheme: Scheme, days: Sequence[Days]) -> list[Round]:
    """Several panels at once; on days on which one meets already none is added. Raises `PlansNoMore`, `AfterTheEnd`."""
    known = set(Round.objects.filter(scheme=scheme).values_list("meets_on", flat=True))
    return [
        plan_round(actor=actor, scheme=scheme, name=f"Panel of {one.meets_on:%B %Y}", **one._asdict())
        for one in days
        if one.meets_on not in known
    ]


@transaction.atomic
def edit_round(*, actor: Any, round_: Round, **fields: Any) -> Round:
    """Change its dates; its applicants are told of them. Who leads it is changed by `members.name_leaders` alone. Raises `RoundIsOver`, `RoundOnThatDay`, `AfterTheEnd`."""
    now = timezone.now()
    held = locked(round_)
    if any(name in fields and fields[name] != getattr(held, name) for name in ("chair", "administrator")):
        raise LeadersStay
    if held.state in (RoundState.RELEASED, RoundState.CALLED_OFF):
        raise RoundIsOver
    if fields.get("meets_on", held.meets_on) != held.meets_on:
        refuse_after_end(held.scheme, fields["meets_on"])
    moves = any(name in fields and fields[name] != getattr(held, name) for name in ("meets_on", "answers_by"))
    try:
        with transaction.atomic():
            changed: Round = change_row(round_, actor=actor, fields=fields)
    except IntegrityError:
        raise RoundOnThatDay from None
    if moves:
        tell_moved(changed, actor=actor, now=now)
    bind_waiting(changed.scheme, actor=actor, now=now)
    return changed


@transaction.atomic
def call_off_round(*, actor: Any, round_: Round, now: datetime | None = None) -> Round:
    """No panel meets then: what was to be heard there is heard at the next one, and its applicants are told. Raises `RoundIsOver`."""
    now = now or timezone.now()
    held = locked(round_)
    if held.state in (RoundState.RELEASED, RoundState.CALLED_OFF):
        raise RoundIsOver
    change_row(held, actor=actor, verb="called off", fields={"state": RoundState.CALLED_OFF})
    later = next_round(held.scheme, timezone.localdate(now))
    for application in undecided_of(held).select_for_update(of=("self",)):
        application.round = later
        application.save(update_fields=["round"])
        note_event(application, "panel_called_off", actor=actor, now=now, words=str(later or ""))
        write_of_panel(application, "called_off")
    return held


@transaction.atomic
def set_budget(
    *,
    actor: Any,
    scheme: Scheme,
    name: str,
    starts_on: date,
    ends_on: date,
    amount: Decimal,
    budget: Budget | None = None,
) -> Budget:
    """The money of a year: a new one, or `budget` changed. Raises `YearsOverlap`: each panel's awards are of one year's money."""
    locked(scheme)
    others = Budget.objects.filter(scheme=scheme, starts_on__lte=ends_on, ends_on__gte=starts_on)
    if any(one != budget for one in others):
        raise YearsOverlap
    fields: dict[str, Any] = {"name": name, "starts_on": starts_on, "ends_on": ends_on, "amount": amount}
    if budget:
        return change_row(budget, actor=actor, fields=fields)
    return add_row(Budget, actor=actor, organisation=scheme.organisation, scheme=scheme, **fields)
