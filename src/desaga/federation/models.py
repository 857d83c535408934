from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from desaga.organisations.ownership import OwnedByOrganisation
from desaga.organisations.states import Role

from .states import Gone, Kind, Operator


class EmailDomain(OwnedByOrganisation):
    """An e-mail domain that an organisation says is its own. It counts once those who run Desaga have confirmed it."""

    name = models.CharField("domain", max_length=253)
    confirmed_at = models.DateTimeField("confirmed", null=True, editable=False)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )

    class Meta:
        ordering = ["name"]
        verbose_name = "e-mail domain"
        constraints = [
            models.UniqueConstraint(fields=["organisation", "name"], name="domain_once"),
            models.UniqueConstraint(
                fields=["name"], condition=Q(confirmed_at__isnull=False), name="domain_confirmed_for_one"
            ),
            models.CheckConstraint(condition=Q(name__regex=r"^[a-z0-9-]+(\.[a-z0-9-]+)+$"), name="domain_well_formed"),
        ]

    def __str__(self) -> str:
        return self.name


class Provider(OwnedByOrganisation):
    """An organisation's own sign-in, through which its people come in.

    While it is on, anybody may read this row: it is looked up before anybody is known. What is secret stands in
    `ProviderSecret`. `issuer` is what the provider calls itself (the entity ID, in SAML); `settings` holds what only one
    kind needs.
    """

    kind = models.CharField("kind", max_length=10, choices=Kind)
    name = models.CharField("name", max_length=120)
    issuer = models.CharField("issuer", max_length=500)
    client_id = models.CharField("client ID", max_length=200, blank=True)
    settings = models.JSONField("further settings", default=dict)
    vouches_for_addresses = models.BooleanField("vouches for addresses", default=False)
    makes_accounts = models.BooleanField("makes accounts", default=False)
    is_demanded = models.BooleanField("the only way in", default=False)
    is_on = models.BooleanField("is on", default=False)
    confirm_within_days = models.PositiveSmallIntegerField(
        "days until roles lapse", default=90, validators=[MinValueValidator(1), MaxValueValidator(400)]
    )

    class Meta:
        ordering = ["name", "pk"]
        verbose_name = "sign-in"
        constraints = [
            models.UniqueConstraint(fields=["organisation", "kind", "issuer"], name="provider_once"),
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="provider_kind_known"),
            models.CheckConstraint(condition=Q(is_on=True) | Q(is_demanded=False), name="provider_demanded_is_on"),
            models.CheckConstraint(
                condition=Q(confirm_within_days__gte=1, confirm_within_days__lte=400), name="provider_days_in_range"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ProviderSecret(OwnedByOrganisation):
    """What proves to a provider that it is Desaga who asks. Encrypted; never shown again, never in the audit."""

    provider = models.OneToOneField(Provider, on_delete=models.CASCADE, related_name="secret")
    encrypted = models.TextField(editable=False)

    def __str__(self) -> str:
        return f"Secret of {self.provider}"


class RoleRule(OwnedByOrganisation):
    """That whoever has an attribute gets a role, as long as they have it.

    `gives_powers` is the lead's word that a rule may give a role which opens what is known of people.
    """

    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="rules")
    attribute = models.CharField("attribute", max_length=200)
    operator = models.CharField("comparison", max_length=10, choices=Operator, default=Operator.EQUALS)
    values = ArrayField(models.CharField(max_length=300), verbose_name="values")
    role = models.CharField("role", max_length=40, choices=Role)
    unit = models.ForeignKey(
        "organisations.Unit",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="for the unit",
    )
    gives_powers = models.BooleanField("may give this role", default=False)

    class Meta:
        ordering = ["role", "attribute", "pk"]
        verbose_name = "role rule"
        constraints = [
            models.CheckConstraint(condition=Q(role__in=Role.values), name="rule_role_known"),
            models.CheckConstraint(condition=Q(operator__in=Operator.values), name="rule_operator_known"),
            models.CheckConstraint(condition=Q(values__len__gt=0), name="rule_has_values"),
        ]

    def __str__(self) -> str:
        return f"{self.attribute} {self.get_operator_display()} {self.shown_values}: {self.get_role_display()}"

    @property
    def shown_values(self) -> str:
        return " or ".join(f"“{value}”" for value in self.values)


class Identity(OwnedByOrganisation):
    """That an account is somebody whom a provider knows by a name of its own, which never changes: the subject."""

    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="identities")
    subject = models.CharField("subject", max_length=255)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="identities")
    linked_at = models.DateTimeField("first came")
    last_seen_at = models.DateTimeField("last came")
    gone_at = models.DateTimeField("gone", null=True)
    gone_because = models.CharField("gone because", max_length=20, choices=Gone, blank=True)
    refresh_token = models.TextField(blank=True, editable=False)

    class Meta:
        ordering = ["-last_seen_at", "-pk"]
        verbose_name = "sign-in of a person"
        constraints = [
            models.UniqueConstraint(fields=["provider", "subject"], name="identity_once"),
            models.UniqueConstraint(
                fields=["provider", "user"], condition=Q(gone_at=None), name="identity_one_for_an_account"
            ),
            models.CheckConstraint(
                condition=Q(gone_at=None, gone_because="") | Q(gone_at__isnull=False, gone_because__in=Gone.values),
                name="identity_gone_for_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user.get_full_name()} through {self.provider}"


class MappedRole(OwnedByOrganisation):
    """That a role was given by a rule: it ends with the attribute. Roles given by hand have no such row."""

    identity = models.ForeignKey(Identity, on_delete=models.PROTECT, related_name="mapped_roles")
    assignment = models.OneToOneField("organisations.RoleAssignment", on_delete=models.CASCADE, related_name="+")
    confirmed_at = models.DateTimeField("last confirmed")

    def __str__(self) -> str:
        return f"{self.assignment} by a rule"

    @property
    def place(self) -> tuple[str, Any]:
        """The role and the unit it is for."""
        return self.assignment.role, self.assignment.unit_id


class SamlAnswer(OwnedByOrganisation):
    """A verified answer of an institution, between its coming and its being fetched by the browser that asked for it.

    What it says is wiped when it is fetched. The row stays until the answer would have expired, so that it counts only once.
    """

    provider = models.ForeignKey(Provider, on_delete=models.CASCADE, related_name="+")
    assertion_id = models.CharField(max_length=255)
    request_id = models.CharField(max_length=255)
    key_hash = models.CharField(max_length=64, unique=True)
    content = models.JSONField(default=dict)
    expires_at = models.DateTimeField()
    fetched_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["provider", "assertion_id"], name="answer_once")]

    def __str__(self) -> str:
        return f"An answer of {self.provider}"


class Federation(models.Model):
    """A federation of institutions whose signed metadata those who run Desaga have chosen to trust.

    The institutions of it are those that were in it when it was last read: `read_at` is the same.
    """

    name = models.CharField(max_length=120, unique=True)
    address = models.URLField(max_length=500)
    certificates = models.TextField()
    read_at = models.DateTimeField(null=True, editable=False)
    valid_until = models.DateTimeField(null=True, editable=False)
    due_at = models.DateTimeField(editable=False)
    problem = models.TextField(blank=True, editable=False)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class FederatedInstitution(models.Model):
    """An institution as a federation's metadata has it; `content` is a `saml.metadata.Institution`."""

    federation = models.ForeignKey(Federation, on_delete=models.CASCADE, related_name="institutions")
    entity_id = models.CharField(max_length=500)
    name = models.CharField(max_length=200)
    is_hidden = models.BooleanField(default=False)
    content = models.JSONField()
    read_at = models.DateTimeField()

    class Meta:
        ordering = ["name", "pk"]
        constraints = [models.UniqueConstraint(fields=["federation", "entity_id"], name="institution_once")]

    def __str__(self) -> str:
        return self.name
