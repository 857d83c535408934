"""Reads of schemes, their panels and their money, in the organisation in scope."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import Case, Count, DecimalField, Exists, F, Max, OuterRef, Q, QuerySet, Subquery, Sum, When
from django.db.models.functions import Coalesce
from django.shortcuts import get_object_or_404
from django.utils import timezone

from ..dating import sitting_for
from ..defining import ConflictKind, Definition, Nouns
from ..models import Application, Budget, Round, Scheme, SchemeVersion
from ..states import AWARDED, CAME_IN, ENDED, UNDECIDED, ApplicationState, RoundState, SchemeState


def schemes() -> QuerySet[Scheme]:
    return Scheme.objects.all()


def schemes_told(applications: QuerySet[Application]) -> QuerySet[Scheme]:
    """Each with the day of its next panel and how many of these applications came in: those that whoever looks may read."""
    planned = Round.objects.filter(
        scheme=OuterRef("pk"), state=RoundState.PLANNED, cut_off_on__gte=timezone.localdate()
    )
    came_in = applications.filter(scheme=OuterRef("pk"), state__in=CAME_IN).order_by().values("scheme")
    return schemes().annotate(
        next_panel_on=Subquery(planned.order_by("meets_on").values("meets_on")[:1]),
        came_in=Coalesce(Subquery(came_in.annotate(number=Count("pk")).values("number")), 0),
    )


def scheme_or_404(slug: str) -> Scheme:
    """A scheme of the organisation in scope."""
    return get_object_or_404(Scheme.objects.select_related("organisation", "successor"), slug=slug)


def open_scheme_or_404(slug: str) -> Scheme:
    """One of the organisation in scope whose page is open to the public."""
    rows = Scheme.objects.select_related("organisation", "successor").filter(published_at__lte=timezone.now())
    return get_object_or_404(rows, slug=slug)


def every_open_scheme() -> QuerySet[Scheme]:
    """What anybody may read: the schemes whose page is open, of every organisation. Asked as nobody; row-level security shows no others."""
    rows = Scheme._base_manager.filter(published_at__lte=timezone.now())
    return rows.select_related("organisation", "successor").order_by("name", "pk")


def open_schemes(owner: str | OuterRef) -> QuerySet[Scheme]:
    """Those of one organisation."""
    return every_open_scheme().filter(organisation__slug=owner)


def version_in_force(scheme: Scheme) -> SchemeVersion | None:
    """What holds for whoever begins now."""
    return SchemeVersion._base_manager.filter(scheme=scheme).exclude(in_force_at=None).order_by("-number").first()


def definition_of_version(pk: int) -> Definition:
    return SchemeVersion.objects.get(pk=pk).definition


def conflict_kinds_of(versions: Collection[int]) -> dict[int, tuple[ConflictKind, ...]]:
    """Version to the kinds of conflict that one declares by it."""
    return {pk: one.definition.conflict_kinds for pk, one in SchemeVersion.objects.in_bulk(versions).items()}


def nouns_of(scheme: Scheme) -> Nouns:
    """What the version in force calls an award and a host: one small query, as anybody may ask it."""
    rows = SchemeVersion._base_manager.filter(scheme=scheme).exclude(in_force_at=None).order_by("-number")
    told = rows.values_list(*(f"data__{one}" for one in Nouns._fields)).first() or ()
    return Nouns(*(said or usual for said, usual in zip(told, Nouns(), strict=False)))


def version_written(scheme: Scheme) -> SchemeVersion | None:
    """What is being written, and not yet in force."""
    return SchemeVersion.objects.filter(scheme=scheme, in_force_at=None).first()


def versions_of(scheme: Scheme) -> QuerySet[SchemeVersion]:
    """All of them, the newest first, without what they say."""
    return SchemeVersion.objects.filter(scheme=scheme).defer("data").select_related("made_by__person")


def version_or_404(scheme: Scheme, number: int) -> SchemeVersion:
    """One version of a scheme, in force, past or being written."""
    return get_object_or_404(SchemeVersion.objects.select_related("made_by__person"), scheme=scheme, number=number)


def budgets_of(scheme: Scheme) -> QuerySet[Budget]:
    return Budget.objects.filter(scheme=scheme)


def rounds_of(scheme: Scheme) -> QuerySet[Round]:
    return Round._base_manager.filter(scheme=scheme).exclude(state=RoundState.CALLED_OFF)


def next_round(scheme: Scheme, day: date | None = None) -> Round | None:
    """Who is complete on that day is heard there: the next panel that is still planned and whose cut-off is not past."""
    found = sitting_for(rounds_of(scheme).filter(state=RoundState.PLANNED), day or timezone.localdate())
    if found:
        found.scheme = scheme
    return found


def round_to_hear(application: Application, day: date) -> Round | None:
    """Where an application that is complete on that day is heard: by the panel it is bound to, unless that sits already or has told its outcomes; else by the next."""
    bound = application.round
    return bound if bound and bound.state == RoundState.PLANNED else next_round(application.scheme, day)


def rounds_to_come(scheme: Scheme) -> QuerySet[Round]:
    """Those that are planned, in order of their days."""
    return rounds_of(scheme).filter(state=RoundState.PLANNED).order_by("meets_on")


def is_last(round_: Round | None) -> bool:
    """Whether a scheme that winds down plans no later panel."""
    if round_ is None or round_.scheme.state != SchemeState.WINDING_DOWN:
        return False
    return not rounds_to_come(round_.scheme).filter(meets_on__gt=round_.meets_on).exists()


def drafts_of(scheme: Scheme) -> QuerySet[Application]:
    """What people have begun and not sent: to write to them, never to be shown."""
    rows = Application.objects.filter(scheme=scheme, state=ApplicationState.DRAFT, received_at=None)
    return rows.select_related("organisation").order_by("pk")


def copies_into(scheme: Scheme, day: date | None = None) -> Scheme | None:
    """Where a copy of an application to this scheme begins: there, or in what follows it; nowhere if neither takes any."""
    follower = scheme.successor
    found = [scheme, follower] if follower and follower.is_published else [scheme]
    return next((one for one in found if takes_applications(one, day)), None)


def to_close() -> QuerySet[Scheme]:
    """Those that wind down and whose last panel has told its outcomes, or was called off; `told_at` is None where none told any."""
    going = Round.objects.filter(scheme=OuterRef("pk"), state__in=(RoundState.PLANNED, RoundState.SITTING))
    rows = schemes().filter(~Exists(going), state=SchemeState.WINDING_DOWN)
    return rows.annotate(told_at=Max("rounds__released_at"))


#: So long before its money ends it is proposed to wind a scheme down, and no further panel is asked for.
WIND_DOWN_SOON = timedelta(days=90)


def to_wind_down(day: date) -> QuerySet[Scheme]:
    """Those that are open although their money has ended on that day, or soon will."""
    return schemes().filter(state=SchemeState.OPEN, ends_on__lte=day + WIND_DOWN_SOON).order_by("ends_on", "pk")


def without_next_panel() -> QuerySet[Scheme]:
    """Those that are open although nobody who applies now is heard by any panel that is planned. Not those that are `to_wind_down`."""
    lasting = timezone.localdate() + WIND_DOWN_SOON
    coming = Round.objects.filter(scheme=OuterRef("pk"), state=RoundState.PLANNED, cut_off_on__gte=timezone.localdate())
    return schemes().filter(~Exists(coming), state=SchemeState.OPEN, ends_on__gt=lasting)


def panels_without_money(scheme: Scheme | None = None) -> QuerySet[Round]:
    """Panels to come that meet outside every year for which there is money; of one scheme, or of all."""
    money = Budget.objects.filter(
        scheme=OuterRef("scheme"), starts_on__lte=OuterRef("meets_on"), ends_on__gte=OuterRef("meets_on")
    )
    rows = Round.objects.filter(~Exists(money), state=RoundState.PLANNED).select_related("scheme")
    return (rows.filter(scheme=scheme) if scheme else rows).order_by("meets_on")


def outside(readable: QuerySet[Application], scheme: Scheme, starts_on: date, ends_on: date) -> int:
    """How many of these that came in, and may still go on, would lie outside other days of a scheme."""
    going = [one for one in CAME_IN if one not in ENDED]
    rows = readable.filter(scheme=scheme, state__in=going)
    return rows.filter(Q(starts_on__lt=starts_on) | Q(ends_on__gt=ends_on)).count()


def to_evaluate(day: date) -> QuerySet[Scheme]:
    """Those whose evaluation is due by a day, and not there."""
    return schemes().filter(evaluation_due_on__lte=day, evaluation_url="")


def without_panel(scheme: Scheme) -> QuerySet[Application]:
    """What came in and no panel is to hear: none was planned then."""
    return Application.objects.filter(scheme=scheme, round=None, state__in=UNDECIDED)


def told_if_moved(readable: QuerySet[Application], round_: Round) -> int:
    """Of how many of these the applicant hears if a panel moves or is called off."""
    return readable.filter(round=round_, state__in=UNDECIDED).count()


def takes_applications(scheme: Scheme, day: date | None = None) -> bool:
    """Whether somebody may begin now: the scheme is open, or winding down with a panel to come, and a version is in force."""
    day = day or timezone.localdate()
    if scheme.state not in (SchemeState.OPEN, SchemeState.WINDING_DOWN) or version_in_force(scheme) is None:
        return False
    return scheme.state == SchemeState.OPEN and day <= scheme.ends_on or next_round(scheme, day) is not None


# ---- Money


Sums = dict[str, Decimal]


def money_of(budget: Budget) -> Sums:
    """Asked for, committed, spent and left of one year's money, in pounds; by the day of the panel that hears it.

    Spent is what was paid; committed what was awarded and is not paid yet. What a finished placement did not claim is free again; of one that was
    called off what was paid stays spent, and of both what was approved and is still to be paid committed.
    """
    return _of_year(budget, _sums_by_day(budget.scheme_id))


def money_by_year(scheme: Scheme, readable: QuerySet[Application] | None = None) -> list[tuple[Budget, Sums]]:
    """Each year's money with its sums: two queries, however many years there are. What is asked for counts the readable ones alone, where they are given,
    so that no sum tells of an application that is hidden from whoever looks; what was awarded and paid counts all, since what is left follows from it.
    """
    days = _sums_by_day(scheme.pk, readable)
    return [(budget, _of_year(budget, days)) for budget in budgets_of(scheme)]


def still_to_pay() -> Case:
    """Of an application's award what is committed and not paid: while it goes on all that was awarded; once it is finished or called off what was
    approved. The one rule, for a scheme's page and for the report of a year.
    """
    awarded = Coalesce(F("award__promised"), F("award__amount"), F("asked"), NOTHING)
    approved = Coalesce(F("award__approved"), NOTHING)
    over = (ApplicationState.CALLED_OFF, ApplicationState.CLOSED)
    return Case(
        When(state__in=[one for one in AWARDED if one not in over], then=awarded - PAID),
        When(state__in=over, then=approved - PAID),
        default=NOTHING,
        output_field=DecimalField(),
    )


NOTHING = Decimal(0)
PAID = Coalesce(F("award__paid"), NOTHING)


def _sums_by_day(scheme_id: int, readable: QuerySet[Application] | None = None) -> dict[date, Sums]:
    """Day on which a panel meets to what is asked of it, committed and spent."""
    seen = Q() if readable is None else Q(pk__in=readable.order_by().values("pk"))
    rows = Application.objects.filter(scheme=scheme_id, round__isnull=False).order_by().values_list("round__meets_on")
    told = rows.annotate(
        undecided=Sum(F("asked") + F("asked_apart"), filter=Q(state__in=UNDECIDED) & seen),
        committed=Sum(still_to_pay()),
        spent=Sum(PAID),
    )
    return {day: dict(zip(SUMMED, (one or NOTHING for one in sums), strict=True)) for day, *sums in told}


SUMMED = ("asked", "committed", "spent")


def _of_year(budget: Budget, days: Mapping[date, Sums]) -> Sums:
    here = [sums for day, sums in days.items() if budget.starts_on <= day <= budget.ends_on]
    told = {name: sum((sums[name] for sums in here), Decimal(0)) for name in SUMMED}
    return {"amount": budget.amount, **told, "left": budget.amount - told["spent"] - told["committed"]}
