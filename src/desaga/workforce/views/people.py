"""People whom a definition leaves to a person, and why somebody counts: asked, answered, overridden, taken back.

Rows of people: the HR data steward's alone. Each page is written down, without a name.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.views.generic import View

from desaga.organisations.doors import WorkspaceFormView, WorkspaceMixin, WorkspaceView
from desaga.organisations.refusals import Refused
from desaga.privacy.operations.accesses import record_access

from .. import defined, queries
from ..counting import exact
from ..defining_forms import FindPersonForm, OverrideForm
from ..defining_presenting import (
    facts_of,
    functions_of,
    shown_decisions,
    shown_people,
)
from ..models import Snapshot
from ..operations import settling
from .settling import ClassifiedMixin

GROUPS_A_PAGE, PEOPLE_A_PAGE, DECISIONS_A_PAGE = 25, 50, 50
WHY_SEEN = "To say who is technical staff"


def note_people_seen(request: HttpRequest, page: str, keys: list[UUID], snapshot: Snapshot | None = None) -> None:
    """Write down whose rows a page shows; nothing where it shows none."""
    if keys:
        record_access(actor=request.user, page=page, rows=len(keys), why=WHY_SEEN, snapshot=snapshot, keys=keys)


class ListBorderlineView(ClassifiedMixin, WorkspaceView):
    """Borderline people by title and grade, to answer about together; and one by one."""

    template_name = "workforce/list_borderline.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        held = self.worked_out
        groups = Paginator(defined.borderline_groups(held), GROUPS_A_PAGE).get_page(self.request.GET.get("page"))
        rows = Paginator(defined.borderline(held).order_by("key"), PEOPLE_A_PAGE).get_page(
            self.request.GET.get("people")
        )
        people = shown_people(rows, defined.classifier_of(held.version), functions_of(self.snapshot))
        note_people_seen(self.request, "Borderline people", [row.key for row in rows], self.snapshot)
        return super().get_context_data(
            page_obj=groups,
            row_page=rows,
            people=people,
            press=defined.last_press(self.request.user),
            **kwargs,
        )


class ShowBorderlineView(ClassifiedMixin, WorkspaceView):
    """One borderline person at a time."""

    template_name = "workforce/show_borderline.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        held = self.worked_out
        row = defined.next_borderline(held, key_asked(self.request.GET.get("after", "")))
        people = shown_people([row] if row else [], defined.classifier_of(held.version), functions_of(self.snapshot))
        note_people_seen(self.request, "Borderline people, one at a time", [row.key] if row else [], self.snapshot)
        return super().get_context_data(
            person=people[0] if people else None,
            left=defined.borderline(held).count(),
            press=defined.last_press(self.request.user),
            **kwargs,
        )


def key_asked(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


class AnswerBorderlineView(ClassifiedMixin, View):
    """Answers about one, about those ticked, or about all of one title and grade."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            made = self._answered()
        except Refused as refusal:
            messages.error(request, str(refusal))
        else:
            word = "technical staff" if made[0].technical else "not technical staff"
            messages.success(request, f"{exact(len(made))} answered: {word}.")
        if request.POST.get("goes") == "one":
            after = request.POST.get("key", "")
            mark = "&" if "?" in self.here("workforce:show_borderline") else "?"
            return redirect(f"{self.here('workforce:show_borderline')}{mark}after={key_asked(after) or ''}")
        return redirect(self.here("workforce:list_borderline"))

    def _answered(self) -> list[Any]:
        post = self.request.POST
        told: dict[str, Any] = {"actor": self.request.user, "classification": self.worked_out}
        told |= {"technical": "technical" in post, "reason": post.get("reason", "")[:1000]}
        if "title" in post:
            return settling.answer_group(title=post["title"], grade=post.get("grade", ""), **told)
        return settling.answer(keys=list(filter(None, map(key_asked, post.getlist("key")))), **told)


class TakeBackView(WorkspaceMixin, View):
    """Takes back all that was said with one press, and goes where one came from."""

    permission = "workforce.settle_people"
    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        press = key_asked(request.POST.get("press", ""))
        if press is None:
            raise Http404
        try:
            number = settling.take_back(actor=request.user, press=press)
        except Refused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, f"{exact(number)} taken back.")
        snapshot = request.POST.get("snapshot", "")
        if snapshot.isdecimal() and len(snapshot) < 19:
            return redirect(self.address("workforce:list_borderline", pk=int(snapshot)))
        return redirect(self.address("workforce:list_decisions"))


class ListDecisionsView(WorkspaceView):
    """What people decided, the newest first: overrides with their reasons, and answers."""

    permission = "workforce.settle_people"
    section = "workforce"
    template_name = "workforce/list_decisions.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kind = self.request.GET.get("kind", "")
        rows = defined.decisions()
        if kind in ("overrides", "answers"):
            rows = rows.filter(is_override=kind == "overrides")
        page = Paginator(rows, DECISIONS_A_PAGE).get_page(self.request.GET.get("page"))
        shown = shown_decisions(page)
        note_people_seen(self.request, "Decisions on people", [one.decision.person_key for one in shown])
        snapshot = queries.snapshots_in_force().first()
        return super().get_context_data(page_obj=page, decisions=shown, kind=kind, snapshot=snapshot, **kwargs)


class FindPersonView(ClassifiedMixin, WorkspaceFormView):
    """Finds somebody by their staff number, which goes into no address."""

    template_name = "workforce/find_person.html"
    form_class = FindPersonForm
    title = "Why does somebody count, or not?"
    button = "Show"

    def perform(self, form: FindPersonForm) -> None:
        self.found = settling.find_person(snapshot=self.snapshot, number=form.cleaned_data["number"])

    def back(self) -> str:
        return self.here("workforce:show_classification")

    def get_success_url(self) -> str:
        return self.here("workforce:show_classified", key=self.found)


class ShowClassifiedView(ClassifiedMixin, WorkspaceFormView):
    """Why somebody counts, or does not; and overriding it."""

    template_name = "workforce/show_classified.html"
    form_class = OverrideForm
    title = "Why they count, or do not"
    button = "Override the rules"
    said = "The rules are overridden for this person, until their job changes."

    @cached_property
    def row(self) -> Any:
        row = defined.row_of(self.worked_out, self.kwargs["key"])
        if row is None:
            raise Http404
        return row

    def perform(self, form: OverrideForm) -> None:
        settling.override(
            actor=self.request.user,
            classification=self.worked_out,
            key=self.row.key,
            technical=form.cleaned_data["technical"] == "yes",
            reason=form.cleaned_data["reason"],
        )

    def back(self) -> str:
        return self.here("workforce:show_classified", key=self.row.key)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        classifier = defined.classifier_of(self.worked_out.version)
        person = shown_people([self.row], classifier, functions_of(self.snapshot))[0]
        note_people_seen(self.request, "Why somebody counts", [self.row.key], self.snapshot)
        others = [
            (facts_of(row, functions_of(self.snapshot)), row) for row in defined.other_contracts(self.row)
        ]  # fmt: skip
        return super().get_context_data(person=person, others=others, **kwargs)
