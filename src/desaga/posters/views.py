"""Making a poster of a story: choose a design and a paper, take the file."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.utils.functional import cached_property

from desaga.organisations.doors import WorkspaceFormView
from desaga.organisations.refusals import Refused
from desaga.stories.models import Story
from desaga.stories.queries import story_or_404

from . import operations, queries
from .forms import PosterForm


class MakePosterView(WorkspaceFormView):
    permission = "stories.edit"
    section = "organisations"
    form_class = PosterForm
    template_name = "posters/make_poster.html"
    title, button = "Make a poster", "Download the poster"

    @cached_property
    def story(self) -> Story:
        return story_or_404(self.kwargs["pk"])

    def back(self) -> str:
        return self.address("stories:show_story", pk=self.kwargs["pk"])

    def refusal(self) -> str:
        """Why there can be none today, as a sentence."""
        try:
            operations.refuse_unprintable(self.story)
        except Refused as refusal:
            return str(refusal)
        return ""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        refusal = self.refusal()
        coarse = [] if refusal else operations.coarse_prints(self.story)
        return super().get_context_data(
            story=self.story, refusal=refusal, coarse=coarse, made=queries.posters_of(self.story), **kwargs
        )

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            made = operations.make_poster(actor=self.request.user, story=self.story, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
            return self.form_invalid(form)
        headers = {"Content-Disposition": f'attachment; filename="{made.name}"', "Cache-Control": "private, no-store"}
        return HttpResponse(made.content, content_type="application/pdf", headers=headers)
