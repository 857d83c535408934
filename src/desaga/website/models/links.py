"""Links of a site that lead nowhere, as the worker found them."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import MD5

from desaga.organisations.ownership import OwnedByOrganisation

LONGEST_ADDRESS, LONGEST_WORDS = 2000, 300


class LostLink(OwnedByOrganisation):
    """A link of a page that did not lead anywhere when it was last asked, or that could not be asked. It goes when it leads somewhere again, or the page does without it.

    The page is known by its number alone: it may go, and its editors see none of the workspace's tables.
    """

    class State(models.TextChoices):
        LOST = "lost", "Leads nowhere"
        UNCHECKED = "unchecked", "Could not be checked"

    page_number = models.PositiveIntegerField()
    page_title = models.CharField(max_length=255)
    words = models.CharField(max_length=LONGEST_WORDS)
    address = models.CharField(max_length=LONGEST_ADDRESS)
    is_outside = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=State)
    why = models.CharField(max_length=120)
    times = models.PositiveIntegerField(default=1)
    since = models.DateTimeField()
    looked_at = models.DateTimeField()

    class Meta:
        ordering = ["page_title", "page_number", "pk"]
        constraints = [
            # Addresses are longer than an index holds.
            models.UniqueConstraint(
                F("organisation"), F("page_number"), MD5("address"), MD5("words"), name="one_row_a_lost_link_of_a_page"
            ),
            models.CheckConstraint(condition=Q(times__gte=1), name="lost_link_was_lost_once"),
        ]

    def __str__(self) -> str:
        return self.address


class LinkCheck(OwnedByOrganisation):
    """When the links of a site were last looked at, and how many there were."""

    wanted_at = models.DateTimeField(null=True)
    looked_at = models.DateTimeField(null=True)
    links = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation"], name="one_link_check_an_organisation")]

    def __str__(self) -> str:
        return f"Link check {self.pk}"
