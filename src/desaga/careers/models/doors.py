from __future__ import annotations

from django.db import models

from desaga.organisations.ownership import OwnedByOrganisation, Publishable


class Doors(Publishable, OwnedByOrganisation):
    """Which doors an organisation opens to young people, and what stands over them. Everybody reads it while one is open, which is when it is published; there is one an organisation."""

    takes_questions = models.BooleanField("questions to technicians", default=False)
    takes_interest = models.BooleanField("work experience, through schools", default=False)
    offers = models.TextField("what you offer schools", max_length=1000, blank=True)
    safeguarding = models.CharField("who answers for safeguarding", max_length=200, blank=True)
    safeguarding_email = models.EmailField("their address", max_length=200, blank=True)
    vacancies_address = models.URLField("where your vacancies are", max_length=300, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "doors"
        constraints = [
            models.UniqueConstraint(fields=["organisation"], name="doors_once"),
            models.CheckConstraint(
                condition=models.Q(takes_interest=False) | ~models.Q(safeguarding="", safeguarding_email=""),
                name="doors_to_work_are_safeguarded",
            ),
        ]

    def __str__(self) -> str:
        return "Doors for young people"
