"""What anybody reads of schemes, without signing in.

The database is asked as nobody: it shows what is open and no more. Only figures are counted in the owner's name, and leave protected.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import Http404
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.generic import TemplateView

from desaga.organisations.models import Organisation
from desaga.tenancy.context import within

from ..answering import PEOPLE, parts
from ..figures import SENTENCE, figures
from ..models import Scheme
from ..queries import schemes as queries
from ..queries.figures import told_outcomes


class PublicMixin:
    """A page in the owner's name. `schemes` are those that it has opened; 404 where there are none."""

    kwargs: dict[str, Any]
    request: Any

    def schemes(self) -> list[Scheme]:
        found = list(queries.open_schemes(self.kwargs["owner"]))
        if not found:
            raise Http404("Nothing is open at this address.")
        return found

    def told(self, organisation: Organisation) -> dict[str, Any]:
        return {
            "organisation": organisation,
            "canonical": f"{settings.SITE_ADDRESS}{self.request.path}",
            "public_url": reverse("placements:list_open_schemes", args=[organisation.slug]),
        }


class ListOpenSchemesView(PublicMixin, TemplateView):
    template_name = "placements/list_open_schemes.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = self.schemes()
        return super().get_context_data(schemes=found, **self.told(found[0].organisation), **kwargs)


class ShowOpenSchemeView(PublicMixin, TemplateView):
    template_name = "placements/show_open_scheme.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        scheme = next((one for one in self.schemes() if one.slug == self.kwargs["scheme_slug"]), None)
        version = scheme and queries.version_in_force(scheme)
        if scheme is None or version is None:
            raise Http404("There is no such scheme.")
        today = localdate()
        next_round = queries.next_round(scheme, today)
        with within(scheme.organisation):
            told = told_outcomes(scheme)
        return super().get_context_data(
            scheme=scheme,
            definition=version.definition,
            parts=[part for part in parts(version.definition) if part.key != PEOPLE],
            next_round=next_round,
            is_last=queries.is_last(next_round),
            rounds=[one for one in queries.rounds_of(scheme) if one.meets_on >= today],
            takes=queries.takes_applications(scheme, today),
            figures=figures(told),
            policy_sentence=SENTENCE,
            **self.told(scheme.organisation),
            **kwargs,
        )
