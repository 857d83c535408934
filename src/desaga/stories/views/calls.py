"""The workspace's pages of calls, contributions, offers and fields."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.functional import cached_property
from django.views.generic import View

from desaga.organisations.doors import ConfirmView, PressView, WorkspaceFormView, WorkspaceMixin, WorkspaceView

from .. import forms, queries
from ..content import SECTIONS
from ..models import Call, Contribution, FieldTag, OfferedStory, Story
from ..operations import calls, erasing, offers, tagging
from .staff import SEALED, StoryMixin

A_PAGE = 50


class ListCallsView(WorkspaceView):
    template_name = "stories/list_calls.html"
    permission = "stories.see"
    section = "organisations"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page = Paginator(queries.calls_listed(), A_PAGE).get_page(self.request.GET.get("page"))
        can_edit = self.request.user.has_perm("stories.edit", self.organisation)  # type: ignore[union-attr]
        return super().get_context_data(page_obj=page, rows=list(page), can_edit=can_edit, **kwargs)


class StartCallView(WorkspaceFormView):
    template_name = "stories/call_form.html"
    permission = "stories.edit"
    section = "organisations"
    form_class = forms.CallForm
    title, button = "Begin a call", "Keep it as a draft"

    def get_initial(self) -> dict[str, Any]:
        today = timezone.localdate()
        return {
            "asks": list(SECTIONS),
            "until": today + timedelta(days=42),
            "consent_until": today + timedelta(days=2 * 365),
        }

    def perform(self, form: Any) -> Call:
        self.call = calls.start_call(actor=self.request.user, organisation=self.organisation, **form.cleaned_data)
        return self.call

    def back(self) -> str:
        return self.address("stories:list_calls")

    def get_success_url(self) -> str:
        return self.address("stories:show_call", pk=self.call.pk)


class CallMixin(WorkspaceMixin):
    permission = "stories.edit"
    section = "organisations"

    @cached_property
    def call(self) -> Call:
        return queries.call_or_404(self.kwargs["pk"])  # type: ignore[attr-defined]

    def back(self) -> str:
        return self.address("stories:show_call", pk=self.call.pk)


class ShowCallView(CallMixin, WorkspaceView):
    template_name = "stories/show_call.html"
    permission = "stories.see"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page = Paginator(queries.contributions_of(self.call), A_PAGE).get_page(self.request.GET.get("page"))
        can_edit = self.request.user.has_perm("stories.edit", self.organisation)  # type: ignore[union-attr]
        asks = [SECTIONS[key] for key in self.call.asks]
        return super().get_context_data(
            call=self.call, page_obj=page, rows=list(page), can_edit=can_edit, asks=asks, **kwargs
        )


class EditCallView(CallMixin, WorkspaceFormView):
    template_name = "stories/call_form.html"
    form_class = forms.CallForm
    title, button, said = "Change the call", "Save", "It is saved."

    def get_initial(self) -> dict[str, Any]:
        return {name: getattr(self.call, name) for name in ("title", "words", "asks", "until", "consent_until")}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(call=self.call, **kwargs)

    def perform(self, form: Any) -> Call:
        return calls.save_call(actor=self.request.user, call=self.call, **form.cleaned_data)


class OpenCallView(CallMixin, PressView):
    def perform(self) -> str:
        calls.open_call(actor=self.request.user, call=self.call)
        return "The call is open: everybody can read it and write to you."


class CloseCallView(CallMixin, PressView):
    def perform(self) -> str:
        calls.close_call(actor=self.request.user, call=self.call)
        return "The call is closed."


class ContributionMixin(CallMixin):
    @cached_property
    def contribution(self) -> Contribution:
        return queries.contribution_or_404(self.call, self.kwargs["contribution_pk"])  # type: ignore[attr-defined]


class ShowContributionsPictureView(ContributionMixin, View):
    permission = "stories.see"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        picture = queries.picture_sent(self.contribution)
        return HttpResponse(bytes(picture.content), content_type=picture.media_type, headers=SEALED)


class TakeContributionView(ContributionMixin, PressView):
    story: Story | None = None

    def perform(self) -> str:
        self.story = calls.take_contribution(actor=self.request.user, contribution=self.contribution)
        return "It is a draft now. What they sent stands with it."

    def back(self) -> str:
        return self.address("stories:show_story", pk=self.story.pk) if self.story else super().back()


class DeclineContributionView(ContributionMixin, PressView):
    def perform(self) -> str:
        calls.decline_contribution(actor=self.request.user, contribution=self.contribution)
        return "They are thanked, and told that nothing comes of it."


class OfferMixin(WorkspaceMixin):
    permission = "stories.edit"
    section = "organisations"

    @cached_property
    def offer(self) -> OfferedStory:
        return queries.offer_or_404(self.kwargs["pk"])  # type: ignore[attr-defined]


class ShowOfferView(OfferMixin, WorkspaceView):
    template_name = "stories/show_offer.html"
    permission = "stories.see"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        from desaga.placements.awarding import WISHES

        can_edit = self.request.user.has_perm("stories.edit", self.organisation)  # type: ignore[union-attr]
        return super().get_context_data(
            offer=self.offer, wish=WISHES.get(self.offer.wish, ""), can_edit=can_edit, **kwargs
        )


class TakeOfferView(OfferMixin, PressView):
    story: Story | None = None

    def perform(self) -> str:
        self.story = offers.take_offer(actor=self.request.user, offer=self.offer)
        return "It is a draft now. What they offered stands with it."

    def back(self) -> str:
        return (
            self.address("stories:show_story", pk=self.story.pk) if self.story else self.address("stories:list_stories")
        )


class KeepFieldsView(WorkspaceFormView):
    template_name = "stories/keep_fields.html"
    permission = "stories.edit"
    section = "organisations"
    form_class = forms.FieldForm
    title, button, said = "Fields of work", "Add it", "It can be chosen from now on."
    goes_to = "stories:keep_fields"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(tags=queries.fields_kept(), shipped=queries.field_choices(), **kwargs)

    def perform(self, form: Any) -> FieldTag:
        return tagging.add_field(actor=self.request.user, organisation=self.organisation, **form.cleaned_data)


class RetireFieldView(PressView):
    permission = "stories.edit"
    section = "organisations"
    goes_to = "stories:keep_fields"

    def perform(self) -> str:
        tag = get_object_or_404(queries.tags(), pk=self.kwargs["pk"])
        tagging.retire_field(actor=self.request.user, tag=tag, today=timezone.localdate())
        return "It is offered no more. Stories that have it keep it."


class EraseWordsView(StoryMixin, ConfirmView):
    title = "Remove its words and pictures"
    sentence = "Words, pictures, film and every version that was sent are removed for good. That there was a story, and the consent, stay."
    button = "Remove them for good"
    said = "They are removed."

    def thing(self) -> Story:
        return self.story

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        told = super().get_context_data(**kwargs)
        has_welsh = not self.story.is_welsh and queries.other_of(self.story) is not None
        return told | ({"sentence": f"{self.sentence} What says it in Welsh is removed with it."} if has_welsh else {})

    def perform(self) -> Story:
        return erasing.erase_words(actor=self.request.user, story=self.story)
