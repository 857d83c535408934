"""Input to clean data: signing in, one's own details, invitations, stepping into an organisation."""

from __future__ import annotations

from typing import Any

from allauth.account import forms as account
from allauth.core.internal.cryptokit import normalize_user_code
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms as second_step
from allauth.mfa.totp import forms as totp
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.cache import cache
from django_scopes.forms import SafeModelChoiceField

from desaga.organisations.membership import Membership
from desaga.organisations.models import Organisation, Person, Unit

from . import queries
from .models import User
from .rules import roles_to_give

PASSWORD_HINT = "At least 12 characters. Three or four words that do not belong together are good."
CODE_HINT = "Six digits from your authenticator app, or one of your recovery codes."

# As long as any of the three codes that count at one time can be used, in seconds.
SPENT_FOR = 90


class PlainlyLabelled:
    """Says what a field is in its label and hint, where allauth says it in a placeholder that goes away."""

    labels: dict[str, str] = {}
    hints: dict[str, str] = {}
    left_out: tuple[str, ...] = ()
    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in self.left_out:
            self.fields.pop(name, None)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.label = self.labels.get(name, field.label)
            field.help_text = self.hints.get(name, "")


class SignInForm(PlainlyLabelled, account.LoginForm):
    labels = {"login": "E-mail", "password": "Password", "remember": "Keep me signed in on this computer"}


class ReauthenticateForm(PlainlyLabelled, account.ReauthenticateForm):
    labels = {"password": "Your password"}


class ChangeEmailForm(PlainlyLabelled, account.AddEmailForm):
    labels = {"email": "New e-mail address"}
    hints = {"email": "We send a link there. Your present address stays until you have opened it."}


class AskForPasswordForm(PlainlyLabelled, account.ResetPasswordForm):
    labels = {"email": "E-mail"}
    hints = {"email": "The address that you sign in with."}


class ChangePasswordForm(PlainlyLabelled, account.ChangePasswordForm):
    labels = {"oldpassword": "Present password", "password1": "New password"}
    hints = {"password1": PASSWORD_HINT}
    # The field can show what was typed; typing it blind a second time helps nobody.
    left_out = ("password2",)


class SetPasswordForm(PlainlyLabelled, account.SetPasswordForm):
    labels = {"password1": "Password"}
    hints = {"password1": PASSWORD_HINT}
    left_out = ("password2",)


class ResetPasswordForm(PlainlyLabelled, account.ResetPasswordKeyForm):
    labels = {"password1": "New password"}
    hints = {"password1": PASSWORD_HINT}
    left_out = ("password2",)


class CodeMixin(PlainlyLabelled):
    labels = {"code": "Code"}
    hints = {"code": CODE_HINT}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        attrs = {"inputmode": "numeric", "class": "govuk-input--width-10", "spellcheck": "false"}
        self.fields["code"].widget.attrs |= attrs


class SpentOnceMixin(CodeMixin):
    """A code counts once. allauth remembers a spent one for thirty seconds, while ours count for ninety."""

    def clean_code(self) -> str:
        code = super().clean_code()
        if not cache.add(f"accounts.spent-code:{self.user.pk}:{normalize_user_code(code)}", True, timeout=SPENT_FOR):
            raise get_adapter().validation_error("incorrect_code")
        return code


class CodeForm(SpentOnceMixin, second_step.AuthenticateForm):
    pass


class CodeAgainForm(SpentOnceMixin, second_step.ReauthenticateForm):
    pass


class SetUpTwoStepForm(CodeMixin, totp.ActivateTOTPForm):
    hints = {"code": "The six digits that your app shows now."}


class OwnDetailsForm(forms.Form):
    """What one is called, and a private address."""

    name = forms.CharField(
        label="Name",
        max_length=200,
        help_text="As you wish to be called.",
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    pronouns = forms.CharField(
        label="Pronouns", max_length=40, required=False, help_text="For example she/her or they/them."
    )
    personal_email = forms.EmailField(
        label="Personal e-mail",
        required=False,
        help_text="It is yours and goes with you when you change employer. Your present employer can see it.",
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


class InvitationForm(forms.Form):
    """Whom to ask in, and as what. What can be chosen depends on who invites."""

    person = SafeModelChoiceField(
        queryset=Person.objects,
        label="Somebody you have recorded",
        required=False,
        empty_label="Nobody: it is somebody new",
    )
    name = forms.CharField(
        label="Name", max_length=200, required=False, help_text="For somebody new. They can change it."
    )
    email = forms.EmailField(
        label="E-mail",
        required=False,
        help_text="The invitation goes there. Empty: to the work e-mail of the person whom you chose.",
    )
    roles = forms.MultipleChoiceField(label="Roles", widget=forms.CheckboxSelectMultiple)
    unit = SafeModelChoiceField(
        queryset=Unit.objects,
        label="Unit",
        required=False,
        empty_label="The whole organisation",
        help_text="For unit leads and champions. Other roles are for the whole organisation.",
    )

    def __init__(self, *args: Any, membership: Membership, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["roles"].choices = [(role.value, role.label) for role in roles_to_give(membership)]
        self.fields["person"].queryset = queries.people_without_account()
        self.fields["unit"].queryset = queries.units_to_choose()

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        person = data.get("person")
        if not person and not data.get("name") and "person" not in self.errors:
            self.add_error("name", "Write the name of the person, or choose somebody you have recorded.")
        if not data.get("email") and "email" not in self.errors:
            data["email"] = queries.work_email_of(person) if person else ""
            if not data["email"]:
                self.add_error("email", "Write the e-mail address to which the invitation goes.")
        return data


class AskToJoinForm(forms.Form):
    email = forms.EmailField(label="E-mail", widget=forms.EmailInput(attrs={"autocomplete": "email"}))


class NewAccountForm(forms.Form):
    """The two things that a new person tells us."""

    name = forms.CharField(
        label="Your name",
        max_length=200,
        help_text="As you wish to be called.",
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    password = forms.CharField(
        label="Choose a password",
        strip=False,
        help_text=PASSWORD_HINT,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, email: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.email = email

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        validate_password(password, User(email=self.email))
        return password


class ElevationForm(forms.Form):
    """Where to step in, why, and for how long."""

    organisation = forms.ModelChoiceField(
        queryset=Organisation.objects.none(), label="Organisation", empty_label="Choose one"
    )
    reason = forms.CharField(
        label="Reason", max_length=300, help_text="The people of the organisation read it in their audit."
    )
    minutes = forms.TypedChoiceField(
        label="For how long",
        coerce=int,
        choices=[(15, "15 minutes"), (30, "30 minutes"), (60, "1 hour"), (120, "2 hours"), (240, "4 hours")],
        initial=30,
        help_text="It ends by itself. You can end it sooner.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = queries.workspaces()
