from django.urls import path

from desaga.organisations.middleware import opens_without_standing

from .views import by_link, public, reference, staff

app_name = "careers"

OWN, LETTER, OPEN = "o/<slug:organisation_slug>/careers/", "careers/<slug:organisation_slug>/by-link/", "careers/<slug:owner>/"  # fmt: skip
QUESTION, SCHOOL = f"{OWN}questions/<int:pk>/", f"{OWN}schools/<int:pk>/"
ENTRIES = f"{OWN}entries/"
ENTRY = f"{ENTRIES}<slug:kind>/<slug:key>/"

urlpatterns = [
    path(f"{OWN}questions/", staff.ListQuestionsView.as_view(), name="list_questions"),
    path(QUESTION, staff.ShowQuestionView.as_view(), name="show_question"),
    path(f"{QUESTION}words/", staff.WordQuestionView.as_view(), name="word_question"),
    path(f"{QUESTION}send/", staff.SendQuestionView.as_view(), name="send_question"),
    path(f"{QUESTION}ask-again/", staff.AskAgainView.as_view(), name="ask_again"),
    path(f"{QUESTION}publish/", staff.PublishAnswerView.as_view(), name="publish_answer"),
    path(f"{QUESTION}decline/", staff.DeclineQuestionView.as_view(), name="decline_question"),
    path(f"{QUESTION}take-down/", staff.TakeDownAnswerView.as_view(), name="take_down_answer"),
    path(f"{OWN}schools/", staff.ListInterestsView.as_view(), name="list_interests"),
    path(SCHOOL, staff.ShowInterestView.as_view(), name="show_interest"),
    path(f"{SCHOOL}take/", staff.TakeInterestView.as_view(), name="take_interest"),
    path(f"{SCHOOL}close/", staff.CloseInterestView.as_view(), name="close_interest"),
    path(f"{SCHOOL}decline/", staff.DeclineInterestView.as_view(), name="decline_interest"),
    path(f"{OWN}doors/", staff.SetDoorsView.as_view(), name="set_doors"),
    path(ENTRIES, reference.ListEntriesView.as_view(), name="list_entries"),
    path(f"{ENTRIES}<slug:kind>/add/", reference.AddEntryView.as_view(), name="add_entry"),
    path(ENTRY, reference.ShowEntryView.as_view(), name="show_entry"),
    path(f"{ENTRY}edit/", reference.EditEntryView.as_view(), name="edit_entry"),
    path(f"{ENTRY}withdraw/", reference.WithdrawEntryView.as_view(), name="withdraw_entry"),
    path(f"{ENTRY}publish/", reference.PublishEntryView.as_view(), name="publish_entry"),
    path(f"{OPEN}ask/", public.AskQuestionView.as_view(), name="ask_question"),
    path(f"{OPEN}work-experience/", public.BeginInterestView.as_view(), name="begin_interest"),
    path(f"{LETTER}answer/", opens_without_standing(by_link.AnswerQuestionView.as_view()), name="answer_question"),
    path(
        f"{LETTER}work-experience/",
        opens_without_standing(by_link.ConfirmInterestView.as_view()),
        name="confirm_interest",
    ),
]
