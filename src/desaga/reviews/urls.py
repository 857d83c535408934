from django.urls import path

from .views import meeting, papers, reviews, tasks

app_name = "reviews"

HERE = "o/<slug:organisation_slug>/"
OF_PLAN, REVIEW = f"{HERE}plans/<int:plan_pk>/reviews/", f"{HERE}reviews/<int:pk>/"

urlpatterns = [
    path(OF_PLAN, reviews.ListReviewsView.as_view(), name="list_reviews"),
    path(f"{OF_PLAN}plan/", reviews.PlanReviewView.as_view(), name="plan_review"),
    path(f"{OF_PLAN}compare/", papers.CompareView.as_view(), name="compare"),
    path(f"{OF_PLAN}compare.<slug:format>", papers.TakeComparisonOutView.as_view(), name="take_comparison_out"),
    path(REVIEW, reviews.ShowReviewView.as_view(), name="show_review"),
    path(f"{REVIEW}edit/", reviews.EditReviewView.as_view(), name="edit_review"),
    path(f"{REVIEW}freeze/", reviews.FreezeView.as_view(), name="freeze"),
    path(f"{REVIEW}call-off/", reviews.CallOffView.as_view(), name="call_off"),
    path(f"{REVIEW}restore/", reviews.RestoreReviewView.as_view(), name="restore_review"),
    path(f"{REVIEW}ask/", reviews.AskForCommentsView.as_view(), name="ask_for_comments"),
    path(f"{REVIEW}comment/", reviews.CommentView.as_view(), name="comment"),
    path(
        f"{REVIEW}comments/<int:comment_pk>/take-back/",
        reviews.WithdrawCommentView.as_view(),
        name="withdraw_comment",
    ),
    path(f"{REVIEW}pack.<slug:format>", papers.TakePackOutView.as_view(), name="take_pack_out"),
    path(f"{REVIEW}pack/", papers.ShowPackFileView.as_view(), name="show_pack_file"),
    path(f"{REVIEW}meeting/", meeting.MeetingView.as_view(), name="meeting"),
    path(
        f"{REVIEW}decisions/<int:entry_pk>/strike/",
        meeting.StrikeView.as_view(),
        {"kind": "decisions"},
        name="strike_decision",
    ),
    path(f"{REVIEW}tasks/<int:entry_pk>/strike/", meeting.StrikeView.as_view(), {"kind": "tasks"}, name="strike_task"),
    path(f"{REVIEW}end/", meeting.HoldView.as_view(), name="hold"),
    path(f"{REVIEW}reopen/", meeting.ReopenView.as_view(), name="reopen_review"),
    path(f"{REVIEW}minutes/", meeting.ShowMinutesView.as_view(), name="show_minutes"),
    path(f"{REVIEW}minutes/send/", meeting.SendMinutesView.as_view(), name="send_minutes"),
    path(f"{REVIEW}minutes.<slug:format>", papers.TakeMinutesOutView.as_view(), name="take_minutes_out"),
    path(f"{HERE}reviews/tasks/<int:pk>/done/", tasks.FinishTaskView.as_view(), name="finish_task"),
]
