"""Applications, for those who run a scheme: the list, one of them, and whether it can be funded."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.views.generic import View

from desaga.documents.out import FORMATS
from desaga.organisations.doors import PressView, WorkspaceFormView, WorkspaceMixin, WorkspaceView
from desaga.plans.exports import TooLongForPDF
from desaga.plans.exports.taking import tables_as_file

from ..defining import Definition, Nouns
from ..forms import ApplicationFilterForm, BecauseForm, BlackenForm, DeclareForm, IneligibleForm, NoteConflictForm
from ..letter_files import as_attachment
from ..models import Application, Interest
from ..naming import doubts
from ..operations import blackening, conflicts, eligibility
from ..queries import panel as reads
from ..queries import reading
from ..queries.applications import application_or_404, applications_for, looked_at, own_file_or_404, typed
from ..queries.asking import asked_told
from ..queries.keeping import hold_on
from ..queries.listing import narrowed
from ..queries.schemes import rounds_of, version_in_force
from ..staff_words import history_told, interests_told, readings_told
from ..states import TRANSITIONS, ApplicationState
from ..tables import applications_table
from ..telling import tell
from ..urls_of import look_url
from .schemes import SchemeMixin

ROWS_A_PAGE = 100


class StaffMixin(SchemeMixin):
    """A page for those who run the scheme."""

    permission = "placements.run_schemes"
    tab = "placements:list_applications"


class ListMixin(StaffMixin):
    """Applications that came in to a scheme, narrowed by the address."""

    @cached_property
    def definition(self) -> Definition | None:
        version = version_in_force(self.scheme)
        return version.definition if version else None

    @cached_property
    def nouns(self) -> Nouns:
        return self.definition.nouns if self.definition else Nouns()

    @cached_property
    def filter_form(self) -> ApplicationFilterForm:
        form = ApplicationFilterForm(self.request.GET, rounds=rounds_of(self.scheme), definition=self.definition)
        # A word of the address that is no choice is left out; the others still count.
        form.is_valid()
        return form

    def chosen(self) -> QuerySet[Application]:
        rows = applications_for(self.request.user, self.request.organisation).filter(scheme=self.scheme)
        return narrowed(rows, self.filter_form.cleaned_data)


class ListApplicationsView(ListMixin, WorkspaceView):
    template_name = "placements/list_applications.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page = Paginator(self.chosen(), ROWS_A_PAGE).get_page(self.request.GET.get("page"))
        return super().get_context_data(filter_form=self.filter_form, page_obj=page, nouns=self.nouns, **kwargs)


class TakeApplicationsOutView(ListMixin, WorkspaceMixin, View):
    """The same as a file."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        format, today = FORMATS.get(self.kwargs["format"]), timezone.localdate()
        if format is None:
            raise Http404
        title = f"Applications to {self.scheme}"
        try:
            file = tables_as_file(
                [applications_table(self.chosen(), today, self.nouns)], format, title, self.organisation, today
            )
        except TooLongForPDF as refusal:
            messages.error(request, str(refusal))
            return redirect(self.address("placements:list_applications", scheme_slug=self.scheme.slug))
        headers = {"Content-Disposition": f'attachment; filename="{file.name}"', "Cache-Control": "private, no-store"}
        return HttpResponse(file.content, content_type=file.media_type, headers=headers)


class ApplicationMixin(StaffMixin):
    """A page about one application, for those who run the scheme; 404 where it is hidden from whoever looks."""

    @cached_property
    def application(self) -> Application:
        return application_or_404(
            self.request.user, self.request.organisation, self.kwargs["scheme_slug"], self.kwargs["reference"]
        )

    def back(self) -> str:
        return look_url(self.request.organisation, self.application)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(application=self.application, **kwargs)


class LookAtApplicationView(ApplicationMixin, WorkspaceView):
    template_name = "placements/look_at_application.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        application = self.application
        definition, answers = application.definition, typed(application)
        _, looked, checks = looked_at(application, timezone.localdate())
        own = reading.assignment_of(self.request.user, application)
        # Whoever reads it as well sees what others gave when they have sent theirs.
        waits = own is not None and not own.is_done and application.state == ApplicationState.ELIGIBLE
        return super().get_context_data(
            parts=tell(definition, answers),
            checks=[*checks, *doubts(definition, looked.values, application.email)],
            asked=asked_told(application, may_act=False),
            found=reads.checks_of(application).first(),
            interests=interests_told(reads.interests_in(application), definition),
            readings=[] if waits else readings_told(reads.assignments_of(application), definition),
            waits=waits,
            hold=hold_on(application),
            hides_names=definition.names_hidden,
            history=history_told(reads.events_of(application)),
            blackened=reading.blackened_in([application.pk]).get(application.pk, {}),
            can=[deed for deed, one in TRANSITIONS.items() if application.state in one.sources],
            **kwargs,
        )


class FetchApplicationFileView(ApplicationMixin, WorkspaceMixin, View):
    """A file that was handed in, as an attachment and nothing else, once the virus scanner is past it."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return as_attachment(*own_file_or_404(self.application, self.kwargs["pk"]))


class FindEligibleView(ApplicationMixin, PressView):
    def perform(self) -> str:
        eligibility.find_eligible(
            actor=self.request.user, application=self.application, words=self.request.POST.get("words", "")[:2000]
        )
        return f"{self.application.reference} goes to the panel."


class FindIneligibleView(ApplicationMixin, WorkspaceFormView):
    title = "It cannot be funded"
    button = "Say so to the applicant"
    said = "The applicant sees why when they next look."
    form_class = IneligibleForm
    template_name = "placements/application_form.html"

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "definition": self.application.definition}

    def perform(self, form: IneligibleForm) -> None:
        told = {"reasons": form.cleaned_data.get("reasons", []), "words": form.cleaned_data["words"]}
        eligibility.find_ineligible(actor=self.request.user, application=self.application, **told)


class LookAgainView(ApplicationMixin, PressView):
    def perform(self) -> str:
        eligibility.look_again(actor=self.request.user, application=self.application)
        return f"{self.application.reference} is to be checked again. The panel does not see it meanwhile."


class InterestMixin(ApplicationMixin):
    @cached_property
    def interest(self) -> Interest:
        return reads.interest_or_404(self.application, self.kwargs["pk"])


class WaiveView(InterestMixin, WorkspaceFormView):
    title = "It does not matter"
    button = "Waive it"
    said = "It no longer stands in the way. Your name and your reason are kept with it."
    form_class = BecauseForm
    template_name = "placements/application_form.html"

    def get_form_kwargs(self) -> dict[str, Any]:
        label = f"Why {self.interest.person} may read it all the same"
        return {**super().get_form_kwargs(), "label": label, "hint": "It is kept with your name."}

    def perform(self, form: BecauseForm) -> None:
        conflicts.waive(actor=self.request.user, interest=self.interest, because=form.cleaned_data["because"])


class NoteConflictView(ApplicationMixin, WorkspaceFormView):
    title = "Somebody has a conflict"
    button = "Note it"
    said = "It is noted. They see nothing of the application until you waive it."
    form_class = NoteConflictForm
    template_name = "placements/application_form.html"

    def get_form_kwargs(self) -> dict[str, Any]:
        return {
            **super().get_form_kwargs(),
            "people": reads.people_who_may_lead(),
            "kinds": self.application.definition.conflict_kinds,
        }

    def perform(self, form: NoteConflictForm) -> None:
        conflicts.note_conflict(actor=self.request.user, application=self.application, **form.cleaned_data)


class DeclareAsStaffView(ApplicationMixin, WorkspaceFormView):
    """Whoever runs the scheme has a conflict themselves: from then on they see nothing of it."""

    title = "Do you have a conflict?"
    button = "Declare it"
    form_class = DeclareForm
    template_name = "placements/application_form.html"

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "kinds": self.application.definition.conflict_kinds}

    def perform(self, form: DeclareForm) -> None:
        conflicts.declare(actor=self.request.user, application=self.application, **form.cleaned_data)
        messages.success(
            self.request, "It is noted. Whatever you declared, you see nothing of it until somebody else waives it."
        )

    def get_success_url(self) -> str:
        return self.address("placements:list_applications", scheme_slug=self.scheme.slug)


class BlackenView(ApplicationMixin, WorkspaceFormView):
    """Words that the panel does not read."""

    title = "Blacken words"
    button = "Blacken"
    said = "The panel reads black in their place."
    form_class = BlackenForm
    template_name = "placements/application_form.html"

    def get_form_kwargs(self) -> dict[str, Any]:
        answers = [
            (one.key, one.label)
            for part in tell(self.application.definition, typed(self.application))
            for one in part.answers
        ]
        return {**super().get_form_kwargs(), "answers": answers}

    def perform(self, form: BlackenForm) -> None:
        blackening.blacken_words(actor=self.request.user, application=self.application, **form.cleaned_data)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        parts = tell(self.application.definition, typed(self.application), reading.hidden_in(self.application))
        return super().get_context_data(parts=parts, black=reads.blackened_rows(self.application), **kwargs)


class ShowAgainView(ApplicationMixin, PressView):
    def perform(self) -> str:
        row = reads.blackened_or_404(self.application, self.kwargs["pk"])
        blackening.show_again(actor=self.request.user, blackened=row)
        return "The panel reads those words again."

    def back(self) -> str:
        return reverse(
            "placements:blacken_words", args=[self.organisation.slug, self.scheme.slug, self.application.reference]
        )
