"""A person's own data: everything that is held, who looked, and objecting."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.views.decorators.cache import never_cache
from django.views.generic import FormView, TemplateView, View

from desaga.organisations.models import Organisation
from desaga.organisations.refusals import Refused
from desaga.tenancy.context import within

from .. import queries
from ..forms import ObjectForm
from ..operations import exports, objections
from ..sealing import ExportKeyLost, open_export
from .record import export_file

ACCESSES_SHOWN = 20


@method_decorator(never_cache, name="dispatch")
class OwnMixin(LoginRequiredMixin):
    """A page of the person that an account is of; 404 to accounts of none."""

    request: HttpRequest

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.is_authenticated and request.user.person is None:
            raise Http404("This account is of no person.")
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def organisations(self) -> list[Organisation]:
        return queries.organisations_ever_of(self.request.user.person_id)  # type: ignore[union-attr]


class ShowOwnDataView(OwnMixin, TemplateView):
    template_name = "privacy/show_own_data.html"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            if "withdraw" in request.POST:
                self.withdraw(*request.POST["withdraw"].partition(" ")[::2])
            else:
                exports.ask_for_export(actor=request.user)
                messages.success(request, "Your data are being put together. You get an e-mail when they are there.")
        except Refused as refusal:
            messages.error(request, str(refusal))
        return redirect("privacy:show_own_data")

    def withdraw(self, slug: str, number: str) -> None:
        organisation = next((one for one in self.organisations if one.slug == slug), None)
        if organisation is None or not (number.isascii() and number.isdecimal()):
            raise Http404
        with within(organisation, user=self.request.user):
            objection = queries.own_objection_or_404(self.request.user.person, int(number))
            objections.withdraw(actor=self.request.user, objection=objection)
        messages.success(self.request, "It is withdrawn.")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        now = timezone.now()
        made = [one for one in queries.exports_of(self.request.user.person)[:5] if one.expires_at > now]
        return super().get_context_data(exports=made, organisations=list(self.told()), **kwargs)

    def told(self) -> Any:
        """Each organisation with its contact, the person's objections, and who looked at their rows."""
        for organisation in self.organisations:
            with within(organisation, user=self.request.user):
                key = queries.key_linked(self.request.user.person_id)
                yield {
                    "organisation": organisation,
                    "contact": queries.contact(),
                    "objections": list(queries.objections_of(self.request.user.person)),
                    "is_linked": key is not None,
                    "accesses": list(queries.accesses_to(key)[:ACCESSES_SHOWN]) if key else [],
                }


class TakeOwnDataView(OwnMixin, View):
    """The export as JSON, as a page that stands by itself, or as a paper."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        export = queries.export_or_404(request.user.person, self.kwargs["pk"], timezone.now())
        ending = self.kwargs["format"]
        try:
            content = open_export(export.sealed, export.about)
        except ExportKeyLost as refusal:
            messages.error(request, str(refusal))
            return redirect("privacy:show_own_data")
        if ending == "html":
            return render(request, "privacy/own_data.html", {"content": content, "export": export})
        return export_file(content, ending, "Your data")


class ObjectView(OwnMixin, FormView):
    template_name = "privacy/object.html"
    form_class = ObjectForm
    success_url = reverse_lazy("privacy:show_own_data")

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "organisations": self.organisations}

    def form_valid(self, form: ObjectForm) -> HttpResponse:
        told = dict(form.cleaned_data)
        organisation, user = told.pop("organisation"), self.request.user
        try:
            with within(organisation, user=user):
                objections.object_to(actor=user, organisation=organisation, person=user.person, **told)
        except Refused as refusal:
            form.add_error(None, str(refusal))
            return self.form_invalid(form)
        messages.success(
            self.request, "Your objection is written down, and waits for the HR data steward of your employer."
        )
        return super().form_valid(form)
