from typing import Any

from django.apps import AppConfig
from django.http import HttpRequest

#: So many plans are linked from a framework's page.
MOST_LINKS = 10


class PlansConfig(AppConfig):
    name = "desaga.plans"
    label = "plans"
    verbose_name = "Plans"

    def ready(self) -> None:
        from desaga.evidence import records, uses
        from desaga.evidence.signals import evidence_replaced
        from desaga.frameworks import links
        from desaga.indicators import registry
        from desaga.ui import navigation

        from . import private, tabs
        from .evidencing import ActionUse, PublishedPlanRecords, ReadingRecords, UpdateRecords
        from .indicators import SOURCE
        from .operations.evidence import follow_replaced

        private.register()
        registry.register(SOURCE)
        navigation.register(navigation.Entry(label="Plans", section="plans", order=20, url=plans_url))
        navigation.register(navigation.Entry(label="Imports", section="imports", order=30, url=imports_url))
        tabs.add_list_link(label="Imports", url_name="plans:list_imports", permission="plans.bring_in")
        links.register(coverage_links)
        records.register(UpdateRecords())
        records.register(PublishedPlanRecords())
        records.register(ReadingRecords())
        uses.register(ActionUse())
        evidence_replaced.connect(follow_replaced, dispatch_uid="plans.follow_replaced")


def plans_url(request: HttpRequest) -> str | None:
    """The list of plans, for whoever may see plans here."""
    return _url(request, "plans:list_plans", "plans.see_plans")


def imports_url(request: HttpRequest) -> str | None:
    """The list of imports, for whoever may bring plans in; where schemes need the place, the list of plans leads to it."""
    from desaga.organisations.states import FUNDS_OTHERS

    organisation = getattr(request, "organisation", None)
    if organisation is not None and organisation.kind in FUNDS_OTHERS:
        return None
    return _url(request, "plans:list_imports", "plans.bring_in")


def coverage_links(request: HttpRequest, framework: str) -> list[Any]:
    """The coverage of each plan at work, held against the framework."""
    from urllib.parse import urlencode

    from django.urls import reverse

    from desaga.frameworks.links import Link

    from .queries.plans import plans_at_work

    slug = request.organisation.slug  # type: ignore[attr-defined]
    wanted = urlencode({"framework": framework})
    return [
        Link(plan.title, f"{reverse('plans:show_plan_coverage', args=[slug, plan.pk])}?{wanted}")
        for plan in plans_at_work()[:MOST_LINKS]
    ]


def _url(request: HttpRequest, name: str, permission: str) -> str | None:
    from django.urls import reverse

    organisation = getattr(request, "organisation", None)
    if organisation is None or not request.user.has_perm(permission, organisation):
        return None
    return reverse(name, args=[organisation.slug])
