"""Packs, minutes and comparisons as files, and any two snapshots beside each other."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.text import slugify
from django.views.generic import View

from desaga.documents.out import PAPERS, Block, Format, Imprint
from desaga.organisations.doors import WorkspaceMixin, WorkspaceView
from desaga.ui.fonts import font_files

from .. import queries
from ..models import PackFile, Snapshot
from ..operations import papers
from ..packs import pack_of
from ..papers import comparison_paper, digest_of, is_long, minutes_paper
from ..states import ReviewState
from .reviews import PAPERS_OFFERED, OfPlanMixin, ReviewMixin


def paper_response(ending: str, blocks: list[Block], title: str, organisation: Any) -> HttpResponse:
    """A paper to keep: no machine on the way keeps it. 404 for what is no paper."""
    format, today = PAPERS.get(ending), timezone.localdate()
    if format is None:
        raise Http404
    return as_file(format.write_paper(blocks, Imprint(title, organisation.name, today, font_files())), format, title)


def as_file(content: bytes, format: Format, title: str) -> HttpResponse:
    name = f"{slugify(title)[:80]}-{timezone.localdate().isoformat()}.{format.ending}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"}
    return HttpResponse(content, content_type=format.media_type, headers=headers)


class CompareView(OfPlanMixin, WorkspaceView):
    """Any two snapshots of a plan beside each other: those of the latest two meetings, unless others are asked for."""

    template_name = "reviews/compare.html"

    @cached_property
    def known(self) -> list[Snapshot]:
        return list(queries.snapshots_of(self.plan))

    def pair(self) -> tuple[Snapshot, Snapshot] | None:
        """The earlier and the later of the two that are asked for."""
        ids = [one.pk for one in self.known]
        if len(ids) < 2:
            return None
        asked = {self.request.GET.get("before", ""), self.request.GET.get("after", "")}
        chosen = [pk for pk in ids if str(pk) in asked]
        # Else the newest, beside the newest of another meeting where there is one.
        other = next((one.pk for one in self.known if one.review_id != self.known[0].review_id), ids[1])
        after, before = chosen if len(chosen) == 2 else (ids[0], other)
        return queries.snapshot_or_404(self.plan, before), queries.snapshot_or_404(self.plan, after)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        pair = self.pair()
        pack = pack_of(pair[1].content, pair[0].content) if pair else None
        return super().get_context_data(
            known=self.known, pair=pair, pack=pack, chart=pack and pack.chart(), formats=PAPERS_OFFERED, **kwargs
        )


class TakeComparisonOutView(CompareView):
    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        pair = self.pair()
        if pair is None:
            raise Http404
        blocks = comparison_paper(pack_of(pair[1].content, pair[0].content))
        return paper_response(self.kwargs["format"], blocks, f"{self.plan.title}: what changed", self.organisation)


class PackMixin(ReviewMixin):
    """The pack of a review, as blocks for whoever asks."""

    @cached_property
    def with_budget(self) -> bool:
        return bool(self.request.user.has_perm("governance.see_budget", self.organisation))

    @cached_property
    def blocks(self) -> list[Block]:
        blocks = papers.pack_blocks(self.review, with_budget=self.with_budget)
        if blocks is None:
            raise Http404
        return blocks

    @cached_property
    def file(self) -> PackFile | None:
        return queries.file_of(self.review, digest_of(self.blocks))


class TakePackOutView(PackMixin, WorkspaceMixin, View):
    """The pack as a file; one that takes long is made by the worker, and its page says how far that is."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        ending, title = self.kwargs["format"], papers.title_of(self.review)
        if ending != "pdf" or not is_long(self.blocks):
            return paper_response(ending, self.blocks, title, self.organisation)
        if self.file is None or self.file.content is None:
            return redirect(self.address("reviews:show_pack_file", pk=self.review.pk))
        return as_file(bytes(self.file.content), PAPERS["pdf"], title)


class ShowPackFileView(PackMixin, WorkspaceView):
    """A long pack as PDF: asked for, being made, ready."""

    template_name = "reviews/show_pack_file.html"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        papers.ask_for_pack(
            actor=request.user, review=self.review, digest=digest_of(self.blocks), with_budget=self.with_budget
        )
        return redirect(request.path)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        is_short = not is_long(self.blocks)
        is_stuck = self.file is not None and self.file.asked_at < timezone.now() - papers.GIVEN_UP_AFTER
        return super().get_context_data(
            file=self.file, is_short=is_short, is_stuck=is_stuck, title="The pack as PDF", **kwargs
        )


class TakeMinutesOutView(ReviewMixin, WorkspaceMixin, View):
    """The minutes as a file."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.review.state not in (ReviewState.READY, ReviewState.HELD):
            raise Http404
        decisions, tasks = queries.decisions_of(self.review), queries.tasks_of(self.review)
        blocks = minutes_paper(self.review, self.pack, decisions, tasks)
        title = f"{self.plan.title}: minutes of the {str(self.review)[0].lower()}{str(self.review)[1:]}"
        return paper_response(self.kwargs["format"], blocks, title, self.organisation)
