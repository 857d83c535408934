"""Pages on which the principles of an edition are worded, and mapped from the edition before it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from desaga.organisations.doors import WorkspaceFormView

from .. import operations
from ..forms import MappingForm, PrinciplesForm
from ..mapping import propose
from ..queries import moves_of, principles_of, wordings_before, wordings_of
from ..queries.shown import mapping_of
from ..states import EditionState
from ..wordings import fingerprint
from .editions import KeepFrameworkMixin


class EditPrinciplesView(KeepFrameworkMixin, WorkspaceFormView):
    """The principles as rows; "more rows" shows the page again with what was typed and room for more."""

    form_class = PrinciplesForm
    template_name = "frameworks/edit_principles.html"
    said = "The principles are saved."

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.edition.state not in (EditionState.DRAFT, EditionState.IN_USE):
            messages.info(request, "This edition is no longer in use, so its principles stay as they were.")
            return redirect(self.back())
        return super().get(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        wordings = wordings_of(principles_of(self.edition))
        return {
            **{name: value for name, value in super().get_form_kwargs().items() if name in ("data", "files")},
            "wordings": wordings,
            "seen": fingerprint(wordings),
            "spare": 3 if wordings else 8,
            "only_words": not self.edition.is_draft,
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "more" not in request.POST:
            return super().post(request, *args, **kwargs)
        typed = PrinciplesForm(request.POST)
        form = PrinciplesForm(wordings=typed.typed(), seen=request.POST.get("seen", ""), spare=8)
        return self.render_to_response(self.get_context_data(form=form))

    def perform(self, form: PrinciplesForm) -> Any:
        data = form.cleaned_data
        return operations.write_principles(
            actor=self.request.user, edition=self.edition, rows=data["wordings"], seen=data["seen"]
        )

    def form_valid(self, form: PrinciplesForm) -> HttpResponse:
        """Where somebody else was quicker, theirs is shown beside what was typed, which can then be saved over it."""
        now = wordings_of(principles_of(self.edition))
        if form.cleaned_data["seen"] == fingerprint(now):
            return super().form_valid(form)
        form = PrinciplesForm(form.against(now, fingerprint(now)), only_words=form.only_words)
        form.add_error(None, str(operations.ChangedMeanwhile()))
        return self.render_to_response(self.get_context_data(form=form, now=now))

    def back(self) -> str:
        return self.home_of(self.edition.key)

    def get_success_url(self) -> str:
        if self.edition.is_draft and self.edition.follows and "then" in self.request.POST:
            return self.address("frameworks:map_edition", key=self.edition.key)
        return self.back()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(edition=self.edition, **kwargs)


class MapEditionView(KeepFrameworkMixin, WorkspaceFormView):
    """What becomes of each principle of the edition before; what is likely is proposed until somebody saves it."""

    form_class = MappingForm
    template_name = "frameworks/map_edition.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not (self.edition.is_draft and self.edition.follows):
            return redirect(self.back())
        return super().get(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        old, new = wordings_before(self.edition), wordings_of(principles_of(self.edition))
        said = {move.old: move for move in moves_of(self.edition)}
        proposals = {move.old: move for move in propose(old, new)}
        kwargs = {name: value for name, value in super().get_form_kwargs().items() if name in ("data", "files")}
        return {**kwargs, "old": old, "new": new, "moves": said, "proposals": proposals}

    def perform(self, form: MappingForm) -> Any:
        operations.write_mapping(actor=self.request.user, edition=self.edition, moves=form.moves())
        left = mapping_of(self.shown)
        self.undecided = left.undecided if left else 0
        if self.undecided:
            messages.info(
                self.request, f"The mapping is saved. {_principles(self.undecided)} still to look at, marked below."
            )
        else:
            messages.success(self.request, "The mapping is whole. The edition can be put in use.")

    def get_success_url(self) -> str:
        return self.address("frameworks:map_edition", key=self.edition.key) if self.undecided else self.back()

    def back(self) -> str:
        return self.home_of(self.edition.key)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        mapping = mapping_of(self.shown)
        troubles = {row.old.code: row.trouble for row in mapping.rows} if mapping else {}
        context = super().get_context_data(edition=self.edition, mapping=mapping, **kwargs)
        rows = context["form"].rows
        for row in rows:
            row["trouble"] = "" if row["is_proposed"] else troubles.get(row["old"].code, "")
        return {**context, "rows": rows}


def _principles(number: int) -> str:
    return "1 principle is" if number == 1 else f"{number} principles are"
