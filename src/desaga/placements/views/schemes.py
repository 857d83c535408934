"""Schemes, for those who run them, sit on their panels or keep their money."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.functional import cached_property

from desaga.organisations.doors import ConfirmView, WorkspaceFormView, WorkspaceView

from ..defining import Nouns
from ..forms.schemes import BudgetForm, NewRoundForm, RoundForm, RoundsForm, SchemeFactsForm, SchemeForm
from ..models import Application, Budget, Round, Scheme
from ..operations import schemes as operations
from ..queries import schemes as queries
from ..queries.applications import applications_for, applications_not_hidden
from ..queries.waiting import to_plan
from ..states import PLANS_PANELS
from ..tabs import tabs_of

RUNS = "placements.run_schemes"


class SchemeMixin:
    """A page about one scheme; `tab` is the URL name of the tab it stands under."""

    permission = "placements.see_schemes"
    section = "placements"
    tab = "placements:show_scheme"
    kwargs: dict[str, Any]
    request: Any

    @cached_property
    def scheme(self) -> Scheme:
        scheme = queries.scheme_or_404(self.kwargs["scheme_slug"])
        scheme.organisation = self.request.organisation
        return scheme

    @property
    def readable(self) -> QuerySet[Application]:
        """What whoever looks may read: counts begin here."""
        return applications_for(self.request.user, self.request.organisation)

    @cached_property
    def nouns(self) -> Nouns:
        """The scheme's own words, for pages that speak of awards and hosts."""
        return queries.nouns_of(self.scheme)

    def back(self) -> str:
        return self.scheme.get_absolute_url()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        tabs = tabs_of(self.request.user, self.scheme, self.tab)
        may_run = self.request.user.has_perm(RUNS, self.request.organisation)
        return super().get_context_data(scheme=self.scheme, tabs=tabs, may_run=may_run, **kwargs)  # type: ignore[misc]


class ListSchemesView(WorkspaceView):
    template_name = "placements/list_schemes.html"
    permission = "placements.see_schemes"
    section = "placements"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        may_run = self.request.user.has_perm(RUNS, self.organisation)  # type: ignore[union-attr]
        mine = applications_for(self.request.user, self.organisation)
        return super().get_context_data(schemes=list(queries.schemes_told(mine)), may_run=may_run, **kwargs)


class ShowSchemeView(SchemeMixin, WorkspaceView):
    template_name = "placements/show_scheme.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        scheme, next_round = self.scheme, queries.next_round(self.scheme)
        may_run = self.request.user.has_perm(RUNS, self.organisation)
        sees_money = self.request.user.has_perm("placements.keep_money", self.organisation)
        return super().get_context_data(
            version=queries.version_in_force(scheme),
            written=queries.version_written(scheme),
            rounds=list(queries.rounds_of(scheme)),
            sees_money=sees_money,
            money=queries.money_by_year(scheme, applications_not_hidden(self.request.user)) if sees_money else [],
            sees_equality=self.request.user.has_perm("placements.see_equality_figures", self.organisation),
            next_round=next_round,
            is_last=queries.is_last(next_round),
            plans=scheme.state in PLANS_PANELS,
            panels_without_money=list(queries.panels_without_money(scheme)) if may_run else [],
            has_ended=scheme.ends_on < timezone.localdate(),
            no_panel=to_plan(self.request.user, self.organisation).filter(scheme=scheme).count() if may_run else 0,
            **kwargs,
        )


class StartSchemeView(WorkspaceFormView):
    permission = RUNS
    section = "placements"
    form_class = SchemeForm
    title, button, goes_to = "Start a scheme", "Start it", "placements:list_schemes"

    def perform(self, form: SchemeForm) -> None:
        told = {"actor": self.request.user, "organisation": self.organisation}
        self.started = operations.start_scheme(**told, **form.cleaned_data)

    def get_success_url(self) -> str:
        return self.started.get_absolute_url()


class SchemeFormView(SchemeMixin, WorkspaceFormView):
    """A form about one scheme, under its tabs."""

    permission = RUNS
    template_name = "placements/scheme_form.html"


class EditSchemeView(SchemeFormView):
    form_class = SchemeFactsForm
    title, button = "What it is called, and how it ends", "Save"

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "scheme": self.scheme, "others": queries.schemes()}

    def get_initial(self) -> dict[str, Any]:
        names = (
            "name",
            "slug",
            "contact",
            "starts_on",
            "ends_on",
            "ending",
            "successor",
            "evaluation_due_on",
            "evaluation_url",
        )
        return {name: getattr(self.scheme, name) for name in names}

    def perform(self, form: SchemeFactsForm) -> None:
        told = {name: value for name, value in form.cleaned_data.items() if name != "sure"}
        self.changed = operations.edit_scheme(actor=self.request.user, scheme=self.scheme, **told)

    def form_valid(self, form: SchemeFactsForm) -> HttpResponse:
        """Days that leave open applications outside are said first, and saved when they are sent once more."""
        starts_on, ends_on = form.cleaned_data["starts_on"], form.cleaned_data["ends_on"]
        changes = (starts_on, ends_on) != (self.scheme.starts_on, self.scheme.ends_on)
        number = queries.outside(self.readable, self.scheme, starts_on, ends_on) if changes else 0
        if number and form.cleaned_data["sure"] != str(number):
            form.data = form.data.copy()
            form.data["sure"] = str(number)
            lie = "application lies" if number == 1 else "applications lie"
            form.add_error("ends_on", f"{number} open {lie} outside these days. Save once more if that is meant.")
            return self.form_invalid(form)
        return super().form_valid(form)

    def get_success_url(self) -> str:
        return self.changed.get_absolute_url()


class PressOnScheme(SchemeMixin, ConfirmView):
    """Asks once, then does one thing with the scheme."""

    permission = RUNS

    def thing(self) -> Scheme:
        return self.scheme


class OpenSchemeView(PressOnScheme):
    title, button, said = "Open this scheme", "Open it", "The scheme is open."
    sentence = "Its page is shown to everybody, and people can apply."

    def perform(self) -> None:
        operations.open_scheme(actor=self.request.user, scheme=self.scheme)


class WindDownView(PressOnScheme):
    title, button, said = "Wind this scheme down", "Wind it down", "The scheme is winding down."
    sentence = "People can still apply for the panels that are planned; after the last of them nobody can. No more panels are planned. Whoever has begun and not sent gets an e-mail. You can open it again."

    def perform(self) -> None:
        operations.wind_down(actor=self.request.user, scheme=self.scheme)


class CloseSchemeView(PressOnScheme):
    title, button, said = "Close this scheme", "Close it", "The scheme is closed."
    sentence = "Nobody can apply any more. What came in is decided, and what was awarded goes on. Its page stays and says what follows. Whoever has begun and not sent gets an e-mail."

    def perform(self) -> None:
        operations.close_scheme(actor=self.request.user, scheme=self.scheme)


class PlanRoundView(SchemeFormView):
    form_class = NewRoundForm
    title, button, said = "Plan a panel", "Plan it", "The panel is planned."

    def perform(self, form: RoundForm) -> None:
        operations.plan_round(actor=self.request.user, scheme=self.scheme, **form.cleaned_data)


class PlanRoundsView(SchemeFormView):
    """Shows the days first; they are planned when they are sent once more."""

    form_class = RoundsForm
    template_name = "placements/plan_rounds.html"
    title, button, said = "Plan panels until the end", "Show the days", "The panels are planned."

    def get_initial(self) -> dict[str, Any]:
        return {"until": self.scheme.ends_on}

    def perform(self, form: RoundsForm) -> None:
        operations.plan_rounds(actor=self.request.user, scheme=self.scheme, days=form.days())

    def form_valid(self, form: RoundsForm) -> HttpResponse:
        known = {one.meets_on for one in queries.rounds_of(self.scheme)}
        days = [one for one in form.days() if one.meets_on not in known]
        shown = " ".join(str(one.meets_on) for one in days)
        if "plan" in self.request.POST and self.request.POST.get("shown") == shown:
            return super().form_valid(form)
        return self.render_to_response(self.get_context_data(form=form, days=days, shown=shown, has_looked=True))


class RoundMixin:
    """A page about one panel of the scheme."""

    scheme: Scheme
    kwargs: dict[str, Any]

    @cached_property
    def round(self) -> Round:
        return get_object_or_404(queries.rounds_of(self.scheme), pk=self.kwargs["pk"])


def told_by_mail(number: int) -> str:
    """How many hear of it, before it is done; of those whom somebody may know, so that nothing follows from there being none."""
    if not number:
        return "Whoever waits for it reads that on their page and gets an e-mail."
    return f"{number} applicant{' reads' if number == 1 else 's read'} that on their page and get{'s' if number == 1 else ''} an e-mail."


class EditRoundView(RoundMixin, SchemeFormView):
    form_class = RoundForm
    title, button, said = "Change this panel", "Save", "Saved."

    def get_initial(self) -> dict[str, Any]:
        return {name: getattr(self.round, name) for name in ("name", "cut_off_on", "meets_on", "answers_by")}

    def get_form(self, form_class: Any = None) -> Any:
        form = super().get_form(form_class)
        form.fields[
            "answers_by"
        ].help_text = f"Where it meets or answers on another day: {told_by_mail(queries.told_if_moved(self.readable, self.round))}"
        return form

    def perform(self, form: RoundForm) -> None:
        operations.edit_round(actor=self.request.user, round_=self.round, **form.cleaned_data)


class CallOffRoundView(RoundMixin, PressOnScheme):
    title, button, said = "Call this panel off", "Call it off", "The panel is called off."

    @property
    def sentence(self) -> str:  # type: ignore[override]
        number = queries.told_if_moved(self.readable, self.round)
        return f"What was to be heard there is heard at the next panel. {told_by_mail(number)}"

    def thing(self) -> Any:
        return self.round

    def perform(self) -> None:
        operations.call_off_round(actor=self.request.user, round_=self.round)


class AddBudgetView(SchemeFormView):
    form_class = BudgetForm
    title, button, said = "The money of a year", "Save", "Saved."
    budget: Budget | None = None

    def perform(self, form: BudgetForm) -> None:
        operations.set_budget(actor=self.request.user, scheme=self.scheme, budget=self.budget, **form.cleaned_data)


class EditBudgetView(AddBudgetView):
    @cached_property
    def budget(self) -> Budget:  # type: ignore[override]
        return get_object_or_404(queries.budgets_of(self.scheme), pk=self.kwargs["pk"])

    def get_initial(self) -> dict[str, Any]:
        return {name: getattr(self.budget, name) for name in ("name", "starts_on", "ends_on", "amount")}
