"""What figures are counted by: order of grades, bands and ages, shares of others."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.utils.functional import cached_property

from desaga.organisations.doors import ConfirmView, PressView, WorkspaceFormView, WorkspaceView

from .. import populating, queries
from ..forms.stating import ComparatorForm, CorrectPostsForm, PostsFileForm, PostsForm, StatementForm
from ..models import AdvertisedPosts, Comparator
from ..operations import posts, stating
from ..vacancies import vacant_of

MOST_SHOWN = 200


class StatingMixin:
    permission = "workforce.state_figures"
    section = "workforce"


class ShowStatementView(StatingMixin, WorkspaceView):
    template_name = "workforce/show_statement.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        held = populating.statement()
        latest = queries.snapshots_in_force().first()
        return super().get_context_data(
            statement=held,
            bands=populating.bands_shown(held),
            unranked=populating.unranked(held, latest),
            comparators=populating.comparators()[:MOST_SHOWN],
            advertised=populating.advertised()[:MOST_SHOWN],
            latest=latest,
            vacant=vacant_of(latest) if latest else None,
            **kwargs,
        )


class EditStatementView(StatingMixin, WorkspaceFormView):
    form_class = StatementForm
    template_name = "workforce/edit_statement.html"
    title = "What figures are counted by"
    button = "Save"
    said = "Saved. The next release is counted by it; what was released before stays as it was."
    goes_to = "workforce:show_statement"

    def get_initial(self) -> dict[str, Any]:
        held = populating.statement()
        return {name: getattr(held, name) for name in ("grades", "age_bands", "retirement_ages", "threshold", "ukprn")}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        latest = queries.snapshots_in_force().first()
        return super().get_context_data(unranked=populating.unranked(populating.statement(), latest), **kwargs)

    def perform(self, form: StatementForm) -> Any:
        return stating.state_figures(actor=self.request.user, organisation=self.organisation, **form.cleaned_data)


class ComparatorMixin(StatingMixin):
    goes_to = "workforce:show_statement"
    template_name = "workforce/edit_comparator.html"

    @cached_property
    def comparator(self) -> Comparator:
        return populating.comparator_or_404(self.kwargs["pk"])  # type: ignore[attr-defined]


class AddComparatorView(ComparatorMixin, WorkspaceFormView):
    form_class = ComparatorForm
    title, button, said = (
        "A share of others to set beside yours",
        "Enter the share",
        "Entered. It stands beside yours from the next release on.",
    )

    def perform(self, form: ComparatorForm) -> Any:
        return stating.add_comparator(actor=self.request.user, organisation=self.organisation, **form.told)


class EditComparatorView(AddComparatorView):
    title, button, said = "Correct the share of others", "Save the share", "Saved."

    def get_initial(self) -> dict[str, Any]:
        held = self.comparator
        told = {name: getattr(held, name) for name in ("share", "name", "year", "source")}
        return {**told, "about": f"{held.characteristic}:{held.group}"}

    def perform(self, form: ComparatorForm) -> Any:
        return stating.change_comparator(actor=self.request.user, comparator=self.comparator, **form.told)


class RemoveComparatorView(ComparatorMixin, ConfirmView):
    template_name = "organisations/confirm.html"
    title, button, said = "Take the share of others away", "Take it away", "Taken away."
    sentence = "It stands beside yours no more from the next release on. What was released with it stays as it was."

    def thing(self) -> Comparator:
        return self.comparator

    def perform(self) -> None:
        stating.remove_comparator(actor=self.request.user, comparator=self.comparator)


class PostsMixin(StatingMixin):
    goes_to = "workforce:show_statement"
    template_name = "workforce/edit_comparator.html"

    @cached_property
    def entered(self) -> AdvertisedPosts:
        return populating.advertised_or_404(self.kwargs["pk"])  # type: ignore[attr-defined]


class EnterPostsView(PostsMixin, WorkspaceFormView):
    form_class = PostsForm
    title, button = "Technical posts that a unit advertised", "Enter the posts"
    said = "Entered. The next release counts them."

    def perform(self, form: PostsForm) -> Any:
        return stating.enter_posts(actor=self.request.user, organisation=self.organisation, **form.cleaned_data)


class TakePostsInView(PostsMixin, WorkspaceFormView):
    form_class = PostsFileForm
    template_name = "workforce/take_posts_in.html"
    title, button = "Posts from a file", "Take them in"

    def perform(self, form: PostsFileForm) -> Any:
        file = form.cleaned_data["document"]
        told = {"year": form.cleaned_data["year"], "name": file.name, "content": file.read()}
        entered, corrected = posts.take_posts_in(actor=self.request.user, organisation=self.organisation, **told)
        messages.success(self.request, f"Taken in: {units_words(entered)} entered, {units_words(corrected)} corrected.")


class TakeVacantPostsView(PostsMixin, PressView):
    """The technical ones of a snapshot's vacant posts become the posts of its year."""

    def perform(self) -> str:
        snapshot = queries.snapshot_or_404(self.kwargs["pk"])
        snapshot.organisation = self.organisation
        taken = posts.take_vacant_posts(actor=self.request.user, snapshot=snapshot)
        return f"Taken in for {units_words(taken)}. The next release counts them."


def units_words(rows: Sequence[Any]) -> str:
    # not a count of people
    return f"{len(rows)} unit{'' if len(rows) == 1 else 's'}"


class CorrectPostsView(PostsMixin, WorkspaceFormView):
    form_class = CorrectPostsForm
    title, button, said = "Correct the posts", "Save the posts", "Saved."

    def get_initial(self) -> dict[str, Any]:
        return {"posts": self.entered.posts, "applicants": self.entered.applicants}

    def perform(self, form: CorrectPostsForm) -> Any:
        return stating.correct_posts(actor=self.request.user, entered=self.entered, **form.cleaned_data)


class RemovePostsView(PostsMixin, ConfirmView):
    template_name = "organisations/confirm.html"
    title, button, said = "Take the posts away", "Take them away", "Taken away."
    sentence = "The next release does not count them any more. What was released with them stays as it was."

    def thing(self) -> AdvertisedPosts:
        return self.entered

    def perform(self) -> None:
        stating.remove_posts(actor=self.request.user, entered=self.entered)
