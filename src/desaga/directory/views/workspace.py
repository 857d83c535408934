"""One's own entry, and for whoever keeps the directory all of the organisation's."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.utils.functional import cached_property

from desaga.organisations.doors import PressView, WorkspaceFormView, WorkspaceView

from .. import operations, queries
from ..fields import FIELDS, LISTS
from ..forms import ListOneselfForm
from ..models import Listing

LISTED_A_PAGE = 50


class OwnMixin:
    permission = "directory.list_oneself"
    section = "organisations"
    request: Any

    @cached_property
    def listing(self) -> Listing | None:
        return queries.own_listing(self.request.user.person)


class ShowOwnView(OwnMixin, WorkspaceView):
    template_name = "directory/show_own.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        one = self.listing
        shown = [(label, getattr(one, name)) for name, label in FIELDS.items() if one and getattr(one, name)]
        return super().get_context_data(listing=one, shown=shown, **kwargs)


class ListOneselfView(OwnMixin, WorkspaceFormView):
    form_class = ListOneselfForm
    template_name = "directory/list_oneself.html"
    title, button = "What you show in the directory", "Show what I ticked to everybody"
    goes_to = "directory:show_own"
    said = "It is shown from now on."

    def get_initial(self) -> dict[str, Any]:
        """What is shown already, with its ticks; else what is known of them, without one."""
        one = self.listing
        if one is None:
            post = queries.post_known(self.request.user.person) if self.request.user.person else None
            known = {"name": self.request.user.get_full_name(), "employer": self.organisation.name}
            return known | ({"job": post.job_title} if post else {})
        told = {name: "\n".join(getattr(one, name)) if name in LISTS else getattr(one, name) for name in FIELDS}
        return told | {f"show_{name}": bool(getattr(one, name)) for name in FIELDS} | {"may_be_written_to": one.may_be_written_to}  # fmt: skip

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = kwargs.get("form") or self.get_form()
        kwargs["form"] = form
        return super().get_context_data(pairs=[(form[name], form[f"show_{name}"]) for name in FIELDS], **kwargs)

    def perform(self, form: Any) -> Any:
        told = dict(form.cleaned_data)
        may = told.pop("may_be_written_to")
        operations.list_oneself(
            actor=self.request.user, organisation=self.organisation, told=told, may_be_written_to=may
        )


class TakeOneselfOutView(OwnMixin, PressView):
    goes_to = "directory:show_own"

    def perform(self) -> str:
        if self.listing is None:
            return ""
        operations.take_out(actor=self.request.user, listing=self.listing)
        return "You are out of the directory, and what was in it is deleted."


class ListListingsView(WorkspaceView):
    permission = "directory.keep"
    section = "organisations"
    template_name = "directory/list_listings.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page = Paginator(queries.listings_kept(), LISTED_A_PAGE).get_page(self.request.GET.get("page"))
        return super().get_context_data(page_obj=page, rows=page.object_list, **kwargs)


class TakeOutView(PressView):
    permission = "directory.keep"
    section = "organisations"
    goes_to = "directory:list_listings"

    def perform(self) -> str:
        operations.take_out(actor=self.request.user, listing=queries.kept_or_404(self.kwargs["pk"]))
        return "Taken out, and deleted."
