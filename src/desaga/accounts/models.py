from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ObjectDoesNotExist
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone

from desaga.organisations.ownership import OwnedByOrganisation
from desaga.organisations.states import Role

from .states import InvitationState

#: Somebody whose name is not open to whoever asks.
OUTSIDE = "Somebody outside"


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        """A saved user; without a password they can only come in by a link."""
        if not email:
            raise ValueError("A user needs an e-mail address.")
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> User:
        """Someone who runs the platform. Power in an organisation comes from a timed elevation alone, so no superuser."""
        return self.create_user(email, password, **{**fields, "is_superuser": False, "is_platform_administrator": True})

    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(email=(username or "").lower())


class User(AbstractBaseUser, PermissionsMixin):
    """An account: what signs in. Who they are to whom is the person's, not the account's."""

    email = models.EmailField("e-mail", unique=True)
    person = models.OneToOneField(
        "organisations.Person", on_delete=models.PROTECT, null=True, blank=True, related_name="user"
    )
    is_active = models.BooleanField("may sign in", default=True)
    is_platform_administrator = models.BooleanField("runs the platform", default=False)
    joined_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = UserManager()

    EMAIL_FIELD = USERNAME_FIELD = "email"
    REQUIRED_FIELDS: list[str] = []

    class Meta:
        ordering = ["email"]
        constraints = [
            models.CheckConstraint(condition=models.Q(email=Lower("email")), name="user_email_in_lower_case"),
        ]

    def __str__(self) -> str:
        return self.email

    def get_full_name(self) -> str:
        if self.person_id is None:
            return self.email
        # Whose person is not open to whoever asks has no name here.
        try:
            return str(self.person) if self.person else OUTSIDE
        except ObjectDoesNotExist:
            return OUTSIDE


class Invitation(OwnedByOrganisation):
    """That an organisation asks somebody in, with roles. What lets them in is a key of which only the hash is kept."""

    email = models.EmailField("e-mail")
    name = models.CharField("name", max_length=200)
    person = models.ForeignKey(
        "organisations.Person", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="person"
    )
    roles = ArrayField(models.CharField(max_length=40, choices=Role), verbose_name="roles")
    unit = models.ForeignKey(
        "organisations.Unit",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="for the unit",
    )
    invited_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+", editable=False)
    key_hash = models.CharField(max_length=64, unique=True, editable=False)
    sent_at = models.DateTimeField("sent", editable=False)
    expires_at = models.DateTimeField("open until", editable=False)
    accepted_at = models.DateTimeField("accepted", null=True, editable=False)
    accepted_by = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, null=True, related_name="+", editable=False
    )
    revoked_at = models.DateTimeField("taken back", null=True, editable=False)

    class Meta:
        ordering = ["-sent_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(roles__contained_by=Role.values, roles__len__gt=0), name="invitation_roles_known"
            ),
            models.CheckConstraint(
                condition=models.Q(accepted_at=None) | models.Q(revoked_at=None), name="invitation_ends_one_way"
            ),
            models.CheckConstraint(
                condition=models.Q(accepted_at=None, accepted_by=None)
                | models.Q(accepted_at__isnull=False, accepted_by__isnull=False),
                name="invitation_accepted_by_somebody",
            ),
            models.UniqueConstraint(
                "organisation",
                Lower("email"),
                condition=models.Q(accepted_at=None, revoked_at=None),
                name="invitation_waits_once",
            ),
        ]

    def __str__(self) -> str:
        return f"Invitation of {self.name}"

    @property
    def state(self) -> InvitationState:
        """What has become of it by now."""
        return self.state_at(timezone.now())

    def state_at(self, now: datetime) -> InvitationState:
        if self.accepted_at:
            return InvitationState.ACCEPTED
        if self.revoked_at:
            return InvitationState.REVOKED
        return InvitationState.OPEN if now < self.expires_at else InvitationState.LAPSED

    @property
    def role_names(self) -> list[str]:
        return [str(Role(role).label) for role in self.roles]


class SignUp(models.Model):
    """That somebody asked for an account of their own, on the way to `next`. A key of which only the hash is kept lets them in, once.

    It is nobody's, as an account is nobody's before somebody has signed in; it names an address, and tells nothing else.
    """

    email = models.EmailField("e-mail")
    next = models.CharField(max_length=300)
    key_hash = models.CharField(max_length=64, unique=True, editable=False)
    asked_at = models.DateTimeField(editable=False)
    expires_at = models.DateTimeField("open until", editable=False)
    used_at = models.DateTimeField("used", null=True, editable=False)

    class Meta:
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=models.Q(email=Lower("email")), name="sign_up_email_in_lower_case"),
        ]

    def __str__(self) -> str:
        return "A new account"

    def state_at(self, now: datetime) -> InvitationState:
        """As of an invitation: open, used, or over."""
        if self.used_at:
            return InvitationState.ACCEPTED
        return InvitationState.OPEN if now < self.expires_at else InvitationState.LAPSED
