"""The reference data in the workspace of whoever keeps them: routes, titles, what teachers need. Each save is a version; a lead publishes."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from django.utils.functional import cached_property

from desaga.organisations.doors import PressView, WorkspaceFormView, WorkspaceMixin, WorkspaceView

from .. import forms, queries
from ..kinds import KINDS, Kind
from ..models import EntryVersion
from ..operations import reference
from ..shipped import digest_of, shipped


class ListEntriesView(WorkspaceView):
    template_name = "careers/list_entries.html"
    permission = "careers.write_entries"
    section = "organisations"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        book, waiting = queries.book(), queries.waiting_versions()
        groups = [
            (kind, [(entry.key, entry.name, entry, (kind.key, entry.key) in waiting) for entry in book.of(kind.key)])
            for kind in KINDS.values()
        ]
        for kind_key, key, name in queries.new_keys():
            next(rows for kind, rows in groups if kind.key == kind_key).append((key, name, None, True))  # type: ignore[arg-type]
        return super().get_context_data(groups=groups, **kwargs)


class EntryMixin(WorkspaceMixin):
    permission = "careers.write_entries"
    section = "organisations"
    kwargs: dict[str, Any]

    @cached_property
    def kind(self) -> Kind:
        if self.kwargs["kind"] not in KINDS:
            raise Http404("There is no such kind of entry.")
        return KINDS[self.kwargs["kind"]]

    @cached_property
    def versions(self) -> list[EntryVersion]:
        return list(queries.versions_of(self.kind.key, self.kwargs["key"]))

    @cached_property
    def base(self) -> Any:
        return shipped().get((self.kind.key, self.kwargs["key"]))

    @property
    def content(self) -> Any:
        """As it was last written here, else as it was shipped; 404 where there is neither."""
        content = self.versions[0].content if self.versions else self.base
        if content is None:
            raise Http404("There is no such entry.")
        return content

    def back(self) -> str:
        return self.address("careers:show_entry", kind=self.kind.key, key=self.kwargs["key"])


class ShowEntryView(EntryMixin, WorkspaceView):
    template_name = "careers/show_entry.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        content = self.content
        latest = self.versions[0] if self.versions else None
        told = {
            "kind": self.kind, "name": content["name"], "versions": self.versions, "latest": latest, "is_shipped": self.base is not None,
            "parts": [(part, content.get(part.name), part.shape == "text") for part in self.kind.parts],
            "is_stale": bool(latest and self.base and latest.based_on != digest_of(self.base)),
            "may_publish": self.request.user.has_perm("careers.publish_entries", self.organisation),  # type: ignore[union-attr]
        }  # fmt: skip
        # What the address names comes with `kwargs`.
        return super().get_context_data(**{**kwargs, **told})


class EditEntryView(EntryMixin, WorkspaceFormView):
    form_class = forms.EntryForm
    button, said = "Keep it as a version", "The version is kept. A lead publishes it."

    @property
    def title(self) -> str:  # type: ignore[override]
        return f"Change “{self.content['name']}”"

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"kind": self.kind}

    def get_initial(self) -> dict[str, Any]:
        return forms.initial_of(self.kind, self.content)

    def perform(self, form: Any) -> EntryVersion:
        return reference.write_entry(
            actor=self.request.user, organisation=self.organisation, kind=self.kind.key, key=self.kwargs["key"], content=form.content,
            why=form.cleaned_data["why"],
        )  # fmt: skip


class AddEntryView(EntryMixin, WorkspaceFormView):
    form_class = forms.EntryForm
    button, said = "Keep it as a version", "It is kept. A lead publishes it."
    goes_to = "careers:list_entries"

    @property
    def title(self) -> str:  # type: ignore[override]
        return f"Add to “{self.kind.label}”"

    def back(self) -> str:
        return self.address(self.goes_to)

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"kind": self.kind}

    def perform(self, form: Any) -> EntryVersion:
        if (
            not form.key
            or shipped().get((self.kind.key, form.key))
            or queries.versions_of(self.kind.key, form.key).exists()
        ):
            raise reference.ThereIsOne
        return reference.write_entry(
            actor=self.request.user, organisation=self.organisation, kind=self.kind.key, key=form.key, content=form.content,
            why=form.cleaned_data["why"],
        )  # fmt: skip


class WithdrawEntryView(EntryMixin, PressView):
    def perform(self) -> str:
        latest = self.versions[0] if self.versions else None
        is_gone = bool(latest and latest.is_withdrawn)
        reference.write_entry(
            actor=self.request.user, organisation=self.organisation, kind=self.kind.key, key=self.kwargs["key"], content=self.content,
            is_withdrawn=not is_gone,
        )  # fmt: skip
        return "It is brought back as a version." if is_gone else "It is withdrawn as a version."


class PublishEntryView(EntryMixin, PressView):
    permission = "careers.publish_entries"

    def perform(self) -> str:
        if not self.versions:
            raise reference.NotTheLatest
        reference.publish_entry(actor=self.request.user, version=self.versions[0])
        return "Everybody reads it from now on."
