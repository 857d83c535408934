"""What waits for an applicant, whoever runs the scheme: told to the page that shows what waits for one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.urls import reverse
from django.utils import timezone

from desaga.ui.waiting import Waiting

from .models import Application, Award, Claim, Round, Signature
from .queries import pending
from .queries.applications import own_applications
from .queries.waiting import those_with_rows
from .states import WRITTEN, ApplicationState, RoundState

#: A draft is told of when the cut-off of the next panel is so near.
NEAR = timedelta(days=21)
MOST = 20


def own_waiting(user: Any) -> Iterator[Waiting]:
    """What one's own applications and awards ask of one. Call in the person's own standing: wherever the schemes are, and whoever employs one.

    One query tells whether anything does; who never applied pays for no other.
    """
    rows = {name: asked() for name, (asked, _) in KINDS.items()}
    for name in those_with_rows(rows):
        yield from KINDS[name][1](rows[name][:MOST])


def own_written() -> QuerySet[Application]:
    """One's own that one may write in, with the cut-off of the scheme's next panel. Rounds of open schemes are everybody's to read."""
    planned = Round._base_manager.filter(
        scheme=OuterRef("scheme"), state=RoundState.PLANNED, cut_off_on__gte=timezone.localdate()
    )
    cut_off = Subquery(planned.order_by("meets_on", "cut_off_on").values("cut_off_on")[:1])
    return own_applications().filter(state__in=WRITTEN).annotate(cut_off_on=cut_off)


def _to_write(rows: Iterable[Application]) -> Iterator[Waiting]:
    until = timezone.localdate() + NEAR
    for one in rows:
        asked = one.state == ApplicationState.CHANGES_ASKED
        if not asked and (one.cut_off_on is None or one.cut_off_on > until):  # type: ignore[attr-defined]
            continue
        yield Waiting(
            verb="Change and send again" if asked else "Finish",
            thing=f"your application {one.reference} to {one.scheme.name}",
            url=one.get_absolute_url(),
            minutes=10 if asked else 30,
            since=one.changed_at,
            due_on=one.cut_off_on,  # type: ignore[attr-defined]
        )


def _of_awards(awards: Iterable[Award]) -> Iterator[Waiting]:
    for award in awards:
        application = award.application
        url, over = application.get_absolute_url(), award.ends_on is not None and award.ends_on < timezone.localdate()
        if application.state == ApplicationState.OFFERED:
            yield Waiting(
                verb="Accept or turn down",
                thing=f"the award of £{award.amount:,.2f} for “{application.title}”",
                url=url,
                minutes=5,
                since=award.offered_at,
                due_on=award.accept_by,
            )
        elif application.state == ApplicationState.AGREED and over:
            yield Waiting(
                verb="Report on",
                thing=f"“{application.title}”",
                url=url,
                minutes=30,
                since=application.changed_at,
                due_on=award.report_due_on,
            )


def _to_sign(signatures: Iterable[Signature]) -> Iterator[Waiting]:
    for signature in signatures:
        application = signature.agreement.award.application
        yield Waiting(
            verb="Sign",
            thing=f"the agreement on “{application.title}”: the link is in your e-mail",
            url=application.get_absolute_url(),
            minutes=5,
            since=signature.asked_at,
        )


def _that_came_back(claims: Iterable[Claim]) -> Iterator[Waiting]:
    for claim in claims:
        application = claim.award.application
        slugs = [application.organisation.slug, application.scheme.slug, application.reference]
        yield Waiting(
            verb="Change",
            thing=f"your claim {claim}, which came back to you",
            url=reverse("placements:show_claim", args=[*slugs, claim.number]),
            minutes=10,
            since=claim.decided_at or claim.begun_at,
        )


#: Which rows, and what is said of them.
KINDS: dict[str, tuple[Callable[[], QuerySet[Any]], Callable[[Iterable[Any]], Iterator[Waiting]]]] = {
    "applications": (own_written, _to_write),
    "awards": (pending.own_awards, _of_awards),
    "signatures": (pending.own_signatures, _to_sign),
    "claims": (pending.own_claims_returned, _that_came_back),
}
