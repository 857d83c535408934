"""What does not go on by itself: of each award, what is missing; and the list of awards, narrowed and put in order."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, NamedTuple

from django.db.models import Count, Exists, F, Min, OuterRef, Q, QuerySet
from django.utils import timezone

from desaga.organisations.models import Organisation

from ..awarding import ReportState
from ..models import Agreement, Attendance, Award, Outcome, SharedSession
from ..states import ApplicationState
from .awards import awards_for

_S = ApplicationState
WENT = (_S.AGREED, _S.REPORTED, _S.CLOSED)


class Stuck(NamedTuple):
    """What is missing: what a list calls it, what *My work* says of one and of several, and after how many days it waits for staff."""

    label: str
    one: str
    many: str
    patience: int


#: Reminders go by themselves; when the last has gone unanswered, it waits for staff.
STUCK: Mapping[str, Stuck] = {
    "to_sign": Stuck("To sign", "agreement that is not signed", "agreements that are not signed", 20),
    "days": Stuck("Days missing", "award without confirmed days", "awards without confirmed days", 21),
    "report": Stuck("Report late", "report that has not come", "reports that have not come", 21),
    "advance": Stuck("Advance open", "advance that is not accounted for", "advances that are not accounted for", 30),
    "session": Stuck("Session promised", "session that was promised", "sessions that were promised", 90),
    "outcome": Stuck("Outcome unanswered", "question on what came of it", "questions on what came of it", 30),
}


def stuck_since(key: str, until: date) -> Q:
    """Awards of which this is missing since a day or before."""
    return _WAYS[key](until)


def _to_sign(until: date) -> Q:
    rows = Agreement.objects.filter(award=OuterRef("pk"), signed_at=None, replaced_at=None, made_at__date__lte=until)
    return Q(Exists(rows), application__state__in=(_S.ACCEPTED, _S.AGREED, _S.REPORTED))


def _days(until: date) -> Q:
    final = Attendance.objects.filter(award=OuterRef("pk"), confirmed_at__date__gt=OuterRef("ends_on"))
    return Q(~Exists(final), ends_on__lt=until, application__state__in=WENT)


def _report(until: date) -> Q:
    written = (ReportState.WRITTEN, ReportState.RETURNED)
    return Q(report__state__in=written, report__due_on__lt=until, application__state=_S.AGREED)


def _advance(until: date) -> Q:
    over = Q(ends_on__lt=until, application__state__in=WENT) | Q(application__state=_S.CALLED_OFF)
    return Q(advanced__gt=F("settled")) & over


def _session(until: date) -> Q:
    held = SharedSession.objects.filter(award=OuterRef("pk"))
    return Q(~Exists(held), session_promised=True, ends_on__lt=until, application__state__in=WENT)


def _outcome(until: date) -> Q:
    asked = Outcome.objects.filter(award=OuterRef("pk"), answered_at=None, asked_at__date__lte=until)
    return Q(Exists(asked))


_WAYS = {
    "to_sign": _to_sign,
    "days": _days,
    "report": _report,
    "advance": _advance,
    "session": _session,
    "outcome": _outcome,
}
assert set(_WAYS) == set(STUCK), "What is missing is found in a way of its own."

SORTS = (("name", "Whose"), ("starts_on", "First day"), ("ends_on", "Last day"), ("amount", "Award, most first"))
_COLUMNS = {"name": "application__name", "starts_on": "starts_on", "ends_on": "ends_on"}


def narrowed(rows: QuerySet[Award], wanted: Mapping[str, Any]) -> QuerySet[Award]:
    """Awards as a filter asks for them."""
    for word in (wanted.get("q") or "").split():
        named = ("reference", "title", "name", "employer")
        found = [Q(**{f"application__{name}__icontains": word}) for name in named]
        rows = rows.filter(Q(host__icontains=word) | found[0] | found[1] | found[2] | found[3])
    if wanted.get("state"):
        rows = rows.filter(application__state=wanted["state"])
    if (key := wanted.get("missing") or "") in STUCK:
        rows = rows.filter(stuck_since(key, timezone.localdate()))
    sort = wanted.get("sort") or ""
    if sort == "amount":
        return rows.order_by("-amount", "-pk")
    return rows.order_by(F(_COLUMNS[sort]).asc(nulls_last=True), "-pk") if sort in _COLUMNS else rows


def counts_of(rows: QuerySet[Award]) -> dict[str, int]:
    """Of how many each is missing today."""
    today = timezone.localdate()
    return rows.order_by().aggregate(**{key: Count("pk", filter=stuck_since(key, today)) for key in STUCK})


def awards_stuck(user: Any, organisation: Organisation) -> QuerySet[Award]:
    """Those that wait for staff by now, whatever is missing."""
    today, over = timezone.localdate(), Q(pk__in=[])
    for key, one in STUCK.items():
        over |= stuck_since(key, today - timedelta(days=one.patience))
    return awards_for(user, organisation).select_related(None).filter(over)


def stuck_by_scheme(user: Any, organisation: Organisation) -> list[dict[str, Any]]:
    """Of each scheme how many wait for staff by now, by what is missing."""
    today = timezone.localdate()
    counts = {
        f"n_{key}": Count("pk", filter=stuck_since(key, today - timedelta(days=one.patience)))
        for key, one in STUCK.items()
    }
    rows = awards_for(user, organisation).select_related(None).order_by("application__scheme__name")
    named = rows.values("application__scheme__name", "application__scheme__slug")
    return [dict(row) for row in named.annotate(since=Min("offered_at"), **counts)]
