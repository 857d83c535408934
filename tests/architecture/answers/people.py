"""Organisations, people, accounts and how one signs in; what is everybody's."""

from __future__ import annotations

from desaga.organisations.states import Role

from .kinds import (
    EVERYBODY,
    FOUND,
    KEEPERS,
    LEAD,
    LEAD_AND_STEWARD,
    LOST,
    MEETS_PEOPLE,
    MISSING,
    NOBODY,
    NOT_THIS_WAY,
    OK,
    PROGRAMME,
    REFUSED,
    STEWARD,
    STRANGER,
    UNKNOWN,
    Letter,
    Open,
    Plain,
)
from .placements import MISSING_ON_PANELS

ORGANISATIONS = {
    "organisations:list_units": Open(EVERYBODY),
    "organisations:add_unit": Open(PROGRAMME),
    "organisations:edit_unit": Open(PROGRAMME, {"pk": "unit"}),
    "organisations:close_unit": Open(PROGRAMME, {"pk": "unit"}),
    "organisations:list_parties": Open(EVERYBODY),
    "organisations:add_party": Open(PROGRAMME),
    "organisations:load_parties": Open(PROGRAMME),
    "organisations:confirm_parties": Open(PROGRAMME, answer=NOT_THIS_WAY),
    "organisations:edit_party": Open(PROGRAMME, {"pk": "party"}),
    "organisations:retire_party": Open(PROGRAMME, {"pk": "party"}),
    "organisations:list_terms": Open(EVERYBODY),
    "organisations:add_term": Open(PROGRAMME),
    "organisations:load_terms": Open(PROGRAMME),
    "organisations:confirm_terms": Open(PROGRAMME, answer=NOT_THIS_WAY),
    "organisations:edit_term": Open(PROGRAMME, {"pk": "term"}),
    "organisations:remove_term": Open(PROGRAMME, {"pk": "term"}),
    "organisations:list_people": Open(MEETS_PEOPLE),
    "organisations:add_person": Open(KEEPERS),
    # Whoever may not look a person up is told that there is none, as for a stranger: see `MISSING_INSIDE`.
    "organisations:show_person": Open(EVERYBODY, {"pk": "person"}),
    "organisations:edit_person": Open(KEEPERS, {"pk": "person"}),
    "organisations:add_employment": Open(KEEPERS, {"pk": "person"}),
    "organisations:edit_employment": Open(KEEPERS, {"pk": "person", "employment": "employment"}),
    "organisations:list_roles": Open(PROGRAMME),
    "organisations:give_role": Open(LEAD),
    "organisations:end_role": Open(LEAD, {"pk": "role"}),
    "organisations:list_grants": Open(PROGRAMME),
    "organisations:give_grant": Open(LEAD),
    "organisations:revoke_grant": Open(LEAD, {"pk": "grant"}),
    "organisations:list_entries": Open(KEEPERS),
    "organisations:show_settings": Open(EVERYBODY),
    "organisations:edit_settings": Open(LEAD),
    # The world's organisations have no logo.
    "organisations:show_logo": Open(EVERYBODY, answer=MISSING),
    "organisations:show_look": Open(EVERYBODY),
}

# Pages that answer 404 to some who belong to the organisation: the thing is not theirs to know of.
MISSING_INSIDE = {
    **MISSING_ON_PANELS,
    # Unit leads and champions of the whole organisation see everybody; line managers only those whom they manage.
    "rounds:answer_own": EVERYBODY,
    "organisations:show_person": EVERYBODY - KEEPERS - {Role.UNIT_LEAD, Role.CHAMPION},
}

PRIVACY = {
    "privacy:show_own_data": Plain(FOUND, OK, but={NOBODY: MISSING}),
    "privacy:object": Plain(FOUND, OK, but={NOBODY: MISSING}),
    "privacy:take_own_data": Plain(FOUND, MISSING, {"pk": 1, "format": "json"}),
    "privacy:show_record": Open(KEEPERS),
    "privacy:show_data_map": Open(KEEPERS),
    "privacy:take_paper_out": Open(KEEPERS, {"paper": "privacy_paper", "format": "format"}),
    "privacy:describe_processing": Open(LEAD_AND_STEWARD, {"key": "processing"}),
    "privacy:name_contact": Open(LEAD_AND_STEWARD),
    "privacy:show_retention": Open(KEEPERS),
    "privacy:keep_retention": Open(LEAD_AND_STEWARD, {"key": "retained"}),
    "privacy:list_accesses": Open(LEAD_AND_STEWARD | {Role.EQUALITY_DATA_STEWARD}),
    "privacy:take_person_out": Open(STEWARD),
    "privacy:list_objections": Open(STEWARD),
    "privacy:enter_objection": Open(STEWARD),
    "privacy:show_objection": Open(STEWARD, {"pk": "objection"}),
}

HOME = {
    "home:show_landing": Plain(OK, FOUND),
    "home:list_waiting": Plain(FOUND, OK),
    "home:show_organisation": Open(EVERYBODY),
    "home:search_organisation": Open(EVERYBODY),
    "home:show_accessibility": Plain(OK, OK),
    "home:show_privacy": Plain(OK, OK),
    "home:show_cookies": Plain(OK, OK),
}

ACCOUNTS = {
    "accounts:show_account": Plain(FOUND, OK),
    # Their details are of the person that an account is of; this account is of none.
    "accounts:edit_details": Plain(FOUND, OK, but={NOBODY: MISSING}),
    # For those who run the platform; nobody else learns of it.
    "accounts:show_elevation": Plain(FOUND, MISSING),
    "accounts:end_elevation": Plain(FOUND, MISSING, {"pk": 1}),
    "accounts:list_invitations": Open(PROGRAMME),
    "accounts:invite_person": Open(PROGRAMME),
    "accounts:resend_invitation": Open(PROGRAMME, {"pk": "invitation"}),
    "accounts:revoke_invitation": Open(PROGRAMME, {"pk": "invitation"}),
    # Offered only on the way to something that anybody may do, which this address does not name; and opened by a key alone.
    "accounts:ask_to_join": Plain(MISSING, MISSING),
    "accounts:join": Plain(MISSING, MISSING),
    # Opened by the key in the link alone; without one there is nothing, for anybody.
    "accounts:accept_invitation": Letter(MISSING),
    "account_login": Plain(OK, FOUND),
    "account_logout": Plain(FOUND, OK),
    "account_inactive": Plain(OK, OK),
    "account_signup": Plain(OK, FOUND),
    "account_reauthenticate": Plain(FOUND, OK),
    "account_email": Plain(FOUND, OK),
    "account_email_verification_sent": Plain(OK, OK),
    "account_change_password": Plain(FOUND, OK),
    "account_set_password": Plain(FOUND, FOUND),
    "account_reset_password": Plain(OK, OK),
    "account_confirm_login_code": Plain(FOUND, FOUND),
    "account_confirm_email": Plain(OK, OK, {"key": "wrong"}),
    "account_reset_password_from_key_done": Plain(OK, OK),
    "account_reset_password_from_key": Plain(OK, OK, {"uidb36": "1", "key": "wrong"}),
    "account_reset_password_done": Plain(OK, OK),
    # What touches the second step asks for the password again first.
    "mfa_index": Plain(FOUND, OK),
    "mfa_authenticate": Plain(FOUND, FOUND),
    "mfa_reauthenticate": Plain(FOUND, FOUND),
    "mfa_activate_totp": Plain(FOUND, FOUND),
    "mfa_deactivate_totp": Plain(FOUND, MISSING),
    "mfa_view_recovery_codes": Plain(FOUND, MISSING),
    "mfa_generate_recovery_codes": Plain(FOUND, FOUND),
    "mfa_download_recovery_codes": Plain(FOUND, MISSING),
    "mfa_list_webauthn": Plain(FOUND, OK),
    "mfa_add_webauthn": Plain(FOUND, FOUND),
    # Those who have no passkey are sent to their password.
    "mfa_reauthenticate_webauthn": Plain(FOUND, FOUND),
    "mfa_remove_webauthn": Plain(FOUND, FOUND, {"pk": 1}),
    "mfa_edit_webauthn": Plain(FOUND, FOUND, {"pk": 1}),
    # Only the script of the sign-in page asks here.
    "mfa_login_webauthn": Plain(FOUND, FOUND),
    "usersessions_list": Plain(FOUND, OK),
}

A_SIGN_IN = {"pk": "provider"}

FEDERATION = {
    "federation:find_institution": Plain(OK, OK),
    # Whoever has no institution is asked for their password; those of two others cannot be reached, which a page says.
    "federation:prove_identity": Plain(FOUND, FOUND, but={Role.LEAD: REFUSED, STRANGER: REFUSED}),
    # There is no such sign-in: 0 is nobody's number.
    "federation:start_sign_in": Plain(MISSING, MISSING, {"pk": 0}),
    # First one shows again that it is oneself.
    "federation:connect_identity": Plain(FOUND, FOUND, {"pk": 0}),
    # Without what the browser remembers of having gone there, nobody has come back.
    "federation:finish_sign_in": Plain(LOST, LOST, {"pk": 0}),
    "federation:show_our_metadata": Plain(OK, OK),
    "federation:receive_answer": Plain(NOT_THIS_WAY, NOT_THIS_WAY),
    "federation:find_institution_to_add": Open(LEAD),
    "federation:add_from_metadata": Open(LEAD),
    "federation:add_from_federation": Open(LEAD, {"pk": "federated_institution"}),
    "federation:end_sessions": Plain(NOT_THIS_WAY, NOT_THIS_WAY, {"pk": 0}),
    # For those who run the platform; nobody else learns of it.
    "federation:list_domains": Plain(FOUND, MISSING),
    "federation:confirm_domain": Plain(FOUND, MISSING, {"pk": 1}),
    "federation:list_providers": Open(LEAD),
    "federation:add_domain": Open(LEAD),
    "federation:remove_domain": Open(LEAD, {"pk": "domain"}),
    "federation:add_provider": Open(LEAD),
    **{
        f"federation:{name}": Open(LEAD, A_SIGN_IN)
        for name in (
            "show_provider",
            "edit_provider",
            "switch_on",
            "switch_off",
            "demand_provider",
            "release_provider",
            "remove_provider",
            "add_rule",
            "try_provider",
            "list_identities",
        )
    },
    # Its server answers nobody; that is said on a page.
    "federation:begin_trial": Open(LEAD, A_SIGN_IN, answer=REFUSED),
    "federation:remove_rule": Open(LEAD, {**A_SIGN_IN, "rule": "role_rule"}),
    "federation:end_identity": Open(LEAD, {**A_SIGN_IN, "identity": "identity"}),
    "federation:allow_identity": Open(LEAD, {**A_SIGN_IN, "identity": "identity"}),
}

KEYS = {
    "keys:show_guide": Plain(OK, OK),
    "keys:list_keys": Open(LEAD),
    "keys:make_key": Open(LEAD),
    "keys:revoke_key": Open(LEAD, {"pk": "key"}),
}

# The API is one address to Django; `test_api_walk.py` walks what is behind it. A session opens nothing there.
API = {
    "answer_program": Plain(UNKNOWN, UNKNOWN, {"rest": "plans"}),
    # Opened by a key alone: `workforce/tests/test_feed.py`.
    "workforce_feed:answer_feed": Plain(UNKNOWN, UNKNOWN, {"rest": "Cells"}),
}

SETTLES_MAIL = PROGRAMME | {Role.SCHEME_MANAGER}
NOTIFICATIONS = {
    # In the demo only.
    "notifications:list_mail": Plain(MISSING, MISSING),
    "notifications:show_mail": Plain(MISSING, MISSING, {"pk": 1}),
    # A scheme manager settles what is about applications, and finds nothing else.
    "notifications:list_doubtful_mail": Open(SETTLES_MAIL),
    "notifications:confirm_arrival": Open(SETTLES_MAIL, {"pk": "doubtful_mail"}, but={Role.SCHEME_MANAGER: MISSING}),
    "notifications:send_again": Open(SETTLES_MAIL, {"pk": "doubtful_mail"}, but={Role.SCHEME_MANAGER: MISSING}),
}

UI = {
    "ui:show_style_guide": Plain(MISSING, OK),
    "ui:show_style_guide_look": Plain(OK, OK),
}
