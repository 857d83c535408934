from __future__ import annotations

from django.db import models

from desaga.organisations.ownership import OwnedByOrganisation

from .scheme import SchemeVersion


class EqualityAnswers(OwnedByOrganisation):
    """What an applicant said of themself for equality figures, sealed; no person, no application and no day stands with it.

    `key` is made of the application's number with a key that the database does not hold: the applicant's own page finds the row by it, and
    nobody who reads the database can tell whose it is.
    """

    version = models.ForeignKey(SchemeVersion, on_delete=models.PROTECT, related_name="+")
    key = models.UUIDField()
    sealed = models.BinaryField()

    class Meta:
        ordering = ["key"]
        constraints = [models.UniqueConstraint(fields=["organisation", "key"], name="equality_answers_once")]

    def __str__(self) -> str:
        return "Answers to equality questions"
