"""The claims of whoever was awarded: begun, written cost by cost, sent, taken back."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.functional import cached_property
from django.utils.http import content_disposition_header
from django.views.generic import View

from desaga.evidence.forms import choose_again
from desaga.evidence.views import SEALED

from ..awarding import ClaimKind
from ..forms.awards import LineForm
from ..models import Claim, Receipt
from ..operations import claims as operations
from ..queries import awards as queries
from .applicants import OwnPressView
from .own import OfAwardMixin, OwnFormView


class BeginClaimView(OfAwardMixin, OwnPressView):
    claim: Claim | None = None

    def perform(self) -> str:
        kind = ClaimKind.ADVANCE if self.request.POST.get("kind") == ClaimKind.ADVANCE else ClaimKind.COSTS
        self.claim = operations.begin_claim(award=self.award, kind=kind, actor=self.request.user)
        return ""

    def back(self) -> str:
        return self.address("show_claim", self.claim.number) if self.claim else super().back()


class OfClaimMixin(OfAwardMixin):
    @cached_property
    def claim(self) -> Claim:
        return queries.claim_or_404(self.award, self.kwargs["number"])


class ShowClaimView(OfClaimMixin, OwnFormView):
    """What the claim holds, and the form for one more cost while it is written."""

    template_name = "placements/show_claim.html"
    form_class = LineForm
    title, button = "Claim", "Add this cost"
    said = "The cost is added."

    def get_form_kwargs(self) -> dict[str, Any]:
        kinds = [(one.key, one.label) for one in self.award.application.definition.cost_kinds]
        is_advance = self.claim.kind == ClaimKind.ADVANCE
        return {**super().get_form_kwargs(), "kinds": kinds, "is_advance": is_advance}

    def perform(self, form: LineForm) -> None:
        operations.add_line(claim=self.claim, actor=self.request.user, **form.cleaned_data)

    def form_invalid(self, form: LineForm) -> HttpResponse:
        if "receipt" in form.fields:
            choose_again(form, "receipt")
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def back(self) -> str:
        return self.address("show_claim", self.claim.number)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        lines = list(self.claim.lines.all())
        labels = {one.key: one.label for one in self.award.application.definition.cost_kinds}
        for line in lines:
            line.kind_words = labels.get(line.kind, line.kind)
        return super().get_context_data(
            claim=self.claim, lines=lines, total=sum(line.pounds for line in lines), allowed=sum(line.counted for line in lines), purse=self.award.purse,
            payment=self.claim.payment, **kwargs,
        )  # fmt: skip


class ClaimPressView(OfClaimMixin, OwnPressView):
    def back(self) -> str:
        return self.address("show_claim", self.claim.number)


class RemoveLineView(ClaimPressView):
    def perform(self) -> str:
        line = queries.line_or_404(self.claim, self.kwargs["pk"])
        operations.remove_line(line=line, actor=self.request.user)
        return "The cost is taken out."


class SendClaimView(ClaimPressView):
    def perform(self) -> str:
        operations.send_claim(claim=self.claim, actor=self.request.user)
        return "The claim is sent. You get an e-mail when somebody has looked at it."


class DropClaimView(ClaimPressView):
    def perform(self) -> str:
        operations.drop_claim(claim=self.claim, actor=self.request.user)
        return "The claim is taken back. Nothing of it is paid."


class FetchReceiptView(OfClaimMixin, View):
    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return receipt_response(queries.receipt_or_404(self.claim, self.kwargs["pk"]))


def receipt_response(receipt: Receipt) -> HttpResponse:
    """The file, as an attachment and nothing else; 404 while the scanner has not looked, or where it found something."""
    content = getattr(receipt, "content", None)
    if content is None or not receipt.can_be_fetched:
        raise Http404
    headers = SEALED | {"Content-Disposition": content_disposition_header(True, receipt.name) or "attachment"}
    return HttpResponse(bytes(content.content), content_type="application/octet-stream", headers=headers)
