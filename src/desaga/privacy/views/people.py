"""Who looked at rows of people, and who objects: for stewards and the lead."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import cached_property

from desaga.organisations.doors import WorkspaceFormView, WorkspaceView
from desaga.organisations.refusals import Refused

from .. import queries
from ..counting import SEES_NUMBERS, people_seen
from ..forms import AnswerForm, EnterObjectionForm, LinkForm, RequestForm
from ..models import Objection
from ..operations import objections, requests
from ..states import About
from .record import PrivacyMixin, export_file

ROWS_A_PAGE = 50


class ListAccessesView(PrivacyMixin, WorkspaceView):
    permission = "privacy.see_accesses"
    template_name = "privacy/list_accesses.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page = Paginator(queries.accesses(), ROWS_A_PAGE).get_page(self.request.GET.get("page"))
        exactly = self.request.user.has_perm(SEES_NUMBERS, self.organisation)
        for one in page.object_list:
            one.people = people_seen(one, exactly=exactly)
        return super().get_context_data(page_obj=page, **kwargs)


class TakePersonOutView(PrivacyMixin, WorkspaceFormView):
    """What is held of somebody who has no account and asks: the file is the answer, and stays nowhere here."""

    permission = "privacy.answer_requests"
    template_name = "privacy/take_person_out.html"
    form_class = RequestForm
    title, button = "Data of one person", "Take their data out"
    goes_to = "privacy:show_record"

    def form_valid(self, form: RequestForm) -> HttpResponse:
        told = {"actor": self.request.user, "organisation": self.organisation, "number": form.cleaned_data["number"]}
        try:
            content = requests.answer_request(**told)
        except Refused as refusal:
            form.add_error(None, str(refusal))
            return self.form_invalid(form)
        return export_file(content, form.cleaned_data["format"], "Your data", made_by=self.organisation.name)


class ListObjectionsView(PrivacyMixin, WorkspaceView):
    permission = "privacy.answer_objections"
    template_name = "privacy/list_objections.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page = Paginator(queries.objections(), ROWS_A_PAGE).get_page(self.request.GET.get("page"))
        return super().get_context_data(page_obj=page, **kwargs)


class EnterObjectionView(PrivacyMixin, WorkspaceFormView):
    """For people who have no account here."""

    permission = "privacy.answer_objections"
    form_class = EnterObjectionForm
    title, button = "Enter an objection", "Enter it"
    said = "It is entered. What they object to is left out from now on."
    goes_to = "privacy:list_objections"

    def perform(self, form: EnterObjectionForm) -> Objection:
        return objections.object_to(actor=self.request.user, organisation=self.organisation, **form.cleaned_data)


class ShowObjectionView(PrivacyMixin, WorkspaceFormView):
    """One objection: say whose rows, accept, or not."""

    permission = "privacy.answer_objections"
    template_name = "privacy/show_objection.html"
    form_class = AnswerForm
    title = "Objection"
    goes_to = "privacy:list_objections"

    @cached_property
    def objection(self) -> Objection:
        found = queries.objection_or_404(self.kwargs["pk"])
        found.organisation = self.organisation
        return found

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.objection and "number" in request.POST:
            return self.link(LinkForm(request.POST))
        return super().post(request, *args, **kwargs)

    def link(self, form: LinkForm) -> HttpResponse:
        if form.is_valid() and self.objection.person is not None:
            try:
                objections.link_rows(
                    actor=self.request.user, organisation=self.organisation, person=self.objection.person, **form.cleaned_data
                )  # fmt: skip
            except Refused as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(self.request, "Their rows are known, and left out from now on.")
                return redirect(self.request.path)
        return self.render_to_response(self.get_context_data(link_form=form, form=AnswerForm()))

    def perform(self, form: AnswerForm) -> None:
        told = {"actor": self.request.user, "objection": self.objection, "answer": form.cleaned_data["answer"]}
        if "accept" not in self.request.POST:
            objections.refuse(**told)
            messages.success(self.request, "The answer is given.")
            return
        counts = objections.accept(**told)
        gone = ", ".join(f"{number} {what}" for what, number in counts.items() if number)
        messages.success(self.request, f"It is accepted. Deleted: {gone}." if gone else "It is accepted.")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kwargs.setdefault("link_form", LinkForm())
        one = self.objection
        needs_rows = one.key is None and one.about != About.OTHER
        return super().get_context_data(
            objection=one, needs_rows=needs_rows, may_refuse=one.about != About.EQUALITY, is_open=one.state == "made", **kwargs
        )  # fmt: skip
