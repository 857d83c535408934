from __future__ import annotations

from django.apps import AppConfig
from django.http import HttpRequest

#: What the organisation's audit page tells of. Of applications it tells nothing: who may read of one is said by `queries/applications.py` alone.
TOLD_IN_THE_AUDIT = ("Scheme", "SchemeVersion", "Round", "Budget", "PanelMember")


class PlacementsConfig(AppConfig):
    name = "desaga.placements"
    label = "placements"
    verbose_name = "Placements"

    def ready(self) -> None:
        from desaga.accounts import ways_in
        from desaga.audit.queries import seal
        from desaga.evidence import records
        from desaga.indicators import registry
        from desaga.notifications.queries import seal as seal_mails
        from desaga.organisations.queries import keep_apart
        from desaga.ui import finding, navigation, waiting

        from . import private, private_awards, receivers
        from .evidencing import PlacementRecords
        from .finding import find_applications
        from .indicators import SOURCE
        from .queries.applications import who_applied
        from .queries.mails import known_by_mails
        from .waiting import own_waiting
        from .waiting_staff import schemes_waiting
        from .ways import leads_to_an_application

        private.register()
        private_awards.register()
        receivers.listen()
        records.register(PlacementRecords())
        registry.register(SOURCE)
        waiting.register_own(own_waiting)
        ways_in.register(leads_to_an_application)
        navigation.register(navigation.Entry(label="Schemes", section="placements", order=15, url=schemes_url))
        waiting.register(schemes_waiting)
        keep_apart(who_applied)
        finding.register(finding.Kind(label="Applications", search=find_applications, order=60))
        seal_mails("placements.application", known_by_mails)
        seal(*(model._meta.label_lower for model in self.get_models() if model.__name__ not in TOLD_IN_THE_AUDIT))


def schemes_url(request: HttpRequest) -> str | None:
    """The schemes, for whoever has to do with them, where schemes are what the organisation does."""
    from django.urls import reverse

    from desaga.organisations.states import FUNDS_OTHERS

    organisation = getattr(request, "organisation", None)
    if organisation is None or organisation.kind not in FUNDS_OTHERS:
        return None
    if not request.user.has_perm("placements.see_schemes", organisation):
        return None
    return reverse("placements:list_schemes", args=[organisation.slug])
