"""Pages on which a newer state of a plan is looked at beside the plan, and versions that were kept."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.http import content_disposition_header
from django.views.generic import View

from desaga.organisations.doors import ConfirmView, WorkspaceFormView, WorkspaceMixin, WorkspaceView
from desaga.organisations.refusals import Refused

from ..forms import VersionForm
from ..models import PlanVersion
from ..operations import newer
from ..queries import newer as reads
from ..queries.finding import found as found_row
from ..roundtrip.comparing import Changed, Comparison
from ..states import DocumentState
from .imports import ChangeImportView, ImportMixin
from .plans import PlanMixin

LONGEST_LIST = 500
VERSIONS_A_PAGE = 50


def shown_changes(found: Sequence[Changed]) -> list[dict[str, Any]]:
    """Changed actions as the page shows them, each field with the name that its tick box carries."""
    return [
        {
            "known": one.known,
            "because": one.because,
            "row": one.row,
            "fields": [
                {
                    "token": field.token(str(one.known.pk)),
                    "field": field,
                    "is_ticked": not field.problem and not field.changed_here and not one.because,
                }
                for field in one.fields
            ],
        }
        for one in found
    ]


def shown(found: Comparison) -> dict[str, Any]:
    return {
        "found": found,
        "changed": shown_changes(found.changed[:LONGEST_LIST]),
        "more": max(0, len(found.changed) - LONGEST_LIST),
    }


class ReviewChangesView(ImportMixin, WorkspaceView):
    """What a document that came back would change: new, changed and gone, field by field, each with a box to tick."""

    template_name = "plans/review_changes.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if self.document.state != DocumentState.READ or self.document.updates_plan is None:
            return redirect(self.address("plans:show_import", pk=self.document.pk))
        return super().get(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        told = request.POST
        gone = {int(pk) for pk in told.getlist("gone") if pk.isdecimal() and len(pk) < 18}
        chosen = newer.Chosen(set(told.getlist("change")), set(told.getlist("new")), gone)
        try:
            taken = newer.bring_back(actor=request.user, document=self.document, chosen=chosen)
        except Refused as refusal:
            messages.error(request, str(refusal))
            return redirect(self.address("plans:review_changes", pk=self.document.pk))
        messages.success(request, said_of(taken))
        return redirect(self.address("plans:show_plan", plan_pk=taken.plan.pk))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = shown(reads.comparison_of(self.document))
        return super().get_context_data(document=self.document, plan=self.document.updates_plan, **found, **kwargs)


def said_of(taken: newer.Taken) -> str:
    """What was written, in a sentence."""
    told = [
        f"{taken.fields} change{'s' if taken.fields != 1 else ''} in {taken.actions} action{'s' if taken.actions != 1 else ''}"
        if taken.fields
        else "",
        f"{taken.added} new" if taken.added else "",
        f"{taken.stopped} stopped" if taken.stopped else "",
    ]
    words = ", ".join(filter(None, told)) or "Nothing that was not there already"
    left = f" {taken.left} had moved on meanwhile and were left as they are." if taken.left else ""
    return f"Taken over: {words}. The plan as it was is kept as a version.{left}{taken.what_wants_an_update}"


class SetPlanToUpdateView(ChangeImportView):
    """Say of which plan a document is a newer state, or that it is a plan of its own."""

    said = "Understood. Look through what it says."

    def change(self) -> Any:
        pk = self.request.POST.get("plan", "")
        plan = found_row(reads.plans_to_update(), pk=pk) if pk.isdecimal() and len(pk) < 18 else None
        return newer.set_plan_to_update(actor=self.request.user, document=self.document, plan=plan)


# ---- Versions


class ListVersionsView(PlanMixin, WorkspaceView):
    """A plan's versions, the latest first."""

    template_name = "plans/list_versions.html"
    tab = "plans:show_plan_history"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page = Paginator(reads.versions_of(self.plan), VERSIONS_A_PAGE).get_page(self.request.GET.get("page"))
        return super().get_context_data(page_obj=page, **kwargs)


class KeepVersionView(PlanMixin, WorkspaceFormView):
    """Keep the plan as it is at this moment, under a name."""

    permission = "plans.edit_plan"
    template_name = "plans/plan_form.html"
    form_class = VersionForm
    title, button = "Keep a version", "Keep it"
    said = "{} is kept."

    def perform(self, form: VersionForm) -> PlanVersion:
        return newer.keep_version(actor=self.request.user, plan=self.plan, name=form.cleaned_data["name"])

    def back(self) -> str:
        return self.address("plans:list_versions", plan_pk=self.plan.pk)


class VersionMixin(PlanMixin):
    """A page about one version of a plan."""

    tab = "plans:show_plan_history"

    @cached_property
    def version(self) -> PlanVersion:
        return reads.version(self.plan, self.kwargs["number"])  # type: ignore[attr-defined]


class ShowVersionView(VersionMixin, WorkspaceView):
    """What changed from a version to now, or to another version."""

    template_name = "plans/show_version.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        wanted = self.request.GET.get("with", "")
        other = reads.version(self.plan, int(wanted)) if wanted.isdecimal() and len(wanted) < 9 else None
        found = shown(reads.version_beside(self.version, other))
        others = reads.versions_of(self.plan).exclude(pk=self.version.pk)
        return super().get_context_data(version=self.version, other=other, others=others, **found, **kwargs)


class DownloadVersionView(VersionMixin, WorkspaceMixin, View):
    """A version in the interchange format."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        name = f"{self.plan.title[:80]} version {self.version.number}.json"
        headers = {"Content-Disposition": content_disposition_header(True, name) or "attachment"}
        return JsonResponse(
            self.version.content, headers=headers, json_dumps_params={"ensure_ascii": False, "indent": 2}
        )


class GoBackView(VersionMixin, ConfirmView):
    """Asks once, then gives every action what it held in a version."""

    permission = "plans.edit_plan"
    title, button = "Go back to this version", "Go back to it"
    sentence = (
        "Every action of this version gets back its words, dates, stages, who carries it, what it answers and waits for, status, "
        "RAG, comments, and whether it is business as usual. What was said in updates stays, and actions that came later stay. "
        "Not brought back are the plan’s own title and period, since when and why something is business as usual, whom words "
        "mean, what units’ actions answer, and doubts; nor red, nor complete where nothing shows it, which are said as updates. "
        "The plan as it is now is kept as a version first."
    )
    said = (
        "The actions hold what they held in that version. What they held before is kept as a version too."
        "{0.what_wants_an_update}"
    )

    def thing(self) -> PlanVersion:
        return self.version

    def perform(self) -> newer.Taken:
        return newer.go_back(actor=self.request.user, version=self.version)

    def back(self) -> str:
        return self.address("plans:list_versions", plan_pk=self.plan.pk)
