"""Claims and payments, for those who check them and for whoever keeps the money."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.functional import cached_property
from django.views.generic import View

from desaga.documents.out import FORMATS, Imprint
from desaga.organisations.doors import WorkspaceFormView, WorkspaceMixin, WorkspaceView

from ..awarding import ClaimState
from ..exporting import claims_table
from ..forms.awards import ApproveForm, PayForm, WordsForm
from ..models import Claim
from ..operations import paying as operations
from ..queries import awards as queries
from ..queries.schemes import money_of
from .claims import receipt_response
from .schemes import SchemeMixin

ROWS_A_PAGE = 50
#: What a page can be narrowed to, in the order in which a claim goes.
SHOWN = (ClaimState.SENT, ClaimState.APPROVED, ClaimState.PAID, ClaimState.RETURNED)


class KeepsMixin(SchemeMixin):
    permission = "placements.keep_money"
    tab = "placements:list_claims"


class ListClaimsView(KeepsMixin, WorkspaceView):
    template_name = "placements/list_claims.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        chosen = self.request.GET.get("state", "")
        states = [chosen] if chosen in SHOWN else []
        rows = queries.claims_in(self.request.user, self.organisation, self.scheme, *states)
        here = self.address("placements:list_claims", scheme_slug=self.scheme.slug)
        kinds = [("", "All"), *((str(one), one.label) for one in SHOWN)]
        return super().get_context_data(
            page_obj=Paginator(rows, ROWS_A_PAGE).get_page(self.request.GET.get("page")),
            states=[(label, f"{here}?state={value}" if value else here, value == (states[0] if states else "")) for value, label in kinds],
            money=[(budget, money_of(budget)) for budget in self.scheme.budgets.all()],
            **kwargs,
        )  # fmt: skip


class TakeClaimsOutView(KeepsMixin, WorkspaceMixin, View):
    """All claims that were sent, as the finance office wants them. No cell can act as a formula."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        format, title = FORMATS["csv"], f"Claims of {self.scheme.name}"
        rows = queries.claims_in(request.user, self.organisation, self.scheme).order_by("decided_at", "sent_at", "pk")
        content = format.write(
            [claims_table(rows, title)], Imprint(title, self.organisation.name, timezone.localdate())
        )
        name = f"claims-{self.scheme.slug}-{timezone.localdate().isoformat()}.csv"
        headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"}
        return HttpResponse(content, content_type=format.media_type, headers=headers)


class ClaimMixin(KeepsMixin):
    """One claim that was sent."""

    @cached_property
    def claim(self) -> Claim:
        user, one = self.request.user, (self.kwargs["reference"], self.kwargs["number"])  # type: ignore[attr-defined]
        return queries.claim_at_or_404(user, self.organisation, self.scheme, *one)  # type: ignore[attr-defined]

    def back(self) -> str:
        told = {name: self.kwargs[name] for name in ("scheme_slug", "reference", "number")}
        return self.address("placements:look_at_claim", **told)  # type: ignore[attr-defined]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(claim=self.claim, application=self.claim.award.application, **kwargs)


class LookAtClaimView(ClaimMixin, WorkspaceView):
    template_name = "placements/look_at_claim.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        claim = self.claim
        labels = {one.key: one.label for one in claim.award.application.definition.cost_kinds}
        lines = list(claim.lines.all())
        for line in lines:
            line.kind_words = labels.get(line.kind, line.kind)
        total = sum(line.pounds for line in lines)
        return super().get_context_data(
            lines=lines, total=total, purse=claim.award.purse, payment=claim.payment,
            allowed=sum(line.counted for line in lines), pay_form=PayForm(initial={"paid_on": timezone.localdate()}),
            **kwargs,
        )  # fmt: skip


class ClaimFormView(ClaimMixin, WorkspaceFormView):
    template_name = "placements/staff_form.html"


class ApproveClaimView(ClaimFormView):
    permission = "placements.run_schemes"
    form_class = ApproveForm
    title, button = "Approve the claim", "Approve it"
    said = "It is approved, and stands among what is to be paid."

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "lines": list(self.claim.lines.all())}

    def perform(self, form: ApproveForm) -> None:
        told = form.told
        cuts = {pk: operations.Cut(*cut) for pk, cut in told["cuts"].items()}
        operations.approve_claim(claim=self.claim, actor=self.request.user, words=told["words"], cuts=cuts)


class ReturnClaimView(ClaimFormView):
    permission = "placements.run_schemes"
    form_class = WordsForm
    title, button = "Give the claim back", "Give it back"
    said = "It is given back, with the reason."

    def perform(self, form: WordsForm) -> None:
        operations.return_claim(claim=self.claim, actor=self.request.user, **form.cleaned_data)


class PayClaimView(ClaimFormView):
    form_class = PayForm
    title, button = "Mark the claim as paid", "It is paid"
    said = "It is marked as paid, and the technician has an e-mail."

    def get_initial(self) -> dict[str, Any]:
        return {"paid_on": timezone.localdate()}

    def perform(self, form: PayForm) -> None:
        operations.pay_claim(claim=self.claim, actor=self.request.user, **form.cleaned_data)


class FetchClaimReceiptView(ClaimMixin, WorkspaceMixin, View):
    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return receipt_response(queries.receipt_or_404(self.claim, self.kwargs["pk"]))
