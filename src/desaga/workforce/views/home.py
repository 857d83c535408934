"""The workforce: what was loaded, what is on its way, and what stops a bad file."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.forms.models import model_to_dict
from django.http import HttpRequest
from django.utils.functional import cached_property

from desaga.organisations.doors import WorkspaceFormView, WorkspaceView
from desaga.privacy.operations.accesses import record_access
from desaga.privacy.papers import kept_for
from desaga.privacy.queries import rule_of
from desaga.privacy.retaining import CLASSES

from .. import queries
from ..forms.extracts import LimitsForm
from ..models import Snapshot
from ..operations import limits
from ..presenting import labels_of, shown_filling
from ..private import people_go_on
from ..reading.codes import code_lists

ROWS_A_PAGE = 50


def note_counts_seen(request: HttpRequest, snapshot: Snapshot, page: str, why: str) -> None:
    """Exact counts tell of single people as their rows do: whoever sees them is written down, as of everybody in the snapshot."""
    record_access(actor=request.user, page=page, rows=snapshot.people, why=why, snapshot=snapshot)


class WorkforceMixin:
    """Every page here shows exact counts, or rows of people: the HR data steward's alone."""

    permission = "workforce.load_extract"
    section = "workforce"


class ShowWorkforceView(WorkforceMixin, WorkspaceView):
    template_name = "workforce/show_workforce.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page = Paginator(queries.snapshots(), ROWS_A_PAGE).get_page(self.request.GET.get("page"))
        if page.object_list:
            # The list is one look, written down of the newest day on it.
            note_counts_seen(self.request, page.object_list[0], "List of snapshots", "Looking at what was loaded")
        under_way = queries.extracts_under_way()[:ROWS_A_PAGE]
        return super().get_context_data(
            page_obj=page, under_way=under_way, limits=queries.limits_of(self.organisation), **kwargs
        )


class ShowSnapshotView(WorkforceMixin, WorkspaceView):
    template_name = "workforce/show_snapshot.html"

    @cached_property
    def snapshot(self) -> Snapshot:
        snapshot = queries.snapshot_or_404(self.kwargs["pk"])
        snapshot.organisation = self.organisation
        return snapshot

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        snapshot = self.snapshot
        note_counts_seen(self.request, snapshot, "A snapshot", "Looking at what was loaded")
        return super().get_context_data(
            snapshot=snapshot,
            mapping=labels_of(snapshot.mapping),
            filled=shown_filling(queries.filled_of(snapshot)),
            matches=queries.match_counts(snapshot),
            matches_kept=kept_for(CLASSES["matches"]),
            has_its_people=queries.has_its_people(snapshot),
            has_its_equality=queries.has_its_equality(snapshot),
            people_go_on=people_go_on(snapshot, rule_of(CLASSES["person_rows"])),
            **kwargs,
        )


class ListCodeListsView(WorkforceMixin, WorkspaceView):
    template_name = "workforce/list_code_lists.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        equality = self.request.user.has_perm("workforce.keep_equality", self.organisation)
        choices = Paginator(queries.choices_made(equality=equality), ROWS_A_PAGE)
        lists = [one for lists in code_lists().values() for one in lists]
        return super().get_context_data(lists=lists, page_obj=choices.get_page(self.request.GET.get("page")), **kwargs)


class EditLimitsView(WorkforceMixin, WorkspaceFormView):
    template_name = "workforce/edit_limits.html"
    form_class = LimitsForm
    title = "What stops a bad file"
    button = "Save the limits"
    said = "The limits are saved. They hold from the next check on."
    goes_to = "workforce:show_workforce"

    def get_form_kwargs(self) -> dict[str, Any]:
        kwargs = super().get_form_kwargs()
        return {**kwargs, "initial": model_to_dict(queries.limits_of(self.organisation))}

    def perform(self, form: LimitsForm) -> Any:
        return limits.set_limits(actor=self.request.user, organisation=self.organisation, **form.cleaned_data)
