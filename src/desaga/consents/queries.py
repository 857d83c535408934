"""What can be read of consents. All answer within the current scope; `consents_listed` is the one beginning for people."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Case, Count, Min, Q, QuerySet, When
from django.shortcuts import get_object_or_404
from django.utils import timezone

from desaga.accounts.keys import hash_of
from desaga.accounts.models import User
from desaga.organisations.models import Employment, Organisation, Person, RoleAssignment
from desaga.organisations.ownership import current_on
from desaga.organisations.queries import matching
from desaga.organisations.states import Role
from desaga.tenancy.context import within

from .models import SOON_DAYS, Consent, ConsentAnswer, ConsentEvent, ConsentKey, Wording
from .states import ENDED, By, ConsentState, Said

WITH = ("organisation", "wording", "asked_by__person", "renews")


def consents_listed() -> QuerySet[Consent]:
    """The organisation's consents, what ends first before the others; what has ended last of all."""
    is_over = Case(When(state__in=ENDED, then=1), default=0)
    return Consent.objects.select_related("organisation").order_by(is_over, "until", "pk")


def narrowed(rows: QuerySet[Consent], wanted: Mapping[str, Any]) -> QuerySet[Consent]:
    """Those that fit a list's filters."""
    if state := wanted.get("state"):
        rows = rows.filter(ends_soon(timezone.localdate())) if state == "soon" else rows.filter(state=state)
    if where := wanted.get("where"):
        rows = rows.filter(Q(where__contains=[where]) | Q(answered_at=None, asked_where__contains=[where]))
    return matching(rows, wanted.get("q") or "", "name", "email", "about", "guardian_name")


def consent_or_404(pk: int) -> Consent:
    return get_object_or_404(Consent.objects.select_related(*WITH), pk=pk)


def ends_soon(today: date) -> Q:
    return Q(state=ConsentState.GIVEN, until__gte=today, until__lte=today + timedelta(days=SOON_DAYS))


def answers_of(consent: Consent) -> QuerySet[ConsentAnswer]:
    return ConsentAnswer.objects.filter(consent=consent)


def said_of(consent: Consent) -> dict[str, Said]:
    return {one.by: Said(frozenset(one.what), frozenset(one.where)) for one in answers_of(consent)}


def answered_by(consent: Consent, by: str) -> ConsentAnswer | None:
    return answers_of(consent).filter(by=by).first()


def events_of(consent: Consent) -> QuerySet[ConsentEvent]:
    return ConsentEvent.objects.filter(consent=consent).select_related("by__person")


def renewed_by(consent: Consent) -> Consent | None:
    """The consent that was asked for in the place of this one, if one was and has not come to nothing."""
    rows = Consent.objects.filter(renews=consent).exclude(state=ConsentState.REFUSED)
    return rows.select_related("organisation").order_by("-pk").first()


def key_opened(organisation: Organisation, key: str, opens: str, now: datetime | None = None) -> ConsentKey | None:
    """What a key opens, with its consent; None where it is unknown, of another page, or its time is over. Reads within that organisation only."""
    now = now or timezone.now()
    with within(organisation):
        rows = ConsentKey.objects.filter(key_hash=hash_of(key), opens=opens)
        rows = rows.filter(Q(expires_at=None) | Q(expires_at__gt=now))
        return rows.select_related(*(f"consent__{path}" for path in WITH)).first()


def mails_sent(consent: Consent, email: str, since: datetime) -> int:
    return ConsentKey.objects.filter(consent=consent, email__iexact=email, made_at__gt=since).count()


def last_wording() -> Wording | None:
    return Wording.objects.order_by("-number").first()


def wordings() -> QuerySet[Wording]:
    return Wording.objects.select_related("made_by__person").annotate(asked_by_them=Count("consents"))


def who_is_told(consent: Consent) -> list[str]:
    """The addresses of whoever asked, while they belong to the organisation; else of its leads."""
    here = RoleAssignment.objects.filter(current_on())
    if consent.asked_by and here.filter(person=consent.asked_by.person_id).exists():
        return [consent.asked_by.email]
    leads = here.filter(role=Role.LEAD).values("person_id")
    return list(User.objects.filter(person__in=leads, is_active=True).order_by("email").values_list("email", flat=True))


def over_on(today: date) -> QuerySet[Consent]:
    """Those whose last day is past and that nobody ended yet."""
    rows = Consent.objects.filter(state__in=[ConsentState.GIVEN, ConsentState.ASKED], until__lt=today)
    return rows.select_related(*WITH).order_by("pk")


def to_tell_of(today: date) -> QuerySet[Consent]:
    """Those that end within 30 days, of which nobody was told."""
    return Consent.objects.filter(ends_soon(today), told_soon_at=None).select_related(*WITH).order_by("pk")


def waiting_counts(today: date) -> dict[str, Any]:
    """What an editor should look at: consents that end soon and that nobody renewed, and those that were not answered in time; one query."""
    soon = ends_soon(today) & Q(renewed_by=None)
    silent = Q(state=ConsentState.ASKED, asked_at__lt=timezone.now() - timedelta(days=SILENT_DAYS))
    return Consent.objects.order_by().aggregate(
        soon=Count("pk", filter=soon),
        first_day=Min("until", filter=soon),
        soon_since=Min("answered_at", filter=soon),
        silent=Count("pk", filter=silent),
        silent_since=Min("asked_at", filter=silent),
    )


SILENT_DAYS = 14


def who_waits(consent: Consent) -> list[By]:
    """Who has not answered yet."""
    from .states import who_is_asked

    if consent.state != ConsentState.ASKED:
        return []
    heard = set(answers_of(consent).values_list("by", flat=True))
    return [by for by in who_is_asked(consent.is_under_18) if by not in heard]


def consents_of(person: Any) -> QuerySet[Consent]:
    """What the organisation in scope holds of a person, for their export."""
    return Consent.objects.filter(person=person).select_related("wording").order_by("pk")


def workspaces() -> list[Organisation]:
    """Every organisation that may have consents: which has any is its own to know."""
    return list(Organisation.objects.with_workspace())


def person_known_at(email: str) -> Person | None:
    """Who is reached at an address as a colleague, in the organisation in scope; None where it is nobody's, or of several."""
    rows = Employment.objects.filter(current_on(), work_email__iexact=email.strip()).select_related("person")
    found = {row.person_id: row.person for row in rows[:3]}
    return next(iter(found.values())) if len(found) == 1 else None
