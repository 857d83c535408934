"""What can be read of charters. Those for the public ask the database as nobody: row-level security shows what is published, and nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Max, Min, Prefetch, Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404
from django_scopes import scopes_disabled

from desaga.accounts.models import User
from desaga.frameworks.queries.known import FrameworkKnown, framework_known, frameworks_known
from desaga.organisations.models import Organisation, RoleAssignment
from desaga.organisations.ownership import current_on
from desaga.organisations.queries import matching
from desaga.organisations.states import OrganisationKind, Role
from desaga.plans.models import Alignment
from desaga.plans.states import Basis
from desaga.public.queries import copies_of, latest_of
from desaga.tenancy.context import within

from .models import Charter, Pledge, Report, ReportLine, Signature, SignatureEvent
from .states import Nation, Side, SignatureState

REMIND_DAYS = 30


# ---- For the public


def charters_shown() -> list[Charter]:
    """Every published charter with how many have signed it (`signatories`), historic ones last. One query."""
    # There is nobody in whose scope this could be: the condition and row-level security say what anybody may read.
    with scopes_disabled():
        return list(
            _shown()
            .annotate(signatories=Count("signatures", filter=Q(signatures__state=SignatureState.CONFIRMED)))
            .order_by("is_historic", "name", "pk")
        )


def charter_shown(pk: int) -> Charter | None:
    """One published charter."""
    # As above.
    with scopes_disabled():
        return _shown().filter(pk=pk).first()


def charter_at(owner: str, slug: str) -> Charter:
    """One published charter by its keeper and short address, or 404."""
    # As above.
    with scopes_disabled():
        found = _shown().filter(organisation__slug=owner, slug=slug).first()
    if found is None:
        raise Http404("No charter is published at this address.")
    return found


def signatories_shown(charter: Charter, asked: Mapping[str, str]) -> QuerySet[Signature]:
    """Who has signed and was confirmed, by name; narrowed by words, kind, nation, cohort and stage."""
    # As above.
    with scopes_disabled():
        rows: QuerySet[Signature] = Signature.objects.filter(charter=charter, state=SignatureState.CONFIRMED)
        exact = {name: asked[name] for name in ("kind", "nation", "stage", "cohort") if asked.get(name)}
        rows = matching(rows.filter(**exact), asked.get("q") or "", "name", "words", "note")
        return rows.select_related("charter").order_by("name", "pk")


def with_plans(signatures: Iterable[Signature]) -> list[Signature]:
    """Each with `plan_address`, where the public reads its plan. Two queries at most."""
    found = list(signatures)
    latest = latest_of([one.signatory_id for one in found if one.signatory_id])
    for one in found:
        one.plan_address = one.plan_url or latest.get(one.signatory_id or 0, "")
    return found


def signatory_shown(charter: Charter, pk: int) -> Signature | None:
    """One of them, with its pledges (`pledges_told`) and published reports (`reports_told`, each with `lines_told`), the latest first."""
    lines = Prefetch("lines", ReportLine._base_manager.order_by("pk"), to_attr="lines_told")
    published = Report._base_manager.filter(Report.published_now()).order_by("-year").prefetch_related(lines)
    # As above.
    with scopes_disabled():
        rows = Signature.objects.filter(charter=charter, state=SignatureState.CONFIRMED, pk=pk)
        return (
            rows.select_related("charter", "signatory")
            .prefetch_related(
                Prefetch("pledges", pledged(), to_attr="pledges_told"),
                Prefetch("reports", published, to_attr="reports_told"),
            )
            .first()
        )


def plans_shown(signature: Signature) -> list[tuple[str, str]]:
    """Where the public reads the signatory's plans: titles and addresses. What was given by hand comes first."""
    found = [("Action plan", signature.plan_url)] if signature.plan_url else []
    if signature.signatory:
        found += [(copy.title, copy.get_absolute_url()) for copy in copies_of(signature.signatory.slug)]
    return found


def _shown() -> QuerySet[Charter]:
    return Charter.objects.filter(Charter.published_now()).select_related("organisation")


# ---- For the keeper


def charters_kept() -> QuerySet[Charter]:
    """The organisation's own charters, with how many are confirmed and how many wait."""
    confirmed = Count("signatures", filter=Q(signatures__state=SignatureState.CONFIRMED))
    waiting = Count("signatures", filter=Q(signatures__state=SignatureState.SIGNED))
    return (
        Charter.objects.select_related("organisation")
        .annotate(confirmed=confirmed, waiting=waiting)
        .order_by("is_historic", "name", "pk")
    )


def charter_or_404(slug: str) -> Charter:
    return get_object_or_404(Charter.objects.select_related("organisation"), slug=slug)


def signatures_of(charter: Charter, asked: Mapping[str, Any]) -> QuerySet[Signature]:
    """All signatures of a charter, what waits first, then by name."""
    rows = Signature.objects.filter(charter=charter).select_related("charter", "signatory")
    exact = {name: asked[name] for name in ("state", "kind", "nation", "stage") if asked.get(name)}
    return matching(rows.filter(**exact), asked.get("q") or "", "name", "note").order_by("name", "pk")


def workspaces_to_offer(charter: Charter) -> QuerySet[Organisation]:
    """Organisations with a workspace that have not signed it and were not asked."""
    taken = Signature.objects.filter(charter=charter).exclude(state=SignatureState.WITHDRAWN)
    return (
        Organisation.objects.with_workspace()
        .exclude(pk__in=taken.exclude(signatory=None).values("signatory"))
        .exclude(pk=charter.organisation_id)
        .order_by("name")
    )


def frameworks_to_keep() -> list[tuple[str, str]]:
    """The frameworks whose principles can be a charter's aims."""
    return [(one.name, one.name) for one in frameworks_known() if one.principles]


def aims_in(framework: str) -> list[dict[str, str]]:
    """A framework's principles as a charter holds them; of those that sum the others up, only the others."""
    known = framework_known(framework)
    if known is None:
        return []
    told = [{"code": code, "title": title} for code, title, _ in known.principles]
    return [one for one in told if one["code"] not in SUMS_UP]


#: A principle that only names its framework is no aim to pledge towards.
SUMS_UP = ("Employer Champion",)


# ---- For a signatory


def charters_open() -> list[Charter]:
    """Published charters of other bodies that can be signed and that the organisation in scope has no part in yet."""
    mine = list(Signature.signed.exclude(state=SignatureState.WITHDRAWN).values_list("charter", flat=True))
    return list(
        Charter.visible.filter(Charter.published_now(), is_historic=False)
        .exclude(pk__in=mine)
        .exclude(pk__in=Charter.objects.order_by().values("pk"))
        .select_related("organisation")
        .order_by("name", "pk")
    )


def open_charter_or_404(pk: int) -> Charter:
    return get_object_or_404(Charter.visible.select_related("organisation").filter(Charter.published_now()), pk=pk)


def signatures_here() -> QuerySet[Signature]:
    """What the organisation in scope has signed or was offered."""
    return Signature.signed.select_related("charter__organisation").order_by("charter__name", "pk")


def signature_or_404(pk: int) -> tuple[Signature, Side]:
    """A signature that the organisation keeps or gave, with which of the two it is here."""
    paths = ("charter__organisation", "signatory", "organisation")
    kept = Signature.objects.select_related(*paths).filter(pk=pk).first()
    if kept is not None:
        return kept, Side.KEEPER
    return get_object_or_404(Signature.signed.select_related(*paths), pk=pk), Side.SIGNATORY


def pledges_of(signature: Signature) -> list[Pledge]:
    return list(pledged().filter(signature=signature))


def pledged() -> QuerySet[Pledge]:
    """Pledges that say something: one that was taken back has no words."""
    return Pledge._base_manager.exclude(words="").order_by("pk")


def reports_of(signature: Signature, side: Side) -> QuerySet[Report]:
    """Its reports; a draft is only for whoever writes it."""
    rows = Report._base_manager.filter(signature=signature).prefetch_related(
        Prefetch("lines", ReportLine._base_manager.order_by("pk"), to_attr="lines_told")
    )
    return rows if writes_for(signature, side) else rows.filter(Report.published_now())


def writes_for(signature: Signature, side: Side) -> bool:
    """Whether this side does what is the signatory's to do."""
    return side == Side.SIGNATORY or signature.signatory_id is None


def events_of(signature: Signature) -> QuerySet[SignatureEvent]:
    return SignatureEvent._base_manager.filter(signature=signature).order_by("at", "pk")


def actions_answering(charter: Charter) -> dict[str, int]:
    """How many actions of the plans of the organisation in scope answer each aim, by its code. What is only suggested does not count."""
    rows = Alignment.objects.filter(framework=charter.framework).exclude(basis=Basis.SUGGESTED)
    counted = rows.order_by().values("code").annotate(actions=Count("action", distinct=True))
    return {row["code"]: row["actions"] for row in counted}


def framework_here(charter: Charter) -> FrameworkKnown | None:
    """The framework that plans of the organisation in scope name when they answer the charter's aims."""
    return framework_known(charter.framework)


def due_soon(today: date) -> QuerySet[Signature]:
    """Signatures of the organisation in scope whose report is due within a month and of which nobody was reminded."""
    return Signature.signed.filter(
        state=SignatureState.CONFIRMED, report_due_on__lte=today + timedelta(days=REMIND_DAYS), reminded_at=None
    ).select_related("charter__organisation", "signatory")


def waiting_here(today: date) -> dict[str, Any]:
    """What waits for a signatory: offers to answer, reports that are due. One query."""
    offered = Q(state=SignatureState.OFFERED)
    due = Q(state=SignatureState.CONFIRMED, report_due_on__lte=today + timedelta(days=REMIND_DAYS))
    return Signature.signed.order_by().aggregate(
        offered=Count("pk", filter=offered), offered_since=Min("made_at", filter=offered), offered_pk=Max("pk", filter=offered),
        due=Count("pk", filter=due), due_on=Min("report_due_on", filter=due), due_pk=Max("pk", filter=due), due_since=Min("confirmed_at", filter=due),
    )  # fmt: skip


def waiting_to_confirm() -> dict[str, Any]:
    """What waits for a keeper. One query."""
    rows = Signature.objects.filter(state=SignatureState.SIGNED)
    return rows.order_by().aggregate(signed=Count("pk"), since=Min("made_at"), charter=Max("charter__slug"))


def leads_of(organisation: Organisation) -> list[str]:
    """The addresses of those who lead an organisation, asked in its name: they are to be told, nobody is to read them."""
    with within(organisation):
        people = list(RoleAssignment.objects.filter(current_on(), role=Role.LEAD).values_list("person_id", flat=True))
        users = User.objects.filter(person__in=people, is_active=True).order_by("email")
        return list(users.values_list("email", flat=True))


def workspaces() -> list[Organisation]:
    return list(Organisation.objects.with_workspace())


KINDS, NATIONS = OrganisationKind.choices, Nation.choices
