"""The workspace's pages of questions, schools and doors."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.utils.functional import cached_property

from desaga.organisations.doors import ConfirmView, PressView, WorkspaceFormView, WorkspaceMixin, WorkspaceView

from .. import forms, queries
from ..models import Doors, Question, SchoolInterest
from ..operations import doors, questions, work

A_PAGE = 50


class ListQuestionsView(WorkspaceView):
    template_name = "careers/list_questions.html"
    permission = "careers.answer"
    section = "organisations"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = forms.QuestionFilterForm(self.request.GET)
        form.is_valid()
        rows = queries.questions_listed(form.cleaned_data.get("state", ""))
        page = Paginator(rows, A_PAGE).get_page(self.request.GET.get("page"))
        return super().get_context_data(
            filter_form=form, page_obj=page, rows=list(page), doors=queries.own_doors(), **kwargs
        )


class QuestionMixin(WorkspaceMixin):
    permission = "careers.answer"
    section = "organisations"

    @cached_property
    def question(self) -> Question:
        return queries.question_or_404(self.kwargs["pk"])  # type: ignore[attr-defined]

    def back(self) -> str:
        return self.address("careers:show_question", pk=self.question.pk)


class ShowQuestionView(QuestionMixin, WorkspaceView):
    template_name = "careers/show_question.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(question=self.question, **kwargs)


class WordQuestionView(QuestionMixin, WorkspaceFormView):
    form_class = forms.WordForm
    title, button, said = "Change the words", "Save", "It is saved."

    def get_initial(self) -> dict[str, Any]:
        return {"shown": self.question.shown}

    def perform(self, form: Any) -> Question:
        return questions.word_question(actor=self.request.user, question=self.question, **form.cleaned_data)


class SendQuestionView(QuestionMixin, WorkspaceFormView):
    form_class = forms.SendForm
    title, button, said = "Ask a technician", "Send the e-mail", "The e-mail is on its way."

    def perform(self, form: Any) -> Question:
        return questions.send_question(actor=self.request.user, question=self.question, **form.cleaned_data)


class AskAgainView(QuestionMixin, WorkspaceFormView):
    form_class = forms.AskAgainForm
    title, button, said = "Ask them to change their answer", "Send it back", "It is with them again."

    def perform(self, form: Any) -> Question:
        return questions.ask_again(actor=self.request.user, question=self.question, **form.cleaned_data)


class PublishAnswerView(QuestionMixin, PressView):
    def perform(self) -> str:
        questions.publish_answer(actor=self.request.user, question=self.question)
        return "Everybody can read it."


class DeclineQuestionView(QuestionMixin, PressView):
    def perform(self) -> str:
        questions.decline_question(actor=self.request.user, question=self.question)
        return "It is not taken, and is deleted in two weeks."


class TakeDownAnswerView(QuestionMixin, ConfirmView):
    title, button, said = "Take it down?", "Take it down", "It is shown nowhere any more."
    sentence = "Question and answer are gone from the site at once, and are deleted in two weeks."

    def thing(self) -> Question:
        return self.question

    def perform(self) -> Question:
        return questions.take_down(actor=self.request.user, question=self.question)


class ListInterestsView(WorkspaceView):
    template_name = "careers/list_interests.html"
    permission = "careers.answer"
    section = "organisations"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = forms.InterestFilterForm(self.request.GET)
        form.is_valid()
        rows = queries.interests_listed(form.cleaned_data.get("state", ""))
        page = Paginator(rows, A_PAGE).get_page(self.request.GET.get("page"))
        return super().get_context_data(
            filter_form=form, page_obj=page, rows=list(page), doors=queries.own_doors(), **kwargs
        )


class InterestMixin(WorkspaceMixin):
    permission = "careers.answer"
    section = "organisations"

    @cached_property
    def interest(self) -> SchoolInterest:
        return queries.interest_or_404(self.kwargs["pk"])  # type: ignore[attr-defined]

    def back(self) -> str:
        return self.address("careers:show_interest", pk=self.interest.pk)


class ShowInterestView(InterestMixin, WorkspaceView):
    template_name = "careers/show_interest.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        names = dict(forms.field_choices())
        told = [names[key] for key in self.interest.fields if key in names]
        return super().get_context_data(interest=self.interest, field_names=told, **kwargs)


class TakeInterestView(InterestMixin, PressView):
    def perform(self) -> str:
        work.take_interest(actor=self.request.user, interest=self.interest)
        return "You are in touch with the school. Write to them from your own mail."


class CloseInterestView(InterestMixin, PressView):
    def perform(self) -> str:
        work.close_interest(actor=self.request.user, interest=self.interest)
        return "It is closed."


class DeclineInterestView(InterestMixin, PressView):
    def perform(self) -> str:
        work.decline_interest(actor=self.request.user, interest=self.interest)
        return "The school is told that it is not possible this time."


class SetDoorsView(WorkspaceFormView):
    template_name = "careers/set_doors.html"
    permission = "careers.open_doors"
    section = "organisations"
    form_class = forms.DoorsForm
    title, button, said, goes_to = "Doors for young people", "Save", "It is saved.", "careers:set_doors"

    def get_initial(self) -> dict[str, Any]:
        held = queries.own_doors()
        return {name: getattr(held, name) for name in doors.NAMES} if held else {}

    def perform(self, form: Any) -> Doors:
        return doors.set_doors(actor=self.request.user, organisation=self.organisation, **form.cleaned_data)
