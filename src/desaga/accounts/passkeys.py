"""The forms of passkeys: what a browser answers for one, and what one is called.

A passkey signs in by itself, since the device asks for a finger, a face or a PIN; after a password it is the second step.
What comes from the browser is checked by fido2: origin, challenge, signature, that the person was verified.
"""

from __future__ import annotations

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.core.exceptions import ValidationError

LONGEST_NAME = 60
REFUSED = "That passkey does not open an account here. Try once more, or sign in in another way."
NOT_MADE = "The passkey could not be made. Try once more; your device must ask for your finger, face or PIN."
NAME_HINT = "So that you know it again, for example by the device it is on."


class AnswerMixin:
    """Says no in our words, whatever it is that a browser, or somebody in its place, has sent."""

    refusal = REFUSED

    def clean_credential(self) -> Authenticator:
        return self.checked(super().clean_credential)  # type: ignore[misc]

    def checked(self, check: Any) -> Any:
        try:
            return check()
        except (AttributeError, KeyError, TypeError, ValueError, ValidationError) as reason:
            if isinstance(reason, ValidationError) and reason.code != "incorrect_code":
                raise
            raise ValidationError(self.refusal, code="passkey_refused") from reason


class SignInWithPasskeyForm(AnswerMixin, webauthn.LoginWebAuthnForm):
    pass


class PasskeyForm(AnswerMixin, webauthn.AuthenticateWebAuthnForm):
    pass


class PasskeyAgainForm(AnswerMixin, webauthn.ReauthenticateWebAuthnForm):
    pass


class NamedMixin:
    """The name of a passkey, with a label and a bound."""

    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        name = forms.CharField(label="Name", max_length=LONGEST_NAME, help_text=NAME_HINT, required=False)
        name.widget.attrs["class"] = "govuk-input--width-20"
        self.fields["name"] = name


class AddPasskeyForm(NamedMixin, AnswerMixin, webauthn.AddWebAuthnForm):
    """Every passkey here verifies its person; one that does not is refused."""

    refusal = NOT_MADE

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.pop("passwordless", None)
        self.initial["name"] = ""

    def clean_credential(self) -> Any:
        return self.cleaned_data["credential"]

    def clean(self) -> dict[str, Any]:
        self.cleaned_data["passwordless"] = True
        return self.checked(super().clean)


class RenamePasskeyForm(NamedMixin, webauthn.EditWebAuthnForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].required = True
