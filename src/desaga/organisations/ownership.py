"""Who owns a row, and the managers that answer only for the current tenant.

A model is OwnedByOrganisation or OwnedByPerson, and Publishable if others may come to read it. Each such table also
needs `row_security(...)` in its migration (see desaga.tenancy.rowsecurity): a test finds those that have none.
"""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django_scopes import ScopedManager, get_scope
from django_scopes.manager import DisabledQuerySet


def owned_manager(queryset: type[models.QuerySet] = models.QuerySet) -> models.Manager:
    """The manager of what an organisation owns: rows of the current organisation; raises where there is none."""
    return ScopedManager(models.Manager.from_queryset(queryset), organisation="organisation")


def own_manager(queryset: type[models.QuerySet] = models.QuerySet) -> models.Manager:
    """The manager of what concerns the current person, in whatever organisation; raises where there is no person."""
    return ScopedManager(models.Manager.from_queryset(queryset), person="person_id")


def current_on(prefix: str = "", day: Any = None) -> Q:
    """Rows with `starts_on` and `ends_on` that hold on a day, today unless told. The last day counts."""
    day = day or timezone.localdate()
    open_ended = Q(**{f"{prefix}ends_on": None}) | Q(**{f"{prefix}ends_on__gte": day})
    return Q(**{f"{prefix}starts_on__lte": day}) & open_ended


class ScopeReadingManager(models.Manager):
    """A manager that builds its own filter from the scope; raises where no organisation or person is in scope."""

    def get_queryset(self) -> models.QuerySet:
        scope = get_scope()
        rows = super().get_queryset()
        if not scope.get("_enabled", True):
            return rows
        if not scope.get("organisation") and not scope.get("person"):
            return DisabledQuerySet(self.model, using=self._db, missing_scopes={"organisation", "person"})
        return rows.filter(self.condition(scope.get("organisation"), scope.get("person")))

    def condition(self, organisation: Any, person_id: int | None) -> Q:
        raise NotImplementedError


class VisibleManager(ScopeReadingManager):
    """What the current organisation and person may read: their own rows, granted rows, and published ones."""

    def condition(self, organisation: Any, person_id: int | None) -> Q:
        return self.model.visibility(organisation, person_id)


class PersonalManager(ScopeReadingManager):
    """A person's own rows: the current person's, and those of the people whom the current organisation employs."""

    def condition(self, organisation: Any, person_id: int | None) -> Q:
        own = Q(person_id=person_id) if person_id else Q(pk__in=[])
        if not organisation:
            return own
        employment = self.model._meta.get_field("person").related_model._meta.get_field("employments").related_model
        here = employment._base_manager.filter(current_on(), organisation=organisation, person=OuterRef("person_id"))
        return own | Exists(here)


class Granted(models.Model):
    """What of a row's visibility comes from grants and from publication; parent of the two ways to own."""

    class Meta:
        abstract = True

    @classmethod
    def grant_kind(cls) -> str:
        """What grants call such rows: a child of a plan answers its parent's kind."""
        return cls._meta.label_lower

    @classmethod
    def grant_object(cls) -> str:
        """The column that a grant of one thing names."""
        return "pk"

    @classmethod
    def published_now(cls) -> Q:
        """The rows that anyone may read."""
        return Q(pk__in=[])

    @classmethod
    def owned_by(cls, organisation: Any, person_id: int | None) -> Q:
        raise NotImplementedError

    @classmethod
    def visibility(cls, organisation: Any, person_id: int | None) -> Q:
        """Own, granted or published: the same three as in the table's row-level security."""
        from .models import Grant

        column = "owner_organisation" if hasattr(cls, "organisation") else "owner_person"
        held = Grant._base_manager.filter(
            Grant.holds_for(organisation, person_id),
            Q(object_id=None) | Q(object_id=OuterRef(cls.grant_object())),
            kind=cls.grant_kind(),
            **{column: OuterRef(column.removeprefix("owner_"))},
        )
        return cls.owned_by(organisation, person_id) | Exists(held) | cls.published_now()


class OwnedByOrganisation(Granted):
    """A row that one organisation owns. `objects` are the current organisation's; `visible` adds what others opened."""

    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="+")

    objects = owned_manager()
    visible = VisibleManager()

    class Meta:
        abstract = True

    @classmethod
    def owned_by(cls, organisation: Any, person_id: int | None) -> Q:
        return Q(organisation=organisation) if organisation else Q(pk__in=[])


class OwnedByPerson(Granted):
    """A row that is a person's own and goes with them; an employer reads it while they employ the person."""

    person = models.ForeignKey("organisations.Person", on_delete=models.PROTECT, related_name="+")

    objects = PersonalManager()
    visible = VisibleManager()

    class Meta:
        abstract = True

    @classmethod
    def owned_by(cls, organisation: Any, person_id: int | None) -> Q:
        return Q(pk__in=cls.objects.order_by().values("pk"))


class Publishable(models.Model):
    """A row that its owner can publish; from then on anyone may read it."""

    published_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        abstract = True

    @classmethod
    def published_now(cls) -> Q:
        return Q(published_at__lte=timezone.now())

    @property
    def is_published(self) -> bool:
        return self.published_at is not None and self.published_at <= timezone.now()
