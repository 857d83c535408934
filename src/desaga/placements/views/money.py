"""Claims and payments, for those who check them and for whoever keeps the money."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.functional import cached_property
from django.views.generic import View

from desaga.documents.out import FORMATS
from desaga.organisations.doors import WorkspaceFormView, WorkspaceMixin, WorkspaceView

from ..exporting import claims_table, movements_table
from ..forms.awards import ApproveForm, BackForm, ClaimFilterForm, PayForm, WordsForm
from ..models import Claim
from ..operations import paying as operations
from ..operations.gate import NotNow
from ..queries import awards as queries
from ..queries import money
from ..queries.applications import applications_not_hidden
from ..queries.schemes import money_by_year
from .claims import receipt_response
from .files import table_response
from .schemes import SchemeMixin

ROWS_A_PAGE = 50


class KeepsMixin(SchemeMixin):
    permission = "placements.keep_money"
    tab = "placements:list_claims"


class ClaimsMixin(KeepsMixin):
    """The claims of a scheme, narrowed by the address."""

    @cached_property
    def filter_form(self) -> ClaimFilterForm:
        form = ClaimFilterForm(self.request.GET)  # type: ignore[attr-defined]
        # A word of the address that is no choice is left out; the others still count.
        form.is_valid()
        return form

    @property
    def wanted(self) -> dict[str, Any]:
        return self.filter_form.cleaned_data

    def chosen(self) -> Any:
        states = [self.wanted["state"]] if self.wanted.get("state") else []
        rows = queries.claims_in(self.request.user, self.organisation, self.scheme, *states)  # type: ignore[attr-defined]
        return money.sent_between(rows, self.wanted.get("since"), self.wanted.get("until"))


class ListClaimsView(ClaimsMixin, WorkspaceView):
    template_name = "placements/list_claims.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            page_obj=Paginator(self.chosen(), ROWS_A_PAGE).get_page(self.request.GET.get("page")),
            filter_form=self.filter_form,
            money=money_by_year(self.scheme, applications_not_hidden(self.request.user)),
            **kwargs,
        )  # fmt: skip


class TakeClaimsOutView(ClaimsMixin, WorkspaceMixin, View):
    """The claims that were sent, as the finance office wants them. No cell can act as a formula."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        title, budgets = f"Claims of {self.scheme.name}", money.years_of(self.scheme)
        rows = money.in_order(self.chosen())
        return table_response(claims_table(rows, title, budgets), FORMATS["csv"], title, self.organisation)


class TakeMovementsOutView(ClaimsMixin, WorkspaceMixin, View):
    """What was paid and what came back: the sum is what was spent."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        title, budgets = f"Payments of {self.scheme.name}", money.years_of(self.scheme)
        between = self.wanted.get("since"), self.wanted.get("until")
        rows = money.movements(request.user, self.organisation, self.scheme, *between)
        return table_response(movements_table(rows, title, budgets), FORMATS["csv"], title, self.organisation)


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


class TakePaymentBackView(ClaimFormView):
    """The bank sent it back, or it was marked on the wrong claim."""

    form_class = BackForm
    title, button = "The payment did not hold", "Take it back"
    said = "It is taken back. The claim stands among what is to be paid again."

    def perform(self, form: BackForm) -> None:
        payment = self.claim.payment
        if payment is None:
            raise NotNow
        operations.take_payment_back(payment=payment, because=form.cleaned_data["words"], actor=self.request.user)


class FetchClaimReceiptView(ClaimMixin, WorkspaceMixin, View):
    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return receipt_response(queries.receipt_or_404(self.claim, self.kwargs["pk"]))
