"""A definition on a snapshot: counts by rule, the borderline people for a human, overrides, and two versions compared.

Exact counts and rows of people: the HR data steward's alone. Each page with rows of people is written down, without a name.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.views.generic import View

from desaga.organisations.doors import WorkspaceFormView, WorkspaceMixin, WorkspaceView
from desaga.organisations.refusals import Refused
from desaga.privacy.operations.accesses import record_access

from .. import defined, queries
from ..defining_forms import FindPersonForm, OverrideForm
from ..defining_presenting import (
    facts_of,
    functions_of,
    shown_decisions,
    shown_moves,
    shown_people,
    shown_rules,
    total_of,
    totals_of,
)
from ..models import Classification, DefinitionVersion, Snapshot
from ..operations import classifying, settling

GROUPS_A_PAGE, PEOPLE_A_PAGE, DECISIONS_A_PAGE = 25, 50, 50
WHY_SEEN = "To say who is technical staff"


def note_people_seen(request: HttpRequest, page: str, keys: list[UUID], snapshot: Snapshot | None = None) -> None:
    """Write down whose rows a page shows; nothing where it shows none."""
    if keys:
        record_access(actor=request.user, page=page, rows=len(keys), why=WHY_SEEN, snapshot=snapshot, keys=keys)


class ClassifiedMixin(WorkspaceMixin):
    """A page about a snapshot under a version: the one that the address names, else the one in force, else the draft."""

    permission = "workforce.settle_people"
    section = "workforce"

    @cached_property
    def snapshot(self) -> Snapshot:
        snapshot = queries.snapshot_or_404(self.kwargs["pk"])  # type: ignore[attr-defined]
        snapshot.organisation = self.organisation
        return snapshot

    @cached_property
    def version(self) -> DefinitionVersion | None:
        asked = self.request.POST.get("version") or self.request.GET.get("version") or ""
        return defined.version_or_404(int(asked)) if asked.isdecimal() and len(asked) < 19 else defined.to_work_by()

    @cached_property
    def held(self) -> Classification | None:
        return defined.classification(self.snapshot, self.version)

    @cached_property
    def worked_out(self) -> Classification:
        """What was worked out; 404 where it was not yet."""
        if self.held is None or not self.held.is_done:
            raise Http404
        return self.held

    def here(self, name: str, **ids: Any) -> str:
        """The address of another page about the same snapshot and version."""
        version = f"?version={self.version.pk}" if self.version and self.version != defined.to_work_by() else ""
        return f"{self.address(name, pk=self.snapshot.pk, **ids)}{version}"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        told = {"snapshot": self.snapshot, "version": self.version, "held": self.held}
        asks = f"?version={self.version.pk}" if self.version and self.version != defined.to_work_by() else ""
        return super().get_context_data(asks=asks, **told, **kwargs)  # type: ignore[misc]


class ShowClassificationView(ClassifiedMixin, WorkspaceView):
    """What the version makes of the snapshot, by rule. While the worker is at it the page looks again by itself."""

    template_name = "workforce/show_classification.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.htmx and self.held and self.held.is_done:  # type: ignore[attr-defined]
            return HttpResponse(headers={"HX-Redirect": self.here("workforce:show_classification")})
        return super().get(request, *args, **kwargs)

    def get_template_names(self) -> list[str]:
        return [f"{self.template_name}{'#progress' if self.request.htmx else ''}"]  # type: ignore[attr-defined]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        counts = defined.rule_counts(self.held) if self.held and self.held.is_done else None
        rules = shown_rules(self.version.definition, counts) if self.version else []
        silent = bool(self.held and defined.is_silent(self.held))
        others = [one for one in defined.versions()[:10] if one != self.version]
        return super().get_context_data(rules=rules, totals=totals_of(rules), is_silent=silent, others=others, **kwargs)


class AskClassifyView(ClassifiedMixin, View):
    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.version is None:
            raise Http404
        classifying.ask_classify(actor=request.user, snapshot=self.snapshot, version=self.version)
        return redirect(self.here("workforce:show_classification"))


class CompareVersionsView(ClassifiedMixin, WorkspaceView):
    """Two versions on one snapshot: who moves, by rule, and what that makes of the figures of each unit."""

    template_name = "workforce/compare_versions.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        before, after = (self._chosen(name) for name in ("before", "after"))
        sides = [defined.classification(self.snapshot, one) for one in (before, after)]
        told: dict[str, Any] = {"before": before, "after": after, "versions": list(defined.versions()[:50])}
        if before and after and all(one and one.is_done for one in sides):
            moves = defined.moves_between(*sides)
            changes = defined.change_by_unit(*sides)
            shown = shown_moves(moves, before.definition, after.definition)
            told |= {"moves": shown, "changes": changes, "total": total_of(changes), "compared": True}
            told["moving"] = sum(one.people for one in shown if one.changes)
        told["missing"] = [
            one for one, side in zip((before, after), sides, strict=True) if one and not (side and side.is_done)
        ]
        return super().get_context_data(**told, **kwargs)

    def _chosen(self, name: str) -> DefinitionVersion | None:
        asked = self.request.GET.get(name, "")
        if asked.isdecimal() and len(asked) < 19:
            return defined.version_or_404(int(asked))
        return defined.in_force() if name == "before" else defined.draft() or defined.in_force()


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
            messages.success(request, f"{len(made)} answered: {word}.")
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
            messages.success(request, f"{number} taken back.")
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
