"""Whose time is over: the dry run, the press after it, what is kept beyond its time; and equality figures of years that are over."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.functional import cached_property
from django.views.generic import View

from desaga.documents.out import FORMATS, Imprint
from desaga.organisations.doors import PressView, WorkspaceFormView, WorkspaceMixin, WorkspaceView
from desaga.organisations.refusals import Refused

from .. import keeping
from ..equality_words import charts_of, csv_table
from ..forms import HoldForm
from ..models import Application
from ..operations import equality_figures, stripping
from ..queries import equality as equality_reads
from ..queries import keeping as reads
from ..queries.applications import application_or_404
from ..urls_of import look_url
from .schemes import SchemeMixin

ROWS_A_PAGE = 50
RUNS_SHOWN = 20


class KeepsMixin(SchemeMixin):
    permission = "placements.run_schemes"

    def back(self) -> str:
        return self.address("placements:show_keeping", scheme_slug=self.scheme.slug)  # type: ignore[attr-defined]


class ShowKeepingView(KeepsMixin, WorkspaceView):
    """What would go, what stays, and what is held back; then one press."""

    template_name = "placements/show_keeping.html"

    @cached_property
    def found(self) -> keeping.Sorted:
        return reads.sorted_for(self.request.user, self.organisation, self.scheme, timezone.localdate())

    @cached_property
    def drafts(self) -> list[int]:
        return reads.unseen_over(self.scheme, timezone.localdate())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        due = self.found.due
        page = Paginator(due, ROWS_A_PAGE).get_page(self.request.GET.get("page"))
        kept = self.found.kept
        words = {one.pk: one for one in reads.facts_shown([one.pk for one in page] + [one.case.pk for one in kept])}
        return super().get_context_data(
            page_obj=page, rows=[(one, words[one.pk]) for one in page], kept=[(one, words[one.case.pk]) for one in kept],
            by_panel=keeping.by_panel(due), counts=[(what, number) for what, number in stripping.dry_run(due).items() if number],
            digest=stripping.digest_of(due, self.drafts), drafts=len(self.drafts), press=keeping.press_words(len(due), len(self.drafts)), holds=reads.holds_seen(self.request.user, self.organisation, self.scheme),
            runs=reads.runs_of(self.scheme)[:RUNS_SHOWN], periods=reads.periods_of(self.scheme),
            goes=keeping.GOES, stays=keeping.stays_in(self.nouns), nouns=self.nouns, elsewhere=keeping.ELSEWHERE,
            sees_equality=self.request.user.has_perm("placements.see_equality_figures", self.organisation), **kwargs,
        )  # fmt: skip

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        drafts = len(self.drafts)
        try:
            run = stripping.strip_after_look(
                actor=request.user,
                organisation=self.organisation,
                scheme=self.scheme,
                seen=request.POST.get("seen", ""),
            )
        except Refused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, keeping.done_words(run.applications, drafts))
        return redirect(self.back())


class StartStrippingView(KeepsMixin, PressView):
    def perform(self) -> str:
        stripping.switch_nightly(actor=self.request.user, scheme=self.scheme, on=True)
        return "From tonight on it is done by itself every night."


class StopStrippingView(KeepsMixin, PressView):
    def perform(self) -> str:
        stripping.switch_nightly(actor=self.request.user, scheme=self.scheme, on=False)
        return "Nothing goes by itself any more."


class HoldMixin(KeepsMixin):
    @cached_property
    def application(self) -> Application:
        return application_or_404(
            self.request.user, self.request.organisation, self.kwargs["scheme_slug"], self.kwargs["reference"]
        )

    def back(self) -> str:
        return look_url(self.request.organisation, self.application)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(application=self.application, **kwargs)


class PlaceHoldView(HoldMixin, WorkspaceFormView):
    template_name = "placements/application_form.html"
    form_class = HoldForm
    title, button = "Keep it beyond its time", "Keep it"
    said = "It is kept until somebody lets it go."

    def perform(self, form: HoldForm) -> None:
        stripping.place_hold(actor=self.request.user, application=self.application, **form.cleaned_data)


class LiftHoldView(HoldMixin, PressView):
    def perform(self) -> str:
        stripping.lift_hold(actor=self.request.user, application=self.application)
        return "Nothing keeps it beyond its time any more."


# ---- Equality figures


class EqualityMixin(SchemeMixin):
    permission = "placements.see_equality_figures"

    def back(self) -> str:
        return self.address("placements:show_equality_figures", scheme_slug=self.scheme.slug)  # type: ignore[attr-defined]


class ShowEqualityFiguresView(EqualityMixin, WorkspaceView):
    template_name = "placements/show_equality_figures.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        years = equality_reads.equality_years(self.scheme)
        over = equality_reads.years_over(self.scheme, timezone.localdate())
        return super().get_context_data(
            years=[(one, charts_of(one)) for one in years],
            to_make=sorted(over - {one.year for one in years}),
            is_asked=equality_figures.is_asked(self.scheme),
            **kwargs,
        )


class MakeEqualityFiguresView(EqualityMixin, PressView):
    def perform(self) -> str:
        year = self.kwargs["year"]
        equality_figures.make_figures(actor=self.request.user, scheme=self.scheme, year=year)
        return f"The figures of {year} are made, and stay as they are."


class TakeEqualityFiguresOutView(EqualityMixin, WorkspaceMixin, View):
    """One year as a file: the same protected values."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        year = equality_reads.equality_figures(self.scheme, self.kwargs["year"])
        if year is None:
            raise Http404
        format, title = FORMATS["csv"], f"Equality figures of {self.scheme.name}, {year.year}"
        content = format.write([csv_table(year, title)], Imprint(title, self.organisation.name, timezone.localdate()))
        name = f"equality-{self.scheme.slug}-{year.year}.csv"
        headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"}
        return HttpResponse(content, content_type=format.media_type, headers=headers)
