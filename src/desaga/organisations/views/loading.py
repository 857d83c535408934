"""Loading a list in two steps: what its rows would do is shown first, then the same rows do it, signed for that step and no other."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from desaga.documents import UnreadableDocument

from ..doors import WorkspaceFormView, WorkspaceView
from ..forms import LoadForm
from ..operations.parties import Loaded
from ..refusals import Refused
from ..sheets import Line, tables_in_text, tables_in_upload

AN_HOUR = 3600


class LoadListView(WorkspaceFormView):
    """The first step. `confirm` names the second; `read` and `pack` know the kind of row, which has `errors`."""

    template_name = "organisations/load.html"
    form_class = LoadForm
    button = "Show what was understood"
    confirm = ""

    def read(self, tables: Iterable[Sequence[Line]]) -> list[Any]:
        """The rows as understood, each with its errors. Raises `Refused` where there are none."""
        raise NotImplementedError

    def pack(self, rows: Sequence[Any]) -> Any:
        """The rows as data that can be signed."""
        raise NotImplementedError

    def form_valid(self, form: LoadForm) -> HttpResponse:
        sheet = form.cleaned_data["sheet"]
        try:
            rows = self.read(tables_in_upload(sheet) if sheet else tables_in_text(form.cleaned_data["pasted"]))
        except (UnreadableDocument, Refused) as refusal:
            form.add_error("sheet" if sheet else "pasted", str(refusal))
            return self.form_invalid(form)
        faulty = [row for row in rows if row.errors]
        signed = "" if faulty else signing.dumps(self.pack(rows), salt=self.confirm, compress=True)
        told = {"form": LoadForm(), "rows": rows, "faulty": faulty, "signed": signed}
        return self.render_to_response(self.get_context_data(confirm=self.confirm, **told))


class ConfirmListView(WorkspaceView):
    """The second step: all rows or none. `again` names the first, `goes_to` where the list is seen."""

    http_method_names = ["post"]
    goes_to = again = ""
    said = "{0.added} added, {0.changed} changed, {0.unchanged} as they were already."

    def load(self, packed: Any) -> Loaded:
        raise NotImplementedError

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        step = request.resolver_match.view_name  # type: ignore[union-attr]
        try:
            loaded = self.load(signing.loads(request.POST.get("rows", ""), salt=step, max_age=AN_HOUR))
        except signing.BadSignature:
            messages.error(request, "The rows were shown more than an hour ago. Load the list again.")
            return redirect(self.address(self.again))
        except Refused as refusal:
            messages.error(request, str(refusal))
            return redirect(self.address(self.again))
        messages.success(request, self.said.format(loaded))
        return redirect(self.address(self.goes_to))
