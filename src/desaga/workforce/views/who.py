"""Who is who: the people who are new, gone or changed in a file, and the log of who was taken for whom. Rows of people: the HR data steward's alone."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.utils.functional import cached_property

from desaga.organisations.doors import WorkspaceView
from desaga.privacy.doors import ReadsRowsMixin, Seen
from desaga.privacy.papers import kept_for
from desaga.privacy.retaining import CLASSES

from .. import queries
from ..forms.extracts import FindMovedForm
from ..models import Snapshot
from ..moved import TABS, shown_moved
from ..operations.moving import open_moved
from ..presenting import shown_log
from ..states import ExtractState
from .extracts import InStatesMixin
from .home import WorkforceMixin

PEOPLE_A_PAGE, MATCHES_A_PAGE = 50, 50
TAB_LABELS = {"": "All", "new": "New", "back": "Of them here before", "gone": "Gone", "changed": "Changed"}


class ListMovedView(ReadsRowsMixin, InStatesMixin, WorkspaceView):
    """Who is new, gone or changed since the last snapshot. Words to find somebody by are sent, and go into no address."""

    page_seen, why_seen = "New, gone and changed people of an extract", "seeing who they are before it is loaded"
    template_name = "workforce/list_moved.html"
    states = (ExtractState.CHECKED,)
    step = "check_extract"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(**kwargs))

    @cached_property
    def tab(self) -> str:
        asked = self.request.GET.get("who", "")
        return asked if asked in TABS else ""

    def tabs(self, lines: list[Any]) -> list[dict[str, Any]]:
        shown = [(key, label, len(shown_moved(lines, key))) for key, label in TAB_LABELS.items()]
        return [
            {"label": label, "url": f"?{urlencode({'who': key})}", "count": number, "is_current": key == self.tab}
            for key, label, number in shown
            if number or key == self.tab
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = FindMovedForm(self.request.POST if self.request.method == "POST" else None)
        words = form.cleaned_data["words"] if form.is_bound and form.is_valid() else ""
        lines = open_moved(self.extract)
        people = shown_moved(lines, self.tab, words)
        page = Paginator(people, PEOPLE_A_PAGE).get_page(None if words else self.request.GET.get("page"))
        self.seen = Seen(len(page.object_list), keys=[one.key for one in page.object_list])
        told = {"page_obj": page, "form": form, "words": words, "who_tabs": self.tabs(lines)}
        return super().get_context_data(last=queries.last_before(self.extract), **told, **kwargs)


class ListMatchesView(ReadsRowsMixin, WorkforceMixin, WorkspaceView):
    """Who was taken for whom when a snapshot was made, by whose word."""

    page_seen, why_seen = "Who was taken for whom in a snapshot", "looking up how numbers were decided to be people"
    template_name = "workforce/list_matches.html"

    @cached_property
    def snapshot(self) -> Snapshot:
        snapshot = queries.snapshot_or_404(self.kwargs["pk"])
        snapshot.organisation = self.organisation
        return snapshot

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        log = Paginator(queries.log_of(self.snapshot), MATCHES_A_PAGE).get_page(self.request.GET.get("page"))
        keys = [one.known_key for one in log.object_list]
        self.seen = Seen(len(keys), snapshot=self.snapshot, keys=keys)
        matches = shown_log(self.organisation, log)
        told = {"snapshot": self.snapshot, "page_obj": log, "matches": matches, "kept": kept_for(CLASSES["matches"])}
        return super().get_context_data(**told, **kwargs)
