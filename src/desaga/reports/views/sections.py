"""A section of a report: reading it, writing it, and what colleagues say of it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.functional import cached_property

from desaga.organisations.doors import WorkspaceFormView, WorkspaceView
from desaga.plans.reviewing import moment_in

from .. import queries
from ..counting import count_words, length_words
from ..forms import CommentForm, SectionForm
from ..models import ReportSection
from ..operations import writing
from ..papers import text_blocks
from ..presenting import drafted_words, sentences_of, why_empty
from .reports import PressView, ReportMixin


class SectionMixin(ReportMixin):
    """A page about one section."""

    @cached_property
    def part(self) -> ReportSection:
        section = queries.section_or_404(self.report, self.kwargs["section_pk"])  # type: ignore[attr-defined]
        section.report = self.report
        return section

    def back(self) -> str:
        return self.address("reports:show_section", pk=self.report.pk, section_pk=self.part.pk)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            part=self.part,
            drafted=drafted_words(self.part),
            sentences=sentences_of(self.part.draft, self.report),
            why_empty=why_empty(self.part),
            **kwargs,
        )


class ShowSectionView(SectionMixin, WorkspaceView):
    """What the section says, what it was drafted from, and what was said of it."""

    template_name = "reports/show_section.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        sections = queries.sections_of(self.report)
        here = [one.pk for one in sections].index(self.part.pk)
        return super().get_context_data(
            blocks=[(type(one).__name__, one) for one in text_blocks(self.part.text)],
            comments=queries.comments_of(self.part),
            before=sections[here - 1] if here else None,
            after=sections[here + 1] if here + 1 < len(sections) else None,
            **kwargs,
        )


class WriteSectionView(SectionMixin, WorkspaceFormView):
    """Writing beside the draft. Whoever saves second is shown what the first wrote, and keeps what they typed."""

    permission = "reports.write_report"
    template_name = "reports/write_section.html"
    form_class = SectionForm
    button = "Save the section"
    said = "The section is saved."

    @cached_property
    def seen(self) -> datetime:
        """When the section that this page showed was changed last."""
        return moment_in(self.request.POST.get("seen")) or self.part.changed_at

    def get_form_kwargs(self) -> dict[str, Any]:
        tables = len(self.part.draft.get("tables", ()))
        return {**super().get_form_kwargs(), "limit": self.part.limit, "tables": tables}

    def get_initial(self) -> dict[str, Any]:
        return {"text": self.part.text, "with_tables": self.part.with_tables, "is_done": self.part.is_done}

    def perform(self, form: SectionForm) -> None:
        told = {"with_tables": self.part.with_tables, **form.cleaned_data}
        writing.write_section(actor=self.request.user, section=self.part, seen=self.seen, **told)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        meanwhile = self.part if self.part.changed_at != self.seen else None
        # Of what was typed and not saved the page says the length, too.
        typed = self.request.POST.get("text") if self.request.method == "POST" else None
        counted = length_words(count_words(self.part.text if typed is None else typed), self.part.limit)
        # The next press knows of what is shown here.
        return super().get_context_data(seen=self.part.changed_at, meanwhile=meanwhile, counted=counted, **kwargs)


class AddDraftView(SectionMixin, PressView):
    def perform(self) -> str:
        writing.add_draft(actor=self.request.user, section=self.part)
        return "The draft stands under what you wrote."


class CommentView(SectionMixin, WorkspaceFormView):
    permission = "reports.comment"
    template_name = "reports/comment_form.html"
    form_class = CommentForm
    title = "Comment"
    button = "Comment"
    said = "Your comment stands with the section."

    def perform(self, form: CommentForm) -> None:
        writing.comment(actor=self.request.user, section=self.part, **form.cleaned_data)


class ResolveView(PressView):
    @cached_property
    def said_of(self) -> Any:
        comment = queries.comment_or_404(self.report, self.kwargs["comment_pk"])
        comment.section.report = self.report
        return comment

    def perform(self) -> str:
        writing.resolve(actor=self.request.user, comment=self.said_of)
        return "The comment is resolved."

    def back(self) -> str:
        return self.address("reports:show_section", pk=self.report.pk, section_pk=self.said_of.section_id)
