"""One's own account: what one is called, and stepping into an organisation for those who run the platform."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse, reverse_lazy
from django.views.generic import FormView, TemplateView, View

from desaga.organisations.operations.elevations import end_elevation, start_elevation
from desaga.organisations.refusals import Refused

from .. import operations, queries
from ..forms import ElevationForm, OwnDetailsForm

MINUTES_AN_HOUR = 60


class ShowAccountView(LoginRequiredMixin, TemplateView):
    template_name = "accounts/show_account.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        return super().get_context_data(
            person=queries.own_person(user),
            details=queries.own_details(user),
            has_second_step=queries.has_second_step(user),
            passkeys=queries.number_of_passkeys(user),
            **kwargs,
        )


class EditDetailsView(LoginRequiredMixin, FormView):
    """For those with a person's record: an account that only runs the platform has none."""

    template_name = "accounts/edit_details.html"
    form_class = OwnDetailsForm
    success_url = reverse_lazy("accounts:show_account")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.is_authenticated and not queries.own_person(request.user):
            raise Http404("This account belongs to nobody's record.")
        return super().dispatch(request, *args, **kwargs)

    def get_initial(self) -> dict[str, Any]:
        person, details = queries.own_person(self.request.user), queries.own_details(self.request.user)
        return {
            "name": person.name if person else "",
            "pronouns": person.pronouns if person else "",
            "personal_email": details.personal_email if details else "",
        }

    def form_valid(self, form: OwnDetailsForm) -> HttpResponse:
        operations.change_own_details(actor=self.request.user, **form.cleaned_data)
        messages.success(self.request, "Your details are saved.")
        return super().form_valid(form)


class PlatformMixin(LoginRequiredMixin):
    """For those who run the platform; for others there is no such page."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.is_authenticated and not request.user.has_perm("accounts.step_into_organisations"):
            raise Http404("There is no such page.")
        return super().dispatch(request, *args, **kwargs)


class ShowElevationView(PlatformMixin, FormView):
    """Stepping into an organisation: where, why, for how long; and what is on just now."""

    template_name = "accounts/show_elevation.html"
    form_class = ElevationForm

    def form_valid(self, form: ElevationForm) -> HttpResponse:
        asked = form.cleaned_data
        try:
            start_elevation(
                actor=self.request.user,
                organisation=asked["organisation"],
                reason=asked["reason"],
                hours=asked["minutes"] / MINUTES_AN_HOUR,
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
            return self.form_invalid(form)
        return redirect(reverse("home:show_organisation", args=[asked["organisation"].slug]))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(elevations=queries.elevations_in_force(self.request.user), **kwargs)


class EndElevationView(PlatformMixin, View):
    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        elevation = queries.own_elevation(request.user, pk)
        if elevation is None:
            raise Http404("There is no such elevation.")
        end_elevation(actor=request.user, elevation=elevation)
        messages.success(request, f"You have stepped out of {elevation.organisation.short_name}.")
        return redirect("accounts:show_elevation")
