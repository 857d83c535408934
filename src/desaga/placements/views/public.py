"""What anybody reads of schemes, without signing in.

The database is asked as nobody: it shows what is open and no more. Figures are those of published reports: nothing is counted here.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.text import slugify
from django.utils.timezone import localdate
from django.views.generic import ListView, TemplateView, View

from desaga.documents.out import FORMATS, PAPERS, Imprint
from desaga.organisations.models import Organisation
from desaga.organisations.sites import site_of

from ..answering import PEOPLE, parts
from ..defining import Nouns
from ..figures import SENTENCE
from ..forms.shown import HostsForm, PastAwardsForm
from ..models import FundPublication, Scheme
from ..publishing import charts_of, figures_table, shown_years
from ..queries import reported, shown
from ..queries import schemes as queries


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
        public_url = reverse("placements:list_open_schemes", args=[organisation.slug])
        return {
            "organisation": organisation,
            "site": site_of(organisation, without=public_url),
            "here": self.request.path,
            "canonical": f"{settings.SITE_ADDRESS}{self.request.path}",
            "public_url": public_url,
        }


class ListOpenSchemesView(PublicMixin, TemplateView):
    template_name = "placements/list_open_schemes.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = self.schemes()
        return super().get_context_data(schemes=found, **self.told(found[0].organisation), **kwargs)


class OpenSchemeMixin(PublicMixin):
    """About one scheme that is open."""

    @cached_property
    def scheme(self) -> Scheme:
        found = next((one for one in self.schemes() if one.slug == self.kwargs["scheme_slug"]), None)
        if found is None:
            raise Http404("There is no such scheme.")
        return found

    @cached_property
    def nouns(self) -> Nouns:
        return queries.nouns_of(self.scheme)

    @cached_property
    def reports(self) -> list[FundPublication]:
        return reported.published_reports(self.scheme)


class ShowOpenSchemeView(OpenSchemeMixin, TemplateView):
    """What it funds, who may apply, what comes next; who offers places, who has been, what became of applications."""

    template_name = "placements/show_open_scheme.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        scheme = self.scheme
        version = queries.version_in_force(scheme)
        if version is None:
            raise Http404("There is no such scheme.")
        today = localdate()
        offers, past = shown.offers_open(scheme), shown.awards_told(scheme)
        next_round = queries.next_round(scheme, today)
        return super().get_context_data(
            scheme=scheme,
            definition=version.definition,
            parts=[part for part in parts(version.definition) if part.key != PEOPLE],
            next_round=next_round,
            is_last=queries.is_last(next_round),
            rounds=[one for one in queries.rounds_of(scheme) if one.meets_on >= today],
            takes=queries.takes_applications(scheme, today),
            offers=[(one, shown.labels_of(one, version.definition)) for one in offers[:MOST_OFFERS]],
            offers_number=offers.count(),
            past=list(past[:FEW_PAST]),
            past_number=past.count(),
            reports=self.reports,
            **figures_told(self.reports, self.request.GET.get("year", "")),
            **self.told(scheme.organisation),
            **kwargs,
        )


#: So many stand on the scheme's page; the lists have the rest.
MOST_OFFERS, FEW_PAST = 6, 3


def figures_told(reports: list[FundPublication], chosen: str) -> dict[str, Any]:
    """The years that were published: how they compare, and the tables of one of them, each with its chart."""
    years = reported.figures_published(reports)
    name, tables = next((one for one in years if one[0] == chosen), years[0] if years else ("", []))
    return {
        "years": [one for one, _ in years],
        "year": name,
        "figures": charts_of(tables, name),
        "compared": charts_of(shown_years(years), "All years that are published"),
        "policy_sentence": SENTENCE,
        "is_narrowed": bool(chosen),
    }


class TakeFiguresOutView(OpenSchemeMixin, View):
    """All figures of all years that are published, as CSV."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.reports:
            raise Http404("No figures are published.")
        table = figures_table(reported.figures_published(self.reports), self.scheme.name)
        content = FORMATS["csv"].write([table], Imprint(table.title, self.scheme.organisation.name, localdate()))
        answer = HttpResponse(content, content_type=FORMATS["csv"].media_type)
        answer.headers["Content-Disposition"] = f'attachment; filename="{self.scheme.slug}-figures.csv"'
        answer.headers["X-Robots-Tag"] = "noindex"
        return answer


class TakePublishedReportView(OpenSchemeMixin, View):
    """A frozen file of a published report: the same bytes for everybody."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        file = reported.published_file(self.scheme, self.kwargs["pk"], self.kwargs["format"])
        format = PAPERS[file.ending]
        answer = HttpResponse(bytes(file.content), content_type=format.media_type)
        name = f"{slugify(file.publication.content['title'])[:80]}.{file.ending}"
        answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
        # Asked for anew each time: an award leaves the file as soon as its consent is taken back.
        answer.headers["Cache-Control"] = "no-cache"
        answer.headers["ETag"] = f'"{file.sha256}"'
        return answer


class ListPastAwardsView(OpenSchemeMixin, ListView):
    """Past awards with consent, to be searched and narrowed."""

    template_name = "placements/list_past_awards.html"
    paginate_by = 20
    context_object_name = "awards"

    def get_queryset(self) -> Any:
        self.form = PastAwardsForm(self.request.GET or None, choices=shown.choices_of(self.scheme), nouns=self.nouns)
        rows = shown.awards_told(self.scheme)
        return shown.narrowed(rows, self.form.cleaned_data) if self.form.is_valid() else rows

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            scheme=self.scheme, form=self.form, nouns=self.nouns, is_narrowed=bool(self.request.GET),
            **self.told(self.scheme.organisation), **kwargs
        )  # fmt: skip


class ListHostOffersView(OpenSchemeMixin, ListView):
    """The hosts that offer places now."""

    template_name = "placements/list_host_offers.html"
    paginate_by = 20
    context_object_name = "offers"

    def get_queryset(self) -> Any:
        version = queries.version_in_force(self.scheme)
        question = version.definition.question("discipline") if version else None
        self.definition = version.definition if version else None
        self.form = HostsForm(
            self.request.GET or None,
            disciplines=[(one.value, one.label) for one in question.choices] if question else [],
        )
        rows = shown.offers_open(self.scheme)
        return shown.offers_narrowed(rows, self.form.cleaned_data) if self.form.is_valid() else rows

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        told = super().get_context_data(
            scheme=self.scheme, form=self.form, is_narrowed=bool(self.request.GET), **self.told(self.scheme.organisation), **kwargs
        )  # fmt: skip
        definition = self.definition
        return {
            **told,
            "host_noun": definition.host_noun if definition else "host",
            "labelled": [(one, shown.labels_of(one, definition)) for one in told["page_obj"]] if definition else [],
        }
