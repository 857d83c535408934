"""One signature, as its keeper and as its signatory see it."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.functional import cached_property

from desaga.organisations.doors import PressView, WorkspaceFormView, WorkspaceMixin, WorkspaceView

from .. import queries
from ..forms import PlaceForm, ReportForm, SayWhyForm, SignForm, WithdrawForm, YearForm
from ..models import Report, Signature
from ..operations import keeping, reporting, signing
from ..states import Side, SignatureState, may_follow
from .charters import SECTION


class SignatureMixin(WorkspaceMixin):
    """`only` names the side whose page it is: the other is told that there is no such page. The keeper stands in for who has no workspace."""

    permission = "charters.see_charters"
    section = SECTION
    only: Side | None = None

    @cached_property
    def found(self) -> tuple[Signature, Side]:
        return queries.signature_or_404(self.kwargs["pk"])  # type: ignore[attr-defined]

    @property
    def signature(self) -> Signature:
        return self.found[0]

    @property
    def side(self) -> Side:
        return self.found[1]

    @property
    def writes(self) -> bool:
        return queries.writes_for(self.signature, self.side)

    def back(self) -> str:
        return self.address("charters:show_signature", pk=self.signature.pk)


class OfSide(SignatureMixin):
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.has_perm(self.permission, self.organisation):  # type: ignore[union-attr]
            is_theirs = self.writes if self.only == Side.SIGNATORY else self.side == Side.KEEPER
            if not is_theirs:
                raise Http404("This page is for the other side.")
        return super().dispatch(request, *args, **kwargs)


class KeeperMixin(OfSide):
    permission, only = "charters.keep_charters", Side.KEEPER


class SignatoryMixin(OfSide):
    permission, only = "charters.sign_charters", Side.SIGNATORY


class ReporterMixin(OfSide):
    permission, only = "charters.report_on_pledges", Side.SIGNATORY


class ShowSignatureView(SignatureMixin, WorkspaceView):
    template_name = "charters/show_signature.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        signature, side, user = self.signature, self.side, self.request.user
        keeps = user.has_perm("charters.keep_charters", self.organisation) and side == Side.KEEPER
        signs = user.has_perm("charters.sign_charters", self.organisation) and self.writes
        reports = user.has_perm("charters.report_on_pledges", self.organisation) and self.writes
        deeds = may_follow(signature.state, side, has_workspace=signature.signatory_id is not None)
        theirs = {"sign", "withdraw"}
        answered = queries.actions_answering(signature.charter) if side == Side.SIGNATORY else {}
        pledges = queries.pledges_of(signature)
        for pledge in pledges:
            pledge.actions = answered.get(pledge.code, 0)  # type: ignore[attr-defined]
        is_open = signature.state == SignatureState.CONFIRMED and not signature.charter.is_historic
        return super().get_context_data(
            signature=signature, charter=signature.charter, side=side, pledges=pledges,
            deeds=[one for one in deeds if (signs if one in theirs else keeps)],
            reports=list(queries.reports_of(signature, side)), events=list(queries.events_of(signature)),
            may_place=keeps or reports, may_report=reports and is_open,
            framework=queries.framework_here(signature.charter) if side == Side.SIGNATORY else None,
            year_form=YearForm() if reports and is_open else None, **kwargs,
        )  # fmt: skip


class SignView(SignatoryMixin, WorkspaceFormView):
    template_name = "charters/sign.html"
    form_class = SignForm
    title, button = "Sign", "Sign it"
    said = "Signed. The charter’s keeper confirms it; then it is shown."

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"aims": self.signature.charter.aims}

    def get_initial(self) -> dict[str, Any]:
        signature = self.signature
        held = {one.code: one.words for one in queries.pledges_of(signature)}
        pledges = {f"pledge_{n}": held.get(aim["code"], "") for n, aim in enumerate(signature.charter.aims)}
        told = {name: getattr(signature, name) for name in ("signed_by", "nation", "words")}
        return {**pledges, **told, "signed_on": signature.signed_on or timezone.localdate()}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(signature=self.signature, charter=self.signature.charter, **kwargs)

    def perform(self, form: SignForm) -> Signature:
        said = {name: form.cleaned_data[name] for name in ("signed_by", "signed_on", "nation", "words")}
        return signing.sign(actor=self.request.user, signature=self.signature, pledges=form.pledges, **said)


class ConfirmSignatureView(KeeperMixin, PressView):
    def perform(self) -> str:
        held = keeping.confirm_signature(actor=self.request.user, signature=self.signature)
        return f"{held.name} is confirmed and shown."


class RestoreSignatureView(KeeperMixin, PressView):
    def perform(self) -> str:
        held = keeping.restore(actor=self.request.user, signature=self.signature)
        return f"{held.name} counts again and is shown."


class GiveBackView(KeeperMixin, WorkspaceFormView):
    form_class = SayWhyForm
    title, button, said = "Give it back", "Give it back", "{0.name} is asked to look at it again."

    def perform(self, form: SayWhyForm) -> Signature:
        return keeping.give_back(actor=self.request.user, signature=self.signature, **form.cleaned_data)


class LetLapseView(KeeperMixin, WorkspaceFormView):
    form_class = SayWhyForm
    title, button, said = "Let it lapse", "Let it lapse", "{0.name} is not shown any more."

    def perform(self, form: SayWhyForm) -> Signature:
        return keeping.let_lapse(actor=self.request.user, signature=self.signature, **form.cleaned_data)


class WithdrawView(SignatoryMixin, WorkspaceFormView):
    form_class = WithdrawForm
    title, button, said = "Withdraw the signature", "Withdraw it", "It is withdrawn and not shown any more."

    def perform(self, form: WithdrawForm) -> Signature:
        return signing.withdraw(actor=self.request.user, signature=self.signature, **form.cleaned_data)


class PlaceSignatureView(SignatureMixin, WorkspaceFormView):
    """Both sides say where it stands, the keeper more than the signatory."""

    permission = "charters.report_on_pledges"
    form_class = PlaceForm
    title, button, said = "Where it stands", "Save", "Saved."

    def get_form_kwargs(self) -> dict[str, Any]:
        told = {"charter": self.signature.charter, "is_keeper": self.side == Side.KEEPER}
        return super().get_form_kwargs() | told

    def get_initial(self) -> dict[str, Any]:
        names = ("cohort", "stage", "report_due_on", "nation", "home_page", "plan_url")
        return {name: getattr(self.signature, name) for name in names}

    def perform(self, form: PlaceForm) -> Signature:
        return keeping.place_signature(actor=self.request.user, signature=self.signature, **form.cleaned_data)


class BeginReportView(ReporterMixin, PressView):
    """Chooses the year and goes to its form; nothing is written."""

    year: int | None = None

    def back(self) -> str:
        if self.year:
            return self.address("charters:write_report", pk=self.signature.pk, year=self.year)
        return super().back()

    def perform(self) -> str:
        form = YearForm(self.request.POST)
        if not form.is_valid():
            raise reporting.NoSuchYear
        self.year = form.cleaned_data["year"]
        return ""


class ReportMixin(ReporterMixin):
    @cached_property
    def report(self) -> Report | None:
        return queries.reports_of(self.signature, self.side).filter(year=self.kwargs["year"]).first()  # type: ignore[attr-defined]


class WriteReportView(ReportMixin, WorkspaceFormView):
    template_name = "charters/write_report.html"
    form_class = ReportForm
    button = "Save the draft"
    said = "Saved as a draft. Publish it when it is right."

    @property
    def title(self) -> str:  # type: ignore[override]
        return f"Report for {self.kwargs['year']}"

    @cached_property
    def pledges(self) -> list[Any]:
        return queries.pledges_of(self.signature)

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"pledges": self.pledges}

    def get_initial(self) -> dict[str, Any]:
        if self.report is None:
            return {}
        held = {one.code: one for one in self.report.lines_told}  # type: ignore[attr-defined]
        parts = ("done", "evidence", "evidence_url", "next")
        told = {
            f"{part}_{n}": getattr(held[pledge.code], part)
            for n, pledge in enumerate(self.pledges)
            if pledge.code in held
            for part in parts
        }
        return {"summary": self.report.summary, **told}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(signature=self.signature, **kwargs)

    def perform(self, form: ReportForm) -> Report:
        return reporting.write_report(
            actor=self.request.user, signature=self.signature, year=self.kwargs["year"], summary=form.cleaned_data["summary"],
            lines=form.lines,
        )  # fmt: skip


class PressReportView(ReportMixin, PressView):
    def asked(self) -> Report:
        return get_object_or_404(queries.reports_of(self.signature, self.side), year=self.kwargs["year"])


class PublishReportView(PressReportView):
    def perform(self) -> str:
        report = reporting.publish_report(actor=self.request.user, report=self.asked())
        return f"The report for {report.year} is shown."


class HideReportView(PressReportView):
    def perform(self) -> str:
        report = reporting.hide_report(actor=self.request.user, report=self.asked())
        return f"The report for {report.year} is a draft again."
