"""Signing in and what belongs to one's account (allauth's names, without a namespace), and our own pages beside them."""

from allauth.account.decorators import reauthentication_required
from allauth.account.views import password_set
from django.contrib.auth.decorators import login_required
from django.urls import include, path

from desaga.organisations.middleware import opens_without_standing

from .views import details, invitations, joining

ours = [
    path("account/", details.ShowAccountView.as_view(), name="show_account"),
    path("account/details/", details.EditDetailsView.as_view(), name="edit_details"),
    # Offered only on the way to something that anybody may do: see ways_in.
    path("account/new/", joining.AskToJoinView.as_view(), name="ask_to_join"),
    path("account/new/open/", joining.JoinView.as_view(), name="join"),
    path("account/elevation/", details.ShowElevationView.as_view(), name="show_elevation"),
    path("account/elevation/<int:pk>/end/", details.EndElevationView.as_view(), name="end_elevation"),
    path(
        "o/<slug:organisation_slug>/people/invitations/",
        invitations.ListInvitationsView.as_view(),
        name="list_invitations",
    ),
    path(
        "o/<slug:organisation_slug>/people/invitations/send/",
        invitations.InvitePersonView.as_view(),
        name="invite_person",
    ),
    path(
        "o/<slug:organisation_slug>/people/invitations/<int:pk>/send-again/",
        invitations.ResendInvitationView.as_view(),
        name="resend_invitation",
    ),
    path(
        "o/<slug:organisation_slug>/people/invitations/<int:pk>/take-back/",
        invitations.RevokeInvitationView.as_view(),
        name="revoke_invitation",
    ),
    path(
        "invitations/<slug:organisation_slug>/",
        opens_without_standing(invitations.AcceptInvitationView.as_view()),
        name="accept_invitation",
    ),
]

urlpatterns = [
    path("", include((ours, "accounts"))),
    # allauth asks nothing before somebody without a password sets one; whoever is at a computer that was left could.
    path("account/password/set/", login_required(reauthentication_required(password_set)), name="account_set_password"),
    path("account/", include("allauth.account.urls")),
    path("account/two-step/", include("allauth.mfa.urls")),
    path("account/sessions/", include("allauth.usersessions.urls")),
]
