"""What is counted of the schemes in scope, of one calendar year until a day: for indicators. Nine queries, however many schemes there are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.db.models import CharField, Q
from django.db.models.functions import Cast, Coalesce

from ..awarding import Answered
from ..models import Application, Attendance, Award, Payment, PlacementReport, Repayment, Scheme, SharedSession
from ..states import CAME_IN, ApplicationState
from .hosts import as_counted, one_name_each


@dataclass(slots=True)
class Counted:
    """One figure: what it adds up to, whose it is, and how many it is a share of."""

    value: Decimal = Decimal(0)
    of: int = 0
    people: set[str] = field(default_factory=set)
    names: set[str] = field(default_factory=set)

    def add(self, value: Decimal | int, person: str | None) -> None:
        self.value += value
        self.of += 1
        if person is not None:
            self.people.add(person)


def _whose(way: str = "") -> Coalesce:
    """Whose an application is; of one that was stripped, the mark that those of one person and year have in common."""
    text = CharField()
    return Coalesce(Cast(f"{way}applicant", text), Cast(f"{way}mark", text), output_field=text)


#: By key of the figure, then by scheme.
Figures = Mapping[str, Mapping[int, Counted]]


def figures_of_year(today: date) -> Figures:
    """All that is counted, from the first of January to a day."""
    year = (date(today.year, 1, 1), today)
    found: dict[str, dict[int, Counted]] = defaultdict(lambda: defaultdict(Counted))
    _applications(found, year)
    _awards(found, year)
    _payments(found, year)
    _reports(found, year)
    _days(found, year)
    _sessions(found, year)
    return found


def scheme_names() -> dict[int, str]:
    return dict(Scheme.objects.values_list("pk", "name"))


Year = tuple[date, date]
Found = dict[str, dict[int, Counted]]


def _applications(found: Found, year: Year) -> None:
    came_in = Q(state__in=CAME_IN) | Q(state=ApplicationState.WITHDRAWN, received_at__isnull=False)
    rows = Application.objects.filter(came_in, received_at__date__range=year)
    for scheme, person in rows.order_by().values_list("scheme", _whose()):
        found["applications"][scheme].add(1, person)


def _awards(found: Found, year: Year) -> None:
    rows = Award.objects.filter(offered_at__date__range=year).exclude(
        answered__in=(Answered.TURNED_DOWN, Answered.LAPSED)
    )
    values = rows.order_by().values_list("application__scheme", _whose("application__"), "amount", "host")
    names = one_name_each()
    for scheme, person, amount, host in values:
        found["awards"][scheme].add(1, person)
        found["awarded"][scheme].add(amount, person)
        if host.strip():
            found["hosts"][scheme].names.add(as_counted(host, names))


def _payments(found: Found, year: Year) -> None:
    came_back = Repayment.objects.filter(paid_on__range=year).order_by()
    gone = Payment.objects.filter(paid_on__range=year, taken_back=None).order_by()
    for sign, rows, way in ((1, gone, "claim__award__application__"), (-1, came_back, "award__application__")):
        for pk, person, amount in rows.values_list(f"{way}scheme", _whose(way), "amount"):
            found["paid"][pk].add(sign * amount, person)


def _reports(found: Found, year: Year) -> None:
    rows = PlacementReport.objects.filter(due_on__range=year).exclude(
        award__application__state=ApplicationState.CALLED_OFF
    )
    values = rows.order_by().values_list(
        "award__application__scheme", _whose("award__application__"), "due_on", "first_sent_at__date"
    )
    for scheme, person, due_on, came_on in values:
        if due_on is None or (came_on is None and due_on >= year[1]):
            continue
        found["reports"][scheme].add(int(came_on is not None and came_on <= due_on), person)


def _days(found: Found, year: Year) -> None:
    ended = Attendance.objects.filter(award__ends_on__gte=year[0])
    values = ended.order_by().values_list("award__application__scheme", _whose("award__application__"), "days")
    for scheme, person, days in values:
        if number := sum(year[0] <= day <= year[1] for day in days):
            found["days"][scheme].add(number, person)


def _sessions(found: Found, year: Year) -> None:
    rows = SharedSession.objects.filter(held_on__range=year).order_by()
    for scheme, person in rows.values_list("award__application__scheme", _whose("award__application__")):
        found["sessions"][scheme].add(1, person)
