"""What schemes ask of those who run them, keep their money or sit on their panels: told to the page that shows what waits for one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from desaga.ui.waiting import Waiting

from . import waiting_panels
from .awarding import ClaimState
from .models import Award
from .queries import given, pending, shown, stuck
from .queries import waiting as reads
from .queries.leaving import rounds_without_administrator
from .queries.readers import late_rounds, rounds_with_lost
from .queries.schemes import (
    WIND_DOWN_SOON,
    panels_without_money,
    to_close,
    to_evaluate,
    to_wind_down,
    without_next_panel,
)
from .waiting_panels import MOST_PANELS, start_of

MOST = 20
#: So long before it is due an evaluation waits for whoever runs the scheme.
EVALUATE_SOON = timedelta(days=60)
MINUTES_TO_CHECK, MINUTES_TO_DECLARE, MINUTES_TO_READ, MOST_MINUTES = 5, 1, 15, 240


def schemes_waiting(user: Any, organisation: Any) -> Iterator[Waiting]:
    """All of it. One query tells which kinds of thing wait at all; where none does, it is the only one."""
    rows = dict(_rows_for(user, organisation))
    for name in reads.those_with_rows(rows):
        yield from TELLS[name](rows[name], user, organisation)


def _rows_for(user: Any, organisation: Any) -> Iterator[tuple[str, QuerySet[Any, Any]]]:
    """The kinds of thing that somebody is told of, by their roles; of applications, those that they may know of."""
    if user.has_perm("placements.run_schemes", organisation):
        yield "claims", pending.claims_waiting(user, organisation, (ClaimState.APPROVED, ClaimState.SENT))
        yield "reports", pending.reports_to_read(user, organisation)
        yield "changes", pending.changes_to_decide(user, organisation)
        yield "letters", pending.letters_lost(user, organisation)
        yield "outcome_letters", pending.outcome_letters_lost(user, organisation)
        yield "stuck", stuck.awards_stuck(user, organisation)
        yield "reserves", pending.rounds_with_reserves()
        yield "close", to_close()
        yield "evaluate", to_evaluate(timezone.localdate() + EVALUATE_SOON)
        yield "wind_down", to_wind_down(timezone.localdate())
        yield "next_panel", without_next_panel()
        yield "money", panels_without_money()
        yield "plan", reads.to_plan(user, organisation)
        yield "check", reads.to_check(user, organisation)
        yield "administrator", rounds_without_administrator(user, organisation)
        yield "lacking", rounds_with_lost()
        yield "late_readers", late_rounds(timezone.localdate())
        yield "strip", reads.to_strip(user, organisation)
        yield "offers", shown.offers_waiting()
        yield "past_awards", shown.awards_waiting(user, organisation)
    elif user.has_perm("placements.keep_money", organisation):
        yield "claims", pending.claims_waiting(user, organisation, (ClaimState.APPROVED,))
    yield "records", given.records_unused()
    if user.person_id and user.has_perm("placements.sit_on_panels", organisation):
        yield "declare", reads.to_declare(user, organisation)
        yield "score", reads.to_score(user, organisation)


def _to_close(rows: QuerySet[Any], user: Any, organisation: Any) -> Iterator[Waiting]:
    for scheme in rows[:MOST]:
        yield Waiting(
            verb="Close",
            thing=f"{scheme.name}: {'its last panel has told its outcomes' if scheme.told_at else 'no panel of it is to come'}",
            url=reverse("placements:close_scheme", args=[organisation.slug, scheme.slug]),
            minutes=2,
            since=scheme.told_at or start_of(timezone.localdate()),
        )


def _to_evaluate(rows: QuerySet[Any], user: Any, organisation: Any) -> Iterator[Waiting]:
    for scheme in rows[:MOST]:
        yield Waiting(
            verb="Evaluate",
            thing=scheme.name,
            url=reverse("placements:edit_scheme", args=[organisation.slug, scheme.slug]),
            minutes=120,
            since=start_of(scheme.evaluation_due_on - EVALUATE_SOON),
            due_on=scheme.evaluation_due_on,
        )


def _to_wind_down(rows: QuerySet[Any], user: Any, organisation: Any) -> Iterator[Waiting]:
    for scheme in rows[:MOST]:
        ends = "ended" if scheme.ends_on < timezone.localdate() else "ends"
        yield Waiting(
            verb="Wind down",
            thing=f"{scheme.name}: its money {ends} on {scheme.ends_on:%-d %B %Y}",
            url=reverse("placements:wind_down", args=[organisation.slug, scheme.slug]),
            minutes=2,
            since=start_of(scheme.ends_on - WIND_DOWN_SOON),
            due_on=scheme.ends_on,
        )


def _without_panel(rows: QuerySet[Any], user: Any, organisation: Any) -> Iterator[Waiting]:
    for scheme in rows[:MOST]:
        url = reverse("placements:plan_rounds", args=[organisation.slug, scheme.slug])
        since = start_of(timezone.localdate())
        yield Waiting(verb="Plan the next panel of", thing=scheme.name, url=url, minutes=5, since=since)


def _without_money(rows: QuerySet[Any], user: Any, organisation: Any) -> Iterator[Waiting]:
    for round_ in rows[:MOST_PANELS]:
        yield Waiting(
            verb="Add",
            thing=f"the money for {round_}, {round_.scheme.name}: it meets outside every year that has some",
            url=reverse("placements:add_budget", args=[organisation.slug, round_.scheme.slug]),
            minutes=5,
            since=start_of(timezone.localdate()),
            due_on=round_.meets_on,
        )


def _claims(rows: QuerySet[Any], user: Any, organisation: Any) -> Iterator[Waiting]:
    for claim in rows[:MOST]:
        application, is_approved = claim.award.application, claim.state == ClaimState.APPROVED
        slugs = [organisation.slug, application.scheme.slug, application.reference]
        yield Waiting(
            verb="Pay" if is_approved else "Check",
            thing=f"claim {claim}, {application.name}",
            url=reverse("placements:look_at_claim", args=[*slugs, claim.number]),
            minutes=5,
            since=(is_approved and claim.decided_at) or claim.sent_at or claim.begun_at,
        )


def _reports(rows: QuerySet[Any], user: Any, organisation: Any) -> Iterator[Waiting]:
    for one in rows[:MOST]:
        words = f"the report of {one.award.application.name}"
        yield _of_award("Read", words, one.award, organisation, 10, one.sent_at)


def _changes(rows: QuerySet[Any], user: Any, organisation: Any) -> Iterator[Waiting]:
    for one in rows[:MOST]:
        words = f"on the change that {one.award.application.name} asks for"
        yield _of_award("Decide", words, one.award, organisation, 5, one.asked_at)


def _letters(rows: QuerySet[Any], user: Any, organisation: Any) -> Iterator[Waiting]:
    for one in rows[:MOST]:
        words = f"the address {one.email}: a letter to it did not arrive"
        yield _of_award("Mend", words, one.award, organisation, 5, one.lost_at)


def _outcome_letters(rows: QuerySet[Any], user: Any, organisation: Any) -> Iterator[Waiting]:
    for one in rows[:MOST]:
        application = one.item.application
        slugs = [organisation.slug, application.scheme.slug, application.reference]
        yield Waiting(
            verb="Write",
            thing=f"to {application.name}: the letter to {one.email} did not arrive",
            url=reverse("placements:look_at_application", args=slugs),
            minutes=5,
            since=one.written_at or application.changed_at,
        )


def _stuck(rows: QuerySet[Any], user: Any, organisation: Any) -> Iterator[Waiting]:
    """What went unanswered though all reminders have gone: one line a scheme and thing."""
    for row in stuck.stuck_by_scheme(user, organisation):
        url = reverse("placements:list_awards", args=[organisation.slug, row["application__scheme__slug"]])
        for key, kind in stuck.STUCK.items():
            if number := row[f"n_{key}"]:
                thing = f"{number} {kind.one if number == 1 else kind.many}, {row['application__scheme__name']}"
                yield Waiting(verb="See to", thing=thing, url=f"{url}?missing={key}", minutes=5, since=row["since"])


def _records(rows: QuerySet[Any], user: Any, organisation: Any) -> Iterator[Waiting]:
    """What people here gave of their placements, for whoever edits a plan: until it is evidence for something."""
    records, plan = list(rows[:MOST]), given.plan_to_edit(user)
    if plan is None or not records:
        return
    one = f"the placement that {records[0].name} gave as evidence: {records[0].title}"
    several = f"{len(records)} placements that people gave as evidence"
    thing = one if len(records) == 1 else several
    yield Waiting(verb="Use", thing=thing, url=plan.get_absolute_url(), minutes=5, since=records[0].given_at)


def _of_award(verb: str, thing: str, award: Award, organisation: Any, minutes: int, since: datetime | None) -> Waiting:
    application = award.application
    url = reverse("placements:show_award", args=[organisation.slug, application.scheme.slug, application.reference])
    return Waiting(verb=verb, thing=thing, url=url, minutes=minutes, since=since or application.changed_at)


def _reserves(rows: QuerySet[Any], user: Any, organisation: Any) -> Iterator[Waiting]:
    for place in pending.places_to_offer(user, organisation, rows[:MOST]):
        application = place.application
        yield Waiting(
            verb="Offer",
            thing=f"money that came free to {application.name}, next on the reserve list",
            url=reverse("placements:list_awards", args=[organisation.slug, application.scheme.slug]),
            minutes=3,
            since=application.changed_at,
        )


def _to_check(rows: QuerySet[Any], user: Any, organisation: Any) -> Iterator[Waiting]:
    for row in reads.applications_by_scheme(rows):
        yield _of_scheme("Check", {**row, "due_on": None}, organisation, "list_applications", MINUTES_TO_CHECK)


def _to_plan(rows: QuerySet[Any], user: Any, organisation: Any) -> Iterator[Waiting]:
    for row in reads.applications_by_scheme(rows):
        yield _of_scheme("Plan a panel for", {**row, "due_on": None}, organisation, "plan_round", MINUTES_TO_CHECK)


def _to_strip(rows: QuerySet[Any], user: Any, organisation: Any) -> Iterator[Waiting]:
    for row in reads.applications_by_scheme(rows):
        told = {**row, "due_on": None, "since": row["changed"]}
        yield _of_scheme("Strip people from", told, organisation, "show_keeping", 1)


def _offers(rows: QuerySet[Any], user: Any, organisation: Any) -> Iterator[Waiting]:
    for row in shown.waiting_by_scheme(rows, "said_at"):
        yield _to_look_at(row, "place that is offered", "places that are offered", organisation, "list_offers")


def _past_awards(rows: QuerySet[Any], user: Any, organisation: Any) -> Iterator[Waiting]:
    for row in shown.waiting_by_scheme(rows, "consented_at"):
        yield _to_look_at(row, "past award for its page", "past awards for its page", organisation, "list_told")


def _to_look_at(row: dict[str, Any], one: str, many: str, organisation: Any, page: str) -> Waiting:
    number = row["number"]
    return Waiting(
        verb="Look at",
        thing=f"{number} {one if number == 1 else many}, {row['scheme__name']}",
        url=reverse(f"placements:{page}", args=[organisation.slug, row["scheme__slug"]]),
        minutes=min(2 * number, MOST_MINUTES),
        since=row["since"],
    )


def _to_declare(rows: QuerySet[Any], user: Any, organisation: Any) -> Iterator[Waiting]:
    for row in reads.applications_by_scheme(rows):
        yield _of_scheme("Declare on", row, organisation, "list_reading", MINUTES_TO_DECLARE)


def _to_score(rows: QuerySet[Any], user: Any, organisation: Any) -> Iterator[Waiting]:
    for row in reads.readings_by_scheme(rows):
        yield _of_scheme("Read and score", row, organisation, "list_reading", MINUTES_TO_READ)


def _of_scheme(verb: str, row: dict[str, Any], organisation: Any, page: str, minutes: int) -> Waiting:
    """One line a scheme and thing to do."""
    number = row["number"]
    return Waiting(
        verb=verb,
        thing=f"{number} application{'' if number == 1 else 's'}, {row['scheme__name']}",
        url=reverse(f"placements:{page}", args=[organisation.slug, row["scheme__slug"]]),
        minutes=min(minutes * number, MOST_MINUTES),
        since=row["since"],
        due_on=row["due_on"],
    )


#: Kind of thing to what is said of it.
TELLS: dict[str, Callable[[QuerySet[Any], Any, Any], Iterator[Waiting]]] = {
    "claims": _claims,
    "reports": _reports,
    "changes": _changes,
    "letters": _letters,
    "outcome_letters": _outcome_letters,
    "stuck": _stuck,
    "records": _records,
    "reserves": _reserves,
    "close": _to_close,
    "evaluate": _to_evaluate,
    "wind_down": _to_wind_down,
    "next_panel": _without_panel,
    "money": _without_money,
    "plan": _to_plan,
    "check": _to_check,
    "administrator": waiting_panels.administrator,
    "lacking": waiting_panels.lacking,
    "late_readers": waiting_panels.late_readers,
    "strip": _to_strip,
    "offers": _offers,
    "past_awards": _past_awards,
    "declare": _to_declare,
    "score": _to_score,
}
