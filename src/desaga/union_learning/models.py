from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone

from desaga.organisations.models import Person
from desaga.organisations.ownership import OwnedByOrganisation

from .states import SupportState


class Support(OwnedByOrganisation):
    """That a union's learning representative supports a member, by the member's consent alone. Whose it is, and all that is written, is sealed.

    Read by the representative while they are one, and by whoever has the link; by nobody else in the union (see `reach.py`). No other table names it, and nothing
    of the database ties it to the member’s account, person or employer. The representative is named without a constraint, so that no refusal elsewhere tells of it.
    """

    representative = models.ForeignKey(
        Person, on_delete=models.DO_NOTHING, db_constraint=False, related_name="+", verbose_name="representative"
    )
    state = models.CharField(max_length=10, choices=SupportState, default=SupportState.ASKED, editable=False)
    sealed = models.BinaryField(default=b"")
    key_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)
    ends_on = models.DateField("ends on")
    told_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-changed_at", "-pk"]
        indexes = [models.Index(fields=["organisation", "representative"], name="support_by_representative")]
        constraints = [models.CheckConstraint(condition=Q(state__in=SupportState.values), name="support_state_known")]

    def __str__(self) -> str:
        return "Support of a member"
