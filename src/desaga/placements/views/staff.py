"""Awards, for those who run the scheme: who was awarded, where each stands, what is to be decided."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.functional import cached_property
from django.views.generic import View

from desaga.documents.out import FORMATS
from desaga.organisations.doors import PressView, WorkspaceFormView, WorkspaceMixin, WorkspaceView

from ..asked import asked
from ..forms.awards import (
    AddressForm,
    AskAgainForm,
    AwardFilterForm,
    CallOffForm,
    DaysForm,
    DueForm,
    ExtendOfferForm,
    FinishForm,
    OfferNextForm,
    RepaymentForm,
    StaffChangeForm,
    WordsForm,
)
from ..models import Award, AwardChange, AwardLetter, Signature
from ..operations import addresses, agreements, attending, awards, changes, paying, reports
from ..operations.gate import NotNow
from ..papers import agreement_paper
from ..queries import after, came_of_it, stuck
from ..queries import awards as queries
from ..queries.schemes import rounds_of
from ..tables import awards_table, outcomes_table
from .files import table_response
from .schemes import SchemeMixin
from .signing import paper, report_response

ROWS_A_PAGE = 50
TAKEN_OUT_AS = ("xlsx", "csv", "json")


class RunsMixin(SchemeMixin):
    permission = "placements.run_schemes"
    tab = "placements:list_awards"


class AwardsMixin(RunsMixin):
    """The awards of a scheme, narrowed by the address."""

    @cached_property
    def filter_form(self) -> AwardFilterForm:
        form = AwardFilterForm(self.request.GET, nouns=self.nouns)  # type: ignore[attr-defined]
        # A word of the address that is no choice is left out; the others still count.
        form.is_valid()
        return form

    def all_awards(self) -> Any:
        return queries.awards_of_scheme(self.request.user, self.organisation, self.scheme)  # type: ignore[attr-defined]

    def chosen(self) -> Any:
        return stuck.narrowed(self.all_awards(), self.filter_form.cleaned_data)


class ListAwardsView(AwardsMixin, WorkspaceView):
    """All awards of a scheme, what is missing of them, and the reserve lists that wait for money."""

    template_name = "placements/list_awards.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        counts = stuck.counts_of(self.all_awards())
        return super().get_context_data(
            filter_form=self.filter_form,
            missing=[(key, one.label, counts[key]) for key, one in stuck.STUCK.items() if counts[key]],
            page_obj=Paginator(self.chosen(), ROWS_A_PAGE).get_page(self.request.GET.get("page")),
            reserves=queries.reserves_for(self.request.user, self.organisation, self.scheme),
            stories=after.stories_offered(self.request.user, self.organisation, self.scheme).count(),
            **kwargs,
        )


class TakeAwardsOutView(AwardsMixin, WorkspaceMixin, View):
    """The same as a file."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.kwargs["format"] not in TAKEN_OUT_AS:
            raise Http404
        format = FORMATS[self.kwargs["format"]]
        return table_response(
            awards_table(self.chosen(), self.nouns), format, f"Awards of {self.scheme}", self.organisation
        )


class OfferNextView(RunsMixin, WorkspaceFormView):
    """To the first on a reserve list for whom there is money."""

    template_name = "placements/staff_form.html"
    form_class = OfferNextForm
    title, button = "Offer to the next on the reserve list", "Offer the award"

    @cached_property
    def place(self) -> Any:
        round_ = get_object_or_404(rounds_of(self.scheme), pk=self.kwargs["pk"])
        return queries.next_place_for(self.request.user, self.organisation, round_)

    def get_initial(self) -> dict[str, Any]:
        if self.place is None:
            raise Http404
        place = self.place
        return {"seen": place.application_id, "amount": f"{place.sum:.2f}", "conditions": place.conditions}

    def perform(self, form: OfferNextForm) -> None:
        if self.place is None:
            raise NotNow
        round_ = get_object_or_404(rounds_of(self.scheme), pk=self.kwargs["pk"])
        award = awards.offer_next(round_=round_, actor=self.request.user, **form.cleaned_data)
        messages.success(self.request, f"{award.application.name} was offered £{award.amount:,.2f}, and has an e-mail.")

    def back(self) -> str:
        return self.address("placements:list_awards", scheme_slug=self.scheme.slug)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        place = self.place
        intro = (
            f"{place.application.name}, {place.application.reference}: £{place.sum:,.2f} of £{place.application.asked:,.2f} asked for."
            if place
            else ""
        )
        return super().get_context_data(intro=intro, **kwargs)


class AwardMixin(RunsMixin):
    """A page about one award."""

    @cached_property
    def award(self) -> Award:
        award = queries.award_or_404(self.request.user, self.organisation, self.scheme, self.kwargs["reference"])  # type: ignore[attr-defined]
        award.application.organisation = self.organisation  # type: ignore[attr-defined]
        return award

    def back(self) -> str:
        told = {"scheme_slug": self.scheme.slug, "reference": self.kwargs["reference"]}
        return self.address("placements:show_award", **told)  # type: ignore[attr-defined]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(award=self.award, application=self.award.application, **kwargs)


class ShowAwardView(AwardMixin, WorkspaceView):
    template_name = "placements/show_award.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        award = self.award
        report, follow = after.report_of(award), award.application.definition.report
        holding, waiting = queries.agreement_holding(award), queries.agreement_waiting(award)
        return super().get_context_data(
            purse=award.purse,
            holding=holding,
            waiting=waiting,
            named=queries.named_by_technician(award, waiting or holding),
            change=queries.change_asked(award),
            changes=queries.changes_told(award),
            claims=[one for one in queries.claims_of(award) if one.state != "written"],
            report=report,
            questions=asked(follow, report.answers, award.application.definition) if report and report.sent_at else [],
            attendance=after.attendance_of(award),
            sessions=list(after.sessions_of(award)),
            outcomes=[
                (one, asked(follow_up, one.answers, award.application.definition))
                for one, follow_up in self._outcomes()
            ],
            lost=list(queries.letters_lost_of(award)),
            events=list(award.application.events.all()),
            **kwargs,
        )

    def _outcomes(self) -> list[tuple[Any, Any]]:
        known = {one.key: one for one in self.award.application.definition.outcomes}
        return [(one, known[one.key]) for one in after.outcomes_of(self.award) if one.key in known]


class TakeAgreementView(AwardMixin, WorkspaceMixin, View):
    """The agreement that holds, else the one that waits."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        agreement = queries.agreement_holding(self.award) or queries.agreement_waiting(self.award)
        if agreement is None:
            raise Http404
        return paper(agreement_paper(agreement), str(agreement), self.organisation)


class AwardFormView(AwardMixin, WorkspaceFormView):
    template_name = "placements/staff_form.html"


class AwardPressView(AwardMixin, PressView):
    pass


class AskAgainView(AwardFormView):
    """Send a link again, to another address or to somebody else."""

    form_class = AskAgainForm
    title, button = "Send the link again", "Send it"
    said = "The link is sent again. Earlier ones open no more."

    @cached_property
    def signature(self) -> Signature:
        return queries.signature_or_404(self.award, self.kwargs["pk"])

    def get_initial(self) -> dict[str, str]:
        return {"name": self.signature.name, "email": self.signature.email}

    def perform(self, form: AskAgainForm) -> None:
        agreements.send_again(signature=self.signature, actor=self.request.user, **form.cleaned_data)


class ChangeAwardView(AwardFormView):
    """Those who run the scheme change it themselves: asked for and approved at once."""

    form_class = StaffChangeForm
    title, button = "Change the award", "Change it"
    said = "The change is approved. Where there is an agreement, all three are asked to sign the new one."

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "award": self.award}

    def perform(self, form: StaffChangeForm) -> None:
        changes.change_award(award=self.award, actor=self.request.user, **form.cleaned_data)


class OfChangeMixin(AwardMixin):
    @cached_property
    def change(self) -> AwardChange:
        return queries.change_or_404(self.award, self.kwargs["pk"])


class ApproveChangeView(OfChangeMixin, PressView):
    def perform(self) -> str:
        changes.approve_change(change=self.change, actor=self.request.user)
        return "The change is approved."


class DeclineChangeView(OfChangeMixin, WorkspaceFormView):
    template_name = "placements/staff_form.html"
    form_class = WordsForm
    title, button = "Do not approve the change", "Do not approve it"
    said = "It is not approved, and the technician reads why."

    def perform(self, form: WordsForm) -> None:
        changes.decline_change(change=self.change, actor=self.request.user, **form.cleaned_data)


class DropChangeView(AwardPressView):
    def perform(self) -> str:
        changes.take_change_back(award=self.award, actor=self.request.user)
        return "The change is dropped. What was signed before holds."


class AskDaysView(AwardPressView):
    def perform(self) -> str:
        sent = attending.ask_days_now(award=self.award, actor=self.request.user)
        return f"{sent.email} is asked to confirm the days."


class EnterDaysView(AwardFormView):
    """What the host said by telephone, or on paper."""

    form_class = DaysForm
    title, button = "Write down the days", "Keep them"
    said = "The days are written down, with who said so."

    def get_form_kwargs(self) -> dict[str, Any]:
        return {
            **super().get_form_kwargs(),
            "days": attending.days_of(self.award, timezone.localdate()),
            "nouns": self.award.application.definition.nouns,
        }

    def get_initial(self) -> dict[str, Any]:
        known = after.attendance_of(self.award)
        return {"days": [str(day) for day in (known.days if known else attending.usual_days(self.award))]}

    def perform(self, form: DaysForm) -> None:
        attending.enter_days(award=self.award, actor=self.request.user, **form.cleaned_data)


class MendLetterView(AwardFormView):
    """Another address for whoever a letter did not reach."""

    form_class = AddressForm
    title, button = "Another address", "Write to it"
    said = "It is sent to that address."

    @cached_property
    def letter(self) -> AwardLetter:
        return queries.letter_or_404(self.award, self.kwargs["pk"])

    def get_initial(self) -> dict[str, str]:
        return {"email": self.letter.email}

    def perform(self, form: AddressForm) -> None:
        addresses.mend_address(letter=self.letter, actor=self.request.user, **form.cleaned_data)


class AcceptReportView(AwardPressView):
    def perform(self) -> str:
        words = self.request.POST.get("words", "")[:2000]
        reports.accept_report(award=self.award, actor=self.request.user, words=words)
        return "The report is accepted."


class MoveDueView(AwardFormView):
    form_class = DueForm
    title, button = "Another day for the report", "Keep this day"
    said = "The report is due on that day, and the technician has an e-mail."

    def perform(self, form: DueForm) -> None:
        reports.move_due(award=self.award, actor=self.request.user, **form.cleaned_data)


class TakeReportView(AwardMixin, WorkspaceMixin, View):
    """The report as paper, once it was sent."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return report_response(self.award, self.organisation)


class ReturnReportView(AwardFormView):
    form_class = WordsForm
    title, button = "Give the report back", "Give it back"
    said = "The report is given back, with your words."

    def perform(self, form: WordsForm) -> None:
        reports.return_report(award=self.award, actor=self.request.user, **form.cleaned_data)


class ExtendOfferView(AwardFormView):
    """More time to answer; what lapsed or was turned down is offered again."""

    form_class = ExtendOfferForm
    title, button = "Offer it until another day", "Offer it"
    said = "It can be answered until then, and the technician has an e-mail."

    def perform(self, form: ExtendOfferForm) -> None:
        awards.extend_offer(award=self.award, actor=self.request.user, **form.cleaned_data)


class FinishView(AwardFormView):
    """One press; where a claim was not sent, the page says so and asks once more."""

    form_class = FinishForm
    title, button = "Finish", "Finish it"
    said = "The {} is finished."

    def perform(self, form: FinishForm) -> str:
        award = reports.finish(award=self.award, actor=self.request.user, **form.cleaned_data)
        return award.application.definition.noun


class CallOffView(AwardFormView):
    form_class = CallOffForm
    title, button = "Call it off", "Call it off"
    said = "It is called off, and whoever signed has an e-mail. What was not approved is free again."

    def get_initial(self) -> dict[str, Any]:
        change = queries.change_asked(self.award)
        return {"words": change.because if change and change.calls_off else ""}

    def perform(self, form: CallOffForm) -> None:
        told = form.cleaned_data
        awards.call_off(
            award=self.award, because=told["words"], claims_until=told["claims_until"], actor=self.request.user
        )


class ListStoriesView(RunsMixin, WorkspaceView):
    """The stories that were offered and to which consent stands."""

    template_name = "placements/list_stories.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = after.stories_offered(self.request.user, self.organisation, self.scheme)
        page = Paginator(rows, ROWS_A_PAGE).get_page(self.request.GET.get("page"))
        return super().get_context_data(page_obj=page, **kwargs)


class ListOutcomesView(RunsMixin, WorkspaceView):
    """What came of the awards of a scheme, asked some months later."""

    template_name = "placements/list_outcomes.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = came_of_it.outcomes_in(self.request.user, self.organisation, self.scheme)
        told = came_of_it.counted(rows)
        return super().get_context_data(follows=told, sentence=came_of_it.SENTENCE, **kwargs)


class TakeOutcomesOutView(RunsMixin, WorkspaceMixin, View):
    """All answers as they were given, for those who run the scheme."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.kwargs["format"] not in TAKEN_OUT_AS:
            raise Http404
        rows = came_of_it.outcomes_in(request.user, self.organisation, self.scheme)
        format = FORMATS[self.kwargs["format"]]
        return table_response(outcomes_table(rows), format, f"What came of {self.scheme}", self.organisation)


class TakeRepaymentView(AwardFormView):
    """What came back of an advance, for whoever keeps the money."""

    permission = "placements.run_schemes"
    form_class = RepaymentForm
    title, button = "Part of the advance came back", "Note it"
    said = "It is noted."

    def perform(self, form: RepaymentForm) -> None:
        paying.take_repayment(award=self.award, actor=self.request.user, **form.cleaned_data)
