"""Signing in with one's institution, and how an organisation arranges it."""

from django.urls import path

from .views import answering, providers, saml, signing_in

app_name = "federation"

DOOR = "account/institution/"
HERE = "o/<slug:organisation_slug>/sign-in/"
ONE = f"{HERE}<int:pk>/"

urlpatterns = [
    path(DOOR, signing_in.FindInstitutionView.as_view(), name="find_institution"),
    path(f"{DOOR}metadata/", answering.ShowOurMetadataView.as_view(), name="show_our_metadata"),
    path(f"{DOOR}answer/", answering.ReceiveAnswerView.as_view(), name="receive_answer"),
    path(f"{DOOR}prove/", signing_in.ProveIdentityView.as_view(), name="prove_identity"),
    path(f"{DOOR}<int:pk>/start/", signing_in.StartSignInView.as_view(), name="start_sign_in"),
    path(f"{DOOR}<int:pk>/connect/", signing_in.ConnectIdentityView.as_view(), name="connect_identity"),
    path(f"{DOOR}<int:pk>/return/", signing_in.FinishSignInView.as_view(), name="finish_sign_in"),
    path(f"{DOOR}<int:pk>/signed-out/", signing_in.EndSessionsView.as_view(), name="end_sessions"),
    path("account/domains/", providers.ListDomainsView.as_view(), name="list_domains"),
    path("account/domains/<int:pk>/confirm/", providers.ConfirmDomainView.as_view(), name="confirm_domain"),
    path(HERE, providers.ListProvidersView.as_view(), name="list_providers"),
    path(f"{HERE}domains/add/", providers.AddDomainView.as_view(), name="add_domain"),
    path(f"{HERE}domains/<int:pk>/remove/", providers.RemoveDomainView.as_view(), name="remove_domain"),
    path(f"{HERE}add/openid-connect/", providers.AddProviderView.as_view(), name="add_provider"),
    path(f"{HERE}add/saml/", saml.FindInstitutionToAddView.as_view(), name="find_institution_to_add"),
    path(f"{HERE}add/saml/metadata/", saml.AddFromMetadataView.as_view(), name="add_from_metadata"),
    path(f"{HERE}add/saml/<int:pk>/", saml.AddFromFederationView.as_view(), name="add_from_federation"),
    path(ONE, providers.ShowProviderView.as_view(), name="show_provider"),
    path(f"{ONE}edit/", providers.EditProviderView.as_view(), name="edit_provider"),
    path(f"{ONE}on/", providers.SwitchOnView.as_view(), name="switch_on"),
    path(f"{ONE}off/", providers.SwitchOffView.as_view(), name="switch_off"),
    path(f"{ONE}only-way/", providers.DemandProviderView.as_view(), name="demand_provider"),
    path(f"{ONE}one-way/", providers.ReleaseProviderView.as_view(), name="release_provider"),
    path(f"{ONE}remove/", providers.RemoveProviderView.as_view(), name="remove_provider"),
    path(f"{ONE}rules/add/", providers.AddRuleView.as_view(), name="add_rule"),
    path(f"{ONE}rules/<int:rule>/remove/", providers.RemoveRuleView.as_view(), name="remove_rule"),
    path(f"{ONE}try/", providers.TryProviderView.as_view(), name="try_provider"),
    path(f"{ONE}try/there/", providers.BeginTrialView.as_view(), name="begin_trial"),
    path(f"{ONE}people/", providers.ListIdentitiesView.as_view(), name="list_identities"),
    path(f"{ONE}people/<int:identity>/end/", providers.EndIdentityView.as_view(), name="end_identity"),
    path(f"{ONE}people/<int:identity>/allow/", providers.AllowIdentityView.as_view(), name="allow_identity"),
]
