"""Keeping a framework that a plan's document spells out for the whole organisation."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.generic import View

from desaga.frameworks import operations
from desaga.frameworks.states import kind_of_name
from desaga.organisations.refusals import Refused

from ..queries.own_frameworks import framework_of_document
from .plans import PlanMixin


class KeepFrameworkView(PlanMixin, View):
    """Makes a draft of the organisation's own of it, to be looked at before it is used."""

    permission = "frameworks.keep_frameworks"
    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        found = framework_of_document(self.plan, request.POST.get("name", ""))
        try:
            edition = operations.begin_edition(
                actor=request.user,
                organisation=self.organisation,
                name=found.name,
                kind=kind_of_name(found.name),
                source=f"The document of “{self.plan.title}”"[:500],
                principles=found.principles,
            )
        except Refused as refusal:
            messages.error(request, str(refusal))
            return redirect(self.address("plans:show_plan_glossary", plan_pk=self.plan.pk))
        messages.success(
            request, " ".join(["Kept as a draft. Look at its principles, then put it in use.", *found.notices])
        )
        return redirect(self.address("frameworks:edit_principles", key=edition.key))
