"""The workspace's pages of stories: the list, one story, its parts, its pictures, and what one does with it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.functional import cached_property
from django.views.generic import View

from desaga.consents.states import What, Where
from desaga.organisations.doors import PressView, WorkspaceFormView, WorkspaceMixin, WorkspaceView

from .. import forms, queries
from ..content import lacking, language_of, sections_of, title_of
from ..models import Story, StoryPicture, StoryVideo
from ..operations import approving, pictures, publishing, translating, writing
from ..showing import DEEDS
from ..states import TRANSITIONS, Pillar, Route, StoryState

STORIES_A_PAGE = 50
A_TERM = timedelta(days=2 * 365)
#: What is given by somebody is never shown by a browser as if it were a page of ours.
SEALED = {
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "private, no-store",
}


def told(content: dict[str, Any], pictures: list[StoryPicture]) -> dict[str, Any]:
    """A version for the page that shows it word for word: pictures with their words as the version has them."""
    kept = {one.pk: one for one in pictures}
    route = content["route"]
    return {
        "title": title_of(content), "language": language_of(content), "content": content, "sections": sections_of(content), "route_words": Route(route).label if route else "",
        "pillar_words": [Pillar(one).label for one in content["pillars"]], "field_words": queries.field_names(content["fields"]),
        "pictures": [one | {"row": kept.get(one["picture"])} for one in content["pictures"]],
    }  # fmt: skip


class ListStoriesView(WorkspaceView):
    template_name = "stories/list_stories.html"
    permission = "stories.see"
    section = "organisations"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = forms.StoryFilterForm(self.request.GET)
        form.is_valid()
        rows = queries.narrowed(queries.stories_listed(), form.cleaned_data)
        page = Paginator(rows, STORIES_A_PAGE).get_page(self.request.GET.get("page"))
        counts = queries.counts_by_state()
        return super().get_context_data(
            filter_form=form,
            page_obj=page,
            rows=list(page),
            states=[(state, counts[state]) for state in StoryState if state in counts],
            can_edit=self.request.user.has_perm("stories.edit", self.organisation),  # type: ignore[union-attr]
            offers=list(queries.offers_listed()[:20]),
            **kwargs,
        )


class StoryMixin(WorkspaceMixin):
    permission = "stories.edit"
    section = "organisations"

    @cached_property
    def story(self) -> Story:
        return queries.story_or_404(self.kwargs["pk"])  # type: ignore[attr-defined]

    def back(self) -> str:
        return self.address("stories:show_story", pk=self.story.pk)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(story=self.story, **kwargs)  # type: ignore[misc]


class ShowStoryView(StoryMixin, WorkspaceView):
    template_name = "stories/show_story.html"
    permission = "stories.see"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        story, user = self.story, self.request.user
        shown, video = list(queries.pictures_of(story)), queries.video_of(story)
        content = story.content(shown, video)
        version = queries.version_that_counts(story)
        may = {
            name: story.state in one.sources and (not one.permission or user.has_perm(one.permission, story))
            for name, one in TRANSITIONS.items()
        }  # type: ignore[union-attr]
        return super().get_context_data(
            told=told(content, shown), pictures=shown, video=video, lacking=lacking(content, queries.said_in_english(story)), other=queries.other_of(story), version=version,
            approval=queries.approval_of(version), events=queries.events_of(story), may=may, parts=list(forms.PARTS.items()),
            may_erase=story.state in (StoryState.DRAFT, StoryState.TAKEN_DOWN), can_edit=user.has_perm("stories.edit", story), needs_consent=story.consent is None or story.consent.has_ended,  # type: ignore[union-attr]
            deeds=[(one.label, self.address(one.url_name, pk=story.pk)) for one in DEEDS] if story.is_shown else [], **kwargs,
        )  # fmt: skip


class PreviewStoryView(StoryMixin, WorkspaceView):
    """As the public will read it, plainly: with nothing that was not agreed to, once they have answered."""

    template_name = "stories/preview_story.html"
    permission = "stories.see"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        from ..content import as_consented

        story = self.story
        shown, video = list(queries.pictures_of(story)), queries.video_of(story)
        content = story.content(shown, video)
        if story.consent and story.consent.is_given:
            content = as_consented(content, story.consent.what)
        return super().get_context_data(told=told(content, shown), video=video, **kwargs)


class StartStoryView(WorkspaceFormView):
    template_name = "stories/story_form.html"
    permission = "stories.edit"
    section = "organisations"
    form_class = forms.StartStoryForm
    title, button = "Begin a story", "Begin"

    def perform(self, form: Any) -> Story:
        self.story = writing.start_story(actor=self.request.user, organisation=self.organisation, **form.cleaned_data)
        return self.story

    def back(self) -> str:
        return self.address("stories:list_stories")

    def get_success_url(self) -> str:
        return self.address("stories:show_story", pk=self.story.pk)


class StoryFormView(StoryMixin, WorkspaceFormView):
    template_name = "stories/story_form.html"


class EditPartView(StoryFormView):
    button, said = "Save", "It is saved."

    def get_form_class(self) -> Any:
        form = forms.PARTS.get(self.kwargs["part"])
        if form is None:
            raise Http404
        return form

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"title": self.get_form_class().title}

    def get_initial(self) -> dict[str, Any]:
        return forms.initial_of(self.story) | {"seen": self.story.seen}

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"language": self.story.language}

    def perform(self, form: Any) -> Story:
        words = dict(form.cleaned_data)
        return writing.save_words(actor=self.request.user, story=self.story, seen=words.pop("seen"), words=words)


class AddPictureView(StoryFormView):
    form_class = forms.AddPictureForm
    title, button, said = "Add a picture", "Keep it", "The picture is kept."

    def perform(self, form: Any) -> StoryPicture:
        return pictures.add_picture(actor=self.request.user, story=self.story, **form.cleaned_data)


class PictureMixin(StoryMixin):
    @cached_property
    def picture(self) -> StoryPicture:
        return queries.picture_or_404(self.story, self.kwargs["picture_pk"])  # type: ignore[attr-defined]


class EditPictureView(PictureMixin, StoryFormView):
    form_class = forms.PictureWordsForm
    title, button, said = "What is said of the picture", "Save", "It is saved."

    def get_initial(self) -> dict[str, Any]:
        one = self.picture
        choice = "decorative" if one.is_decorative else "words"
        return {
            "alt_choice": choice,
            **{name: getattr(one, name) for name in ("alt", "shows_person", "credit", "caption")},
        }

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(picture=self.picture, **kwargs)

    def perform(self, form: Any) -> StoryPicture:
        return pictures.change_picture(actor=self.request.user, picture=self.picture, **form.cleaned_data)


class PutPictureFirstView(PictureMixin, PressView):
    def perform(self) -> str:
        pictures.put_first(actor=self.request.user, picture=self.picture)
        return "It stands first now."


class RemovePictureView(PictureMixin, PressView):
    def perform(self) -> str:
        pictures.remove_picture(actor=self.request.user, picture=self.picture)
        return "The picture is gone."


class ShowPictureView(PictureMixin, View):
    permission = "stories.see"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return HttpResponse(
            queries.bytes_of_picture(self.picture.pk), content_type=self.picture.media_type, headers=SEALED
        )


class KeepVideoView(StoryFormView):
    form_class = forms.VideoForm
    title, button, said = "A film with captions", "Keep it", "The film is kept."

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"story": self.story}

    def perform(self, form: Any) -> Any:
        said = form.cleaned_data
        captions = said["captions"].read() if said["captions"] else b""
        return pictures.keep_video(
            actor=self.request.user, story=self.story, file_name=said["film"].name, content=said["film"].read(), captions=captions, title=said["title"],
            shows=said["shows"], poster=said["poster"],
        )  # fmt: skip


class DescribeVideoView(StoryFormView):
    form_class = forms.DescribeVideoForm
    title, button, said = "What one sees in the film", "Save", "It is saved."

    @cached_property
    def video(self) -> StoryVideo:
        found = queries.video_of(self.story)
        if found is None:
            raise Http404("The story has no film.")
        return found

    def get_form_kwargs(self) -> dict[str, Any]:
        initial = {"shows": self.video.shows, "poster": self.video.poster_id}
        return super().get_form_kwargs() | {"story": self.story, "initial": initial}

    def perform(self, form: Any) -> Any:
        return pictures.describe_video(actor=self.request.user, video=self.video, **form.cleaned_data)


class RemoveVideoView(StoryMixin, PressView):
    def perform(self) -> str:
        pictures.remove_video(actor=self.request.user, story=self.story)
        return "The film is gone."


class AskForConsentView(StoryFormView):
    form_class = forms.StoryConsentForm
    title, button = "Ask whether they may be shown", "Send the e-mail"
    said = "They are asked by e-mail."

    def get_initial(self) -> dict[str, Any]:
        story = self.story
        return {
            "name": story.name, "email": story.person_email, "about": f"Your story, “{story}”, as you will approve it",
            "what": What.values, "where": [Where.SITE], "until": timezone.localdate() + A_TERM,
        }  # fmt: skip

    def perform(self, form: Any) -> Story:
        return writing.ask_for_consent(actor=self.request.user, story=self.story, **form.told)


class StoryPressView(StoryMixin, PressView):
    """One press of an editor or a publisher: `deed` is done and `said` of it."""

    said = ""

    def deed(self, **kwargs: Any) -> Any:
        raise NotImplementedError

    def perform(self) -> str:
        self.deed(actor=self.request.user, story=self.story)
        return self.said


class SayInWelshView(StoryMixin, PressView):
    """A draft in Welsh of it; whoever presses again comes to the same."""

    def perform(self) -> str:
        self.welsh = translating.say_in_welsh(actor=self.request.user, story=self.story)
        return "Write it in Welsh here. The English words stand beside it."

    def back(self) -> str:
        return self.address("stories:show_story", pk=getattr(self, "welsh", self.story).pk)


class SendToPersonView(StoryPressView):
    deed, said = staticmethod(approving.send_to_person), "They get an e-mail with the story as it stands."


class SendAgainView(StoryPressView):
    deed, said = staticmethod(approving.send_again), "They get another e-mail."


class HandInView(StoryPressView):
    deed, said = staticmethod(publishing.hand_in), "It waits for whoever publishes."


class HandInAgainView(StoryPressView):
    deed, said = staticmethod(publishing.hand_in_again), "It waits for whoever publishes."


class PublishView(StoryPressView):
    permission = "stories.publish"
    deed, said = staticmethod(publishing.publish), "It is published."


class GiveBackView(StoryFormView):
    permission = "stories.publish"
    form_class = forms.GiveBackForm
    title, button, said = "Give it back", "Give it back", "Whoever wrote it is told."

    def perform(self, form: Any) -> Any:
        return publishing.give_back(actor=self.request.user, story=self.story, **form.cleaned_data)


class TakeDownView(StoryFormView):
    form_class = forms.TakeDownForm
    title, button, said = "Take it down", "Take it down", "It is shown nowhere any more."

    def perform(self, form: Any) -> Any:
        return publishing.take_down(actor=self.request.user, story=self.story, **form.cleaned_data)
