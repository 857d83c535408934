from collections.abc import Callable
from typing import Any

from django.urls import path

from desaga.organisations.middleware import opens_without_standing

from .views import applying, schemes, writing

app_name = "placements"

#: For those who run schemes. What the public and applicants open stands under `placements/<owner>/`.
HERE = "o/<slug:organisation_slug>/schemes/"
SCHEME = f"{HERE}<slug:scheme_slug>/"

# What the public and applicants open.
PUBLIC = "placements/<slug:organisation_slug>/<slug:scheme_slug>/"
OWN = f"{PUBLIC}applications/<slug:reference>/"


def open_page(view: type[Any], **words: Any) -> Callable[..., Any]:
    """A page that one opens without belonging to whoever runs the scheme; the view checks whose it is, and enters."""
    return opens_without_standing(view.as_view(**words))


urlpatterns = [
    # ---- Applicants
    path("placements/mine/", applying.ListOwnApplicationsView.as_view(), name="list_own_applications"),
    path(f"{PUBLIC}apply/", open_page(applying.ShowApplyView), name="apply"),
    path(f"{PUBLIC}apply/begin/", open_page(applying.BeginApplicationView), name="begin_application"),
    path(OWN, open_page(applying.ShowApplicationView), name="show_application"),
    path(f"{OWN}check/", open_page(applying.CheckAnswersView), name="check_answers"),
    path(f"{OWN}sent/", open_page(applying.ShowSentView), name="show_sent"),
    path(f"{OWN}take-back/", open_page(applying.TakeBackApplicationView), name="take_back_application"),
    path(f"{OWN}withdraw/", open_page(applying.WithdrawApplicationView), name="withdraw_application"),
    path(f"{OWN}copy/", open_page(applying.CopyApplicationView), name="copy_application"),
    path(f"{OWN}equality/", open_page(writing.EqualityView), name="answer_equality"),
    path(f"{OWN}files/<int:pk>/", open_page(writing.FetchFileView), name="fetch_own_file"),
    path(f"{OWN}parts/<slug:part>/", open_page(writing.WritePartView), name="write_part"),
    path(f"{OWN}parts/<slug:part>/save/", open_page(writing.SavePartView), name="save_part"),
    # ---- Whoever runs schemes
    path(HERE, schemes.ListSchemesView.as_view(), name="list_schemes"),
    path(SCHEME, schemes.ShowSchemeView.as_view(), name="show_scheme"),
]
