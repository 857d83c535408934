"""All of it stands under `/o/<organisation slug>/`."""

from django.urls import path

from .views import grants, organisation, parties, people, units

app_name = "organisations"

urlpatterns = [
    path("units/", units.ListUnitsView.as_view(), name="list_units"),
    path("units/add/", units.AddUnitView.as_view(), name="add_unit"),
    path("units/<int:pk>/edit/", units.EditUnitView.as_view(), name="edit_unit"),
    path("units/<int:pk>/close/", units.CloseUnitView.as_view(), name="close_unit"),
    path("parties/", parties.ListPartiesView.as_view(), name="list_parties"),
    path("parties/add/", parties.AddPartyView.as_view(), name="add_party"),
    path("parties/load/", parties.LoadPartiesView.as_view(), name="load_parties"),
    path("parties/load/confirm/", parties.ConfirmPartiesView.as_view(), name="confirm_parties"),
    path("parties/<int:pk>/edit/", parties.EditPartyView.as_view(), name="edit_party"),
    path("parties/<int:pk>/retire/", parties.RetirePartyView.as_view(), name="retire_party"),
    path("glossary/", parties.ListTermsView.as_view(), name="list_terms"),
    path("glossary/add/", parties.AddTermView.as_view(), name="add_term"),
    path("glossary/load/", parties.LoadTermsView.as_view(), name="load_terms"),
    path("glossary/load/confirm/", parties.ConfirmTermsView.as_view(), name="confirm_terms"),
    path("glossary/<int:pk>/edit/", parties.EditTermView.as_view(), name="edit_term"),
    path("glossary/<int:pk>/remove/", parties.RemoveTermView.as_view(), name="remove_term"),
    path("people/", people.ListPeopleView.as_view(), name="list_people"),
    path("people/add/", people.AddPersonView.as_view(), name="add_person"),
    path("people/<int:pk>/", people.ShowPersonView.as_view(), name="show_person"),
    path("people/<int:pk>/edit/", people.EditPersonView.as_view(), name="edit_person"),
    path("people/<int:pk>/employments/add/", people.AddEmploymentView.as_view(), name="add_employment"),
    path(
        "people/<int:pk>/employments/<int:employment>/edit/",
        people.EditEmploymentView.as_view(),
        name="edit_employment",
    ),
    path("roles/", people.ListRolesView.as_view(), name="list_roles"),
    path("roles/give/", people.GiveRoleView.as_view(), name="give_role"),
    path("roles/<int:pk>/end/", people.EndRoleView.as_view(), name="end_role"),
    path("grants/", grants.ListGrantsView.as_view(), name="list_grants"),
    path("grants/give/", grants.GiveGrantView.as_view(), name="give_grant"),
    path("grants/<int:pk>/revoke/", grants.RevokeGrantView.as_view(), name="revoke_grant"),
    path("audit/", organisation.ListEntriesView.as_view(), name="list_entries"),
    path("settings/", organisation.ShowSettingsView.as_view(), name="show_settings"),
    path("settings/edit/", organisation.EditSettingsView.as_view(), name="edit_settings"),
    path("logo/", organisation.ShowLogoView.as_view(), name="show_logo"),
    path("look.css", organisation.ShowLookView.as_view(), name="show_look"),
]
