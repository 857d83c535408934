"""What differs for us from allauth's habits: no open door, our words, our mails, secrets locked away."""

from __future__ import annotations

import base64
import hashlib
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.core.mail import EmailMessage
from django.http import HttpRequest

from .mail import compose

# The one button of a mail: what it says, and what allauth calls its address.
BUTTONS = {
    "account/email/password_reset_key": ("Choose a new password", "password_reset_url"),
    "account/email/email_confirmation": ("Confirm this address", "activate_url"),
}
CODE_REFUSED = "That code is not right, or its time is over. Wait for the next one in your app and write it here."


class AccountAdapter(DefaultAccountAdapter):
    """Accounts come from invitations alone; every mail has our shape."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": "This account is closed. Ask the lead of your organisation to open it again.",
        "duplicate_email": "That is your address already.",
        "email_password_mismatch": "The e-mail address and the password do not belong together. Check both and try again.",
        "enter_current_password": "That is not your present password.",
        "incorrect_code": CODE_REFUSED,
        "incorrect_password": "That is not your present password.",
        "too_many_login_attempts": "Too many tries for this address. Wait five minutes, then try once more.",
        "rate_limited": "Too many tries. Wait five minutes, then try once more.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def render_mail(
        self,
        template_prefix: str,
        email: str | list[str],
        context: dict[str, Any],
        headers: dict[str, str] | None = None,
    ) -> EmailMessage:
        label, key = BUTTONS.get(template_prefix, ("", ""))
        button = {"button_label": label, "button_url": context.get(key, "")}
        return compose(template_prefix, to=email if isinstance(email, str) else email[0], context={**context, **button})


class TwoStepAdapter(DefaultMFAAdapter):
    """The secrets of second steps are of no use to whoever reads the database alone."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": CODE_REFUSED,
        "unverified_email": "Confirm your e-mail address first.",
    }

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """What a browser shows of us beside a passkey."""
        return {**super().get_public_key_credential_rp_entity(), "name": "Desaga"}

    def encrypt(self, text: str) -> str:
        return keyring().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return keyring().decrypt(encrypted_text.encode()).decode()


def keyring() -> MultiFernet:
    """Keys made of the secret key and its predecessors: the first locks, all of them unlock."""
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(key_from(secret)) for secret in secrets])


def key_from(secret: str) -> bytes:
    return base64.urlsafe_b64encode(hashlib.sha256(b"desaga.accounts.second-step" + secret.encode()).digest())
