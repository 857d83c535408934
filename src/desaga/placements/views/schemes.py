"""Schemes, for those who run them, sit on their panels or keep their money."""

from __future__ import annotations

from typing import Any

from django.utils.functional import cached_property

from desaga.organisations.doors import WorkspaceView

from ..models import Scheme
from ..queries.applications import applications_for
from ..queries.schemes import (
    money_of,
    next_round,
    rounds_of,
    scheme_or_404,
    schemes_told,
    version_in_force,
    version_written,
)
from ..tabs import tabs_of


class SchemeMixin:
    """A page about one scheme; `tab` is the URL name of the tab it stands under."""

    permission = "placements.see_schemes"
    section = "placements"
    tab = "placements:show_scheme"
    kwargs: dict[str, Any]
    request: Any

    @cached_property
    def scheme(self) -> Scheme:
        scheme = scheme_or_404(self.kwargs["scheme_slug"])
        scheme.organisation = self.request.organisation
        return scheme

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        tabs = tabs_of(self.request.user, self.scheme, self.tab)
        may_run = self.request.user.has_perm("placements.run_schemes", self.request.organisation)
        return super().get_context_data(scheme=self.scheme, tabs=tabs, may_run=may_run, **kwargs)  # type: ignore[misc]


class ListSchemesView(WorkspaceView):
    template_name = "placements/list_schemes.html"
    permission = "placements.see_schemes"
    section = "placements"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        mine = applications_for(self.request.user, self.organisation)
        return super().get_context_data(schemes=list(schemes_told(mine)), **kwargs)


class ShowSchemeView(SchemeMixin, WorkspaceView):
    template_name = "placements/show_scheme.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        scheme = self.scheme
        sees_money = self.request.user.has_perm("placements.keep_money", self.organisation)
        return super().get_context_data(
            version=version_in_force(scheme),
            written=version_written(scheme),
            rounds=list(rounds_of(scheme)),
            sees_money=sees_money,
            money=[(budget, money_of(budget)) for budget in scheme.budgets.all()] if sees_money else [],
            next_round=next_round(scheme),
            **kwargs,
        )
