"""What waits for a person about awards."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone

from desaga.organisations.membership import organisations_of
from desaga.ui.waiting import Waiting

from .awarding import ClaimState
from .models import Award
from .queries.awards import claims_for
from .queries.given import plan_to_edit, records_unused
from .queries.pending import (
    changes_to_decide,
    letters_lost,
    outcome_letters_lost,
    own_awards,
    own_claims_returned,
    own_signatures,
    places_to_offer,
    reports_to_read,
)
from .queries.stuck import STUCK, stuck_by_scheme
from .states import ApplicationState

MOST = 20


def own_awards_waiting(user: Any, organisation: Any) -> Iterator[Waiting]:
    """What one's own awards ask of one, wherever their schemes are: said once, in the first of one's organisations."""
    if user.person_id is None or next(iter(organisations_of(user)), None) != organisation:
        return
    for award in own_awards():
        yield from _own(award)
    for signature in own_signatures():
        application = signature.agreement.award.application
        yield _one(
            "Sign",
            f"the agreement on “{application.title}”: the link is in your e-mail",
            application.get_absolute_url(),
            5,
            signature.asked_at,
        )
    for claim in own_claims_returned():
        application = claim.award.application
        url = reverse(
            "placements:show_claim",
            args=[application.organisation.slug, application.scheme.slug, application.reference, claim.number],
        )
        yield _one("Change", f"your claim {claim}, which came back to you", url, 10, claim.decided_at or claim.begun_at)


def _own(award: Award) -> Iterator[Waiting]:
    application = award.application
    state, url = application.state, application.get_absolute_url()
    if state == ApplicationState.OFFERED:
        yield _one(
            "Accept or turn down",
            f"the award of £{award.amount:,.2f} for “{application.title}”",
            url,
            5,
            award.offered_at,
            award.accept_by,
        )
    due = award.report_due_on
    over = award.ends_on is not None and award.ends_on < timezone.localdate()
    if state == ApplicationState.AGREED and over:
        yield _one("Report on", f"“{application.title}”", url, 30, application.changed_at, due)


def _one(verb: str, thing: str, url: str, minutes: int, since: datetime, due_on: date | None = None) -> Waiting:
    return Waiting(verb=verb, thing=thing, url=url, minutes=minutes, since=since, due_on=due_on)


def claims_to_check(user: Any, organisation: Any) -> Iterator[Waiting]:
    """Claims to be checked, for those who run the scheme; to be paid, for whoever keeps the money."""
    runs = user.has_perm("placements.run_schemes", organisation)
    if not runs and not user.has_perm("placements.keep_money", organisation):
        return
    verbs = {ClaimState.APPROVED: "Pay", **({ClaimState.SENT: "Check"} if runs else {})}
    rows = (
        claims_for(user, organisation).filter(state__in=list(verbs)).select_related("award__application__scheme")[:MOST]
    )
    for claim in rows:
        application = claim.award.application
        url = reverse(
            "placements:look_at_claim",
            args=[organisation.slug, application.scheme.slug, application.reference, claim.number],
        )
        since = claim.decided_at if claim.state == ClaimState.APPROVED and claim.decided_at else claim.sent_at
        yield _one(
            verbs[ClaimState(claim.state)], f"claim {claim}, {application.name}", url, 5, since or claim.begun_at
        )


def awards_to_look_at(user: Any, organisation: Any) -> Iterator[Waiting]:
    """Reports to read, changes to decide on, places on a reserve list that money came free for: for those who run the scheme."""
    if not user.has_perm("placements.run_schemes", organisation):
        return
    for report in reports_to_read(user, organisation):
        yield _staff(
            "Read", f"the report of {report.award.application.name}", report.award, organisation, 10, report.sent_at
        )
    for change in changes_to_decide(user, organisation):
        yield _staff(
            "Decide",
            f"on the change that {change.award.application.name} asks for",
            change.award,
            organisation,
            5,
            change.asked_at,
        )
    for letter in letters_lost(user, organisation):
        yield _staff(
            "Mend",
            f"the address {letter.email}: a letter to it did not arrive",
            letter.award,
            organisation,
            5,
            letter.lost_at,
        )
    for letter in outcome_letters_lost(user, organisation):
        application = letter.item.application
        url = reverse(
            "placements:look_at_application", args=[organisation.slug, application.scheme.slug, application.reference]
        )
        yield _one(
            "Write", f"to {application.name}: the letter to {letter.email} did not arrive", url, 5, letter.written_at
        )
    for place in places_to_offer(user, organisation):
        scheme = place.application.scheme
        url = reverse("placements:list_awards", args=[organisation.slug, scheme.slug])
        yield _one(
            "Offer",
            f"money that came free to {place.application.name}, next on the reserve list",
            url,
            3,
            place.application.changed_at,
        )


def awards_stuck(user: Any, organisation: Any) -> Iterator[Waiting]:
    """What went unanswered though all reminders have gone: one line a scheme and thing."""
    if not user.has_perm("placements.run_schemes", organisation):
        return
    for row in stuck_by_scheme(user, organisation):
        url = reverse("placements:list_awards", args=[organisation.slug, row["application__scheme__slug"]])
        for key, kind in STUCK.items():
            if number := row[f"n_{key}"]:
                thing = f"{number} {kind.one if number == 1 else kind.many}, {row['application__scheme__name']}"
                yield _one("See to", thing, f"{url}?missing={key}", 5, row["since"])


def records_to_use(user: Any, organisation: Any) -> Iterator[Waiting]:
    """What people here gave of their placements, for whoever edits a plan: until it is evidence for something."""
    records = list(records_unused()[:MOST])
    plan = plan_to_edit(user) if records else None
    if plan is None:
        return
    number = len(records)
    one = f"the placement that {records[0].name} gave as evidence: {records[0].title}"
    several = f"{number} placements that people gave as evidence"
    yield _one("Use", one if number == 1 else several, plan.get_absolute_url(), 5, records[0].given_at)


def _staff(verb: str, thing: str, award: Award, organisation: Any, minutes: int, since: datetime | None) -> Waiting:
    application = award.application
    url = reverse("placements:show_award", args=[organisation.slug, application.scheme.slug, application.reference])
    return _one(verb, thing, url, minutes, since or application.changed_at)


SOURCES = (own_awards_waiting, claims_to_check, awards_to_look_at, awards_stuck, records_to_use)
