"""What allauth changes of how somebody signs in, written down as the person's own."""

from __future__ import annotations

from typing import Any

from allauth.account import signals as account
from allauth.mfa import signals as second_step

from desaga.audit import operations as audit
from desaga.tenancy.context import within

# What happened, as the audit says it of the account. Addresses and secrets are never in it.
NOTES = {
    account.password_changed: "new password",
    account.password_set: "new password",
    account.password_reset: "new password, by mail",
    account.email_changed: "new e-mail address",
    second_step.authenticator_added: "{} switched on",
    second_step.authenticator_removed: "{} switched off",
    second_step.authenticator_reset: "{} made anew",
}
SECOND_STEPS = {"totp": "codes from an app", "recovery_codes": "recovery codes", "webauthn": "a passkey"}


def listen() -> None:
    """Write an entry for each of these from now on."""
    for signal in NOTES:
        signal.connect(note_change, dispatch_uid="desaga.accounts")


def note_change(*, signal: Any, user: Any, authenticator: Any = None, **kwargs: Any) -> None:
    """Whoever forgot their password is not signed in: the entry is written in the account's own standing."""
    note = NOTES[signal].format(SECOND_STEPS.get(authenticator.type, "a second step") if authenticator else "")
    with within(user=user):
        thing = user.person or user
        audit.record(actor=user, verb="changed the sign-in of", thing=thing, person=user.person, note=note)
