"""Permission at the door of a workspace page, and the shapes that its pages share."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.views.generic import FormView, TemplateView, View

from .models import Organisation
from .refusals import Refused


class WorkspaceMixin:
    """A page under `/o/<organisation>/`: open to those with `permission` there, marked in the navigation as `section`.

    Outside the tenant the middleware has answered 404 already; within it, a missing permission is 403.
    """

    permission = "organisations.see_organisation"
    section = ""
    request: HttpRequest

    @property
    def organisation(self) -> Organisation:
        return self.request.organisation  # type: ignore[attr-defined]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.has_perm(self.permission, self.asked_about()):  # type: ignore[union-attr]
            raise PermissionDenied("Your role here does not open this page. Ask the lead of your organisation.")
        if self.section:
            request.navigation_section = self.section  # type: ignore[attr-defined]
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]

    def asked_about(self) -> Any:
        """What the permission is asked for: the organisation, unless the page is about a thing with rules of its own."""
        return self.organisation

    def address(self, name: str, **ids: Any) -> str:
        """The address of another page of this workspace: `self.address("organisations:edit_unit", pk=3)`."""
        return reverse(name, kwargs={"organisation_slug": self.organisation.slug, **ids})


class WorkspaceView(WorkspaceMixin, TemplateView):
    """A page to read."""


class WorkspaceFormView(WorkspaceMixin, FormView):
    """A page with one form: valid data goes to `perform`, a refusal comes back as an error above the form."""

    template_name = "organisations/form.html"
    title = button = ""
    goes_to = ""
    said = ""

    def perform(self, form: Any) -> Any:
        """Make the one call. Raise a `Refused` to say no."""
        raise NotImplementedError

    def back(self) -> str:
        """Where one comes from, and goes on to."""
        return self.address(self.goes_to)

    def get_success_url(self) -> str:
        return self.back()

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            result = self.perform(form)
        except Refused as refusal:
            form.add_error(None, str(refusal))
            return self.form_invalid(form)
        if self.said:
            messages.success(self.request, self.said.format(result))
        return redirect(self.get_success_url())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(title=self.title, button=self.button, back=self.back(), **kwargs)


class PressView(WorkspaceMixin, View):
    """One press: `perform` does one thing and answers what to say of it, if anything; then back to where one was."""

    http_method_names = ["post"]
    goes_to = ""

    def perform(self) -> str:
        """Make the one call. Raise a `Refused` to say no."""
        raise NotImplementedError

    def back(self) -> str:
        return self.address(self.goes_to)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            said = self.perform()
        except Refused as refusal:
            messages.error(request, str(refusal))
        else:
            if said:
                messages.success(request, said)
        return redirect(self.back())


class ConfirmView(WorkspaceView):
    """Asks once before a thing is ended; says what will happen. `perform` makes the one call."""

    template_name = "organisations/confirm.html"
    title = sentence = button = said = goes_to = ""

    def thing(self) -> Any:
        """What is to be ended; 404 where there is no such thing of ours."""
        raise NotImplementedError

    def perform(self) -> Any:
        raise NotImplementedError

    def back(self) -> str:
        return self.address(self.goes_to)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            result = self.perform()
        except Refused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, self.said.format(result))
        return redirect(self.back())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        words = {"title": self.title, "sentence": self.sentence, "button": self.button}
        if "thing" not in kwargs:
            kwargs["thing"] = self.thing()
        return super().get_context_data(back=self.back(), **words, **kwargs)
