"""An organisation's indicators: the list, one of them, and what is counted by hand."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.text import slugify
from django.views.generic import View

from desaga.documents.out import FORMATS, Imprint, Table
from desaga.organisations.doors import ConfirmView, WorkspaceFormView, WorkspaceMixin, WorkspaceView
from desaga.ui.fonts import font_files

from . import operations, queries, registry
from .forms import EditSeriesForm, ReadSeriesForm, SeriesForm
from .lines import Line
from .models import ManualSeries
from .presenting import chart_of, rows_of_indicators, rows_of_series
from .registry import Indicator
from .states import Better, Disclosure
from .tables import readings_as_table
from .trends import Point

ROWS_A_PAGE = 25
FORMATS_OFFERED = (("xlsx", "Excel"), ("csv", "CSV"), ("pdf", "PDF"), ("json", "JSON"))


class IndicatorsMixin(WorkspaceMixin):
    permission = "indicators.see_indicators"
    section = "plans"


class ListIndicatorsView(IndicatorsMixin, WorkspaceView):
    """Where everything stands: what Desaga counts, bounded by what slices declare, and what is counted by hand, page by page."""

    template_name = "indicators/list_indicators.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        today = timezone.localdate()
        shows_ended = "ended" in self.request.GET
        page = Paginator(queries.series_listed(ended=shows_ended), ROWS_A_PAGE).get_page(self.request.GET.get("page"))
        series = list(page.object_list)
        return super().get_context_data(
            rows=rows_of_indicators(registry.indicators(), queries.lines_listed(today, self.request.user)),
            page_obj=page,
            shows_ended=shows_ended,
            has_ended=queries.series_listed(ended=True).exists(),
            own_rows=rows_of_series(series, queries.manual_lines_listed(series, today)),
            can_keep=self.request.user.has_perm("indicators.keep_series", self.organisation),
            **kwargs,
        )


class LineMixin(IndicatorsMixin):
    """A page about one line: an indicator, a part of it, or a series kept by hand."""

    def line(self) -> Line:
        raise NotImplementedError

    def described(self) -> tuple[str, str, str]:
        """Name, unit, definition."""
        raise NotImplementedError


class IndicatorMixin(LineMixin):
    @cached_property
    def indicator(self) -> Indicator:
        found = queries.indicator(self.kwargs["key"])  # type: ignore[attr-defined]
        if found is None:
            raise Http404("There is no such indicator.")
        return found

    @cached_property
    def parts(self) -> list[Any]:
        return queries.parts_of(self.indicator.key, self.request.user)

    @cached_property
    def part(self) -> Any:
        """The part that the address asks for, as it was read last; of an indicator without a whole, the first. None for the whole."""
        wanted = (self.request.GET.get("cut", ""), self.request.GET.get("part", ""))
        found = next((one for one in self.parts if (one.cut, one.part) == wanted), None)
        if found is None and wanted != ("", ""):
            raise Http404("There is no such part.")
        return found or (None if self.indicator.has_whole or not self.parts else self.parts[0])

    def line(self) -> Line:
        return Line(self.indicator.key, self.part.cut, self.part.part) if self.part else Line(self.indicator.key)

    def described(self) -> tuple[str, str, str]:
        name = f"{self.indicator.name}: {self.part.label}" if self.part else self.indicator.name
        return name, self.indicator.unit, self.indicator.definition


class SeriesMixin(LineMixin):
    @cached_property
    def series(self) -> ManualSeries:
        return queries.series_or_404(self.kwargs["pk"])  # type: ignore[attr-defined]

    def line(self) -> Line:
        return Line(series=self.series.pk)

    def described(self) -> tuple[str, str, str]:
        return self.series.name, self.series.unit, self.series.definition

    def back(self) -> str:
        return self.series.get_absolute_url()


class ShowLineView(LineMixin, WorkspaceView):
    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        name, unit, _ = self.described()
        readings = list(queries.readings_of(self.line(), self.request.user))
        points = [Point(one.on, one.value) for one in readings if one.value is not None]
        return super().get_context_data(
            name=name,
            unit=unit,
            last=readings[-1] if readings else None,
            chart=chart_of(name, unit, points),
            formats=FORMATS_OFFERED,
            **kwargs,
        )


class ShowIndicatorView(IndicatorMixin, ShowLineView):
    template_name = "indicators/show_indicator.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        part = urlencode({"cut": self.part.cut, "part": self.part.part}) if self.part else ""
        cuts = [(word, [one for one in self.parts if one.cut == cut]) for cut, word in self.indicator.cuts.items()]
        return super().get_context_data(
            indicator=self.indicator,
            part=self.part,
            asked=part,
            cuts=[(word, parts) for word, parts in cuts if parts],
            hides=self.indicator.disclosure == Disclosure.SMALL_HIDDEN,
            disclosure=Disclosure(self.indicator.disclosure).label,
            better=Better(self.indicator.better).label,
            **kwargs,
        )


class ShowSeriesView(SeriesMixin, ShowLineView):
    template_name = "indicators/show_series.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page = Paginator(queries.every_reading_of(self.line()), ROWS_A_PAGE).get_page(self.request.GET.get("page"))
        return super().get_context_data(
            series=self.series,
            page_obj=page,
            can_keep=self.request.user.has_perm("indicators.keep_series", self.organisation),
            **kwargs,
        )


class TakeLineOutView(LineMixin, View):
    """The readings as a file."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        format, today = FORMATS.get(self.kwargs["format"]), timezone.localdate()
        if format is None:
            raise Http404("Desaga writes no such files.")
        name, _, definition = self.described()
        content = format.write(
            self.tables(name, definition), Imprint(name, self.organisation.name, today, font_files())
        )
        file = f"{slugify(name)[:60].strip('-')}-{today.isoformat()}.{format.ending}"
        headers = {"Content-Disposition": f'attachment; filename="{file}"', "Cache-Control": "private, no-store"}
        return HttpResponse(content, content_type=format.media_type, headers=headers)

    def tables(self, name: str, definition: str) -> list[Table]:
        return readings_as_table(name, definition, queries.readings_of(self.line(), self.request.user))


class TakeIndicatorOutView(IndicatorMixin, TakeLineOutView):
    pass


class TakeSeriesOutView(SeriesMixin, TakeLineOutView):
    pass


class AddSeriesView(IndicatorsMixin, WorkspaceFormView):
    permission = "indicators.keep_series"
    template_name = "indicators/series_form.html"
    form_class = SeriesForm
    title = "Count something by hand"
    button = "Count it"
    said = "{} is counted from now on. Say where it stands."
    goes_to = "indicators:list_indicators"

    def perform(self, form: SeriesForm) -> ManualSeries:
        self.added = operations.add_series(actor=self.request.user, organisation=self.organisation, **form.cleaned_data)
        return self.added

    def get_success_url(self) -> str:
        return self.added.get_absolute_url()


class SeriesFormView(SeriesMixin, WorkspaceFormView):
    permission = "indicators.keep_series"
    template_name = "indicators/series_form.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(series=self.series, **kwargs)


class EditSeriesView(SeriesFormView):
    form_class = EditSeriesForm
    title = "Word it better"
    button = "Save"
    said = "Saved."

    def get_initial(self) -> dict[str, Any]:
        return {name: getattr(self.series, name) for name in ("name", "definition", "better")}

    def perform(self, form: EditSeriesForm) -> None:
        operations.change_series(actor=self.request.user, series=self.series, **form.cleaned_data)


class ReadSeriesView(SeriesFormView):
    form_class = ReadSeriesForm
    title = "Say where it stands"
    button = "Add the reading"
    said = "The reading is added."

    def perform(self, form: ReadSeriesForm) -> None:
        operations.read_series(actor=self.request.user, series=self.series, **form.cleaned_data)


class EndSeriesView(SeriesMixin, ConfirmView):
    permission = "indicators.keep_series"
    title = "Count it no more"
    sentence = "It stands no longer in the list, and measures that read it get no new readings. Its readings are kept."
    button = "Count it no more"
    said = "It is counted no more."

    def thing(self) -> ManualSeries:
        return self.series

    def perform(self) -> ManualSeries:
        return operations.end_series(actor=self.request.user, series=self.series)
