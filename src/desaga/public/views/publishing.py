"""A plan's public page, for whoever prepares and publishes it."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from django.utils import timezone
from django.utils.functional import cached_property

from desaga.organisations.doors import ConfirmView, PressView, WorkspaceFormView, WorkspaceView
from desaga.plans.publishing import USUAL_PARTS
from desaga.plans.views.plans import PlanMixin

from .. import queries
from ..copying import content_of, digest_of
from ..forms import PART_WORDS, PublicationForm
from ..models import Publication, PublicCopy
from ..operations import publications
from ..pages import page_of

CHOSEN = ("parts", "words", "contact_name", "contact_role", "contact_address", "reviewed_on")


class PublicationMixin(PlanMixin):
    """A page about what the public reads of one plan."""

    permission = "public.prepare"
    tab = "public:show_publication"

    @cached_property
    def publication(self) -> Publication | None:
        found = queries.publication_of(self.plan)
        if found:
            found.plan, found.organisation = self.plan, self.organisation
        return found

    @property
    def chosen(self) -> Publication:
        """What was chosen; 404 where nothing was."""
        if self.publication is None:
            raise Http404("Nothing was chosen for this plan's public page yet.")
        return self.publication

    @property
    def copy(self) -> PublicCopy | None:
        return getattr(self.publication, "copy", None)

    def back(self) -> str:
        return self.address("public:show_publication", plan_pk=self.plan.pk)


class ShowPublicationView(PublicationMixin, WorkspaceView):
    """Whether the plan is public, what of it, and what comes next."""

    template_name = "public/show_publication.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        chosen = self.publication
        return super().get_context_data(
            publication=chosen,
            copy=self.copy,
            parts=[PART_WORDS[one] for one in chosen.parts] if chosen else [],
            is_behind=chosen is not None
            and self.copy is not None
            and digest_of(content_of(chosen)) != self.copy.digest,
            changes=queries.changes_of(self.copy) if self.copy else [],
            may_publish=self.request.user.has_perm("public.publish", self.organisation),
            **kwargs,
        )


class EditPublicationView(PublicationMixin, WorkspaceFormView):
    template_name = "public/publication_form.html"
    form_class = PublicationForm
    title, button = "What the public page says", "Save, and look at the preview"

    def get_initial(self) -> dict[str, Any]:
        if self.publication is None:
            return {"parts": list(USUAL_PARTS)}
        return {name: getattr(self.publication, name) for name in CHOSEN}

    def perform(self, form: PublicationForm) -> None:
        publications.choose(actor=self.request.user, plan=self.plan, **form.cleaned_data)

    def get_success_url(self) -> str:
        return self.address("public:preview_publication", plan_pk=self.plan.pk)


class PreviewPublicationView(PublicationMixin, WorkspaceView):
    """Exactly what the public would see, were it published now."""

    template_name = "public/preview_publication.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        shown = page_of(content_of(self.chosen), self.request.GET, timezone.localdate())
        return super().get_context_data(**shown, organisation=self.organisation, back=self.back(), **kwargs)


class PublishView(PublicationMixin, ConfirmView):
    """Asks once, then shows the public what the preview shows."""

    permission = "public.publish"
    template_name = "public/publish.html"
    title, button = "Publish this plan", "Publish"
    said = "The plan is published."

    def thing(self) -> Publication:
        return self.chosen

    def perform(self) -> PublicCopy:
        return publications.publish(actor=self.request.user, publication=self.chosen)


class TakeDownView(PublicationMixin, ConfirmView):
    permission = "public.publish"
    title, button = "Take the public page down", "Take it down"
    sentence = "The page, its files and its feed answer from now on as if there had never been any. Nothing of the plan itself changes."
    said = "The page is taken down."

    def thing(self) -> Publication:
        return self.chosen

    def perform(self) -> None:
        publications.take_down(actor=self.request.user, publication=self.chosen)


class RenewView(PublicationMixin, PressView):
    """Brings the page up to date before the night does."""

    def perform(self) -> str:
        publications.renew(actor=self.request.user, publication=self.chosen)
        return "The page says now what the plan says."
