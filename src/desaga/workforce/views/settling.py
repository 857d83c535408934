"""A definition on a snapshot: counts by rule, and two versions compared. Exact counts: the HR data steward's alone."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.views.generic import View

from desaga.organisations.doors import WorkspaceMixin, WorkspaceView
from desaga.organisations.refusals import Refused

from .. import defined, queries
from ..compared import changes
from ..defining.comparing import Move
from ..defining_presenting import (
    FIGURES_COMPARED,
    ShownMove,
    shown_changes,
    shown_moves,
    shown_rules,
    totals_of,
)
from ..models import Classification, DefinitionVersion, Snapshot
from ..operations import classifying
from .home import note_counts_seen

GROUPS_A_PAGE = 25


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

    @cached_property
    def rows_are_gone(self) -> bool:
        """Whether retention has removed the people: then nobody counts as anything, which is not to be told as a number."""
        return not queries.has_its_people(self.snapshot)

    def here(self, name: str, **ids: Any) -> str:
        """The address of another page about the same snapshot and version."""
        version = f"?version={self.version.pk}" if self.version and self.version != defined.to_work_by() else ""
        return f"{self.address(name, pk=self.snapshot.pk, **ids)}{version}"

    def note_counts_seen(self, page: str, why: str) -> None:
        """Exact counts tell of single people as their rows do: whoever sees them is written down, as of everybody in the snapshot."""
        note_counts_seen(self.request, self.snapshot, page, why)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        told = {"snapshot": self.snapshot, "version": self.version, "held": self.held}
        told["rows_are_gone"] = self.rows_are_gone
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
        is_counted = self.held and self.held.is_done and not self.rows_are_gone
        counts = defined.rule_counts(self.held) if is_counted else None
        if counts is not None:
            self.note_counts_seen("Exact counts by rule", "Looking at what the rules make of a snapshot")
        rules = shown_rules(self.version.definition, counts) if self.version else []
        silent = bool(self.held and defined.is_silent(self.held))
        others = [one for one in defined.versions()[:10] if one != self.version]
        return super().get_context_data(rules=rules, totals=totals_of(rules), is_silent=silent, others=others, **kwargs)


class AskClassifyView(ClassifiedMixin, View):
    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.version is None:
            raise Http404
        try:
            classifying.ask_classify(actor=request.user, snapshot=self.snapshot, version=self.version)
        except Refused as refusal:
            messages.error(request, str(refusal))
        return redirect(self.here("workforce:show_classification"))


class CompareVersionsView(ClassifiedMixin, WorkspaceView):
    """Two versions on one snapshot: who moves, by rule and then by title and grade, and what that makes of the figures of each unit."""

    template_name = "workforce/compare_versions.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        before, after = (self._chosen(name) for name in ("before", "after"))
        sides = [defined.classification(self.snapshot, one) for one in (before, after)]
        told: dict[str, Any] = {"before": before, "after": after, "versions": list(defined.versions()[:50])}
        if self.rows_are_gone:
            return super().get_context_data(**told, **kwargs)
        if before and after and all(one and one.is_done for one in sides):
            self.note_counts_seen("Exact counts of two versions", "Comparing two versions of the rules")
            moves = defined.moves_between(*sides)
            shown = shown_moves(moves, before.definition, after.definition)
            told |= {"moves": shown, "changes": shown_changes(changes(*sides)), "compared": True}
            told |= {"figures": [name for name, _ in FIGURES_COMPARED], **self._opened(sides, moves, shown)}
            told["moving"] = sum(one.people for one in shown if one.changes)
        told["missing"] = [
            one for one, side in zip((before, after), sides, strict=True) if one and not (side and side.is_done)
        ]
        return super().get_context_data(**told, **kwargs)

    def _opened(self, sides: list[Any], moves: list[Move], shown: list[ShownMove]) -> dict[str, Any]:
        """The titles and grades of the move that the address names."""
        asked = self.request.GET.get("move", "")
        found = next((one for one in moves if one.code == asked), None)
        if found is None:
            return {}
        groups = Paginator(defined.groups_of_move(*sides, found), GROUPS_A_PAGE)
        opened = next(one for one in shown if one.code == asked)
        return {"opened": opened, "page_obj": groups.get_page(self.request.GET.get("page"))}

    def _chosen(self, name: str) -> DefinitionVersion | None:
        asked = self.request.GET.get(name, "")
        if asked.isdecimal() and len(asked) < 19:
            return defined.version_or_404(int(asked))
        return defined.in_force() if name == "before" else defined.draft() or defined.in_force()
