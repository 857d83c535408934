"""Whoever can be recognised on a page, or is quoted there, agreed to it: the page names the consents it rests on, and is gone when one of them ends."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.http import Http404, HttpRequest
from django.utils.timezone import localdate
from wagtail.admin.panels import FieldPanel, MultiFieldPanel

from desaga.consents.states import What

EVERYBODY = "Everybody who can be recognised or is quoted. Ask for consent in the workspace, under Stories, Consents."

#: The blocks in which somebody is seen or heard.
OF_PEOPLE = ("picture", "quote")


def consents_field() -> ArrayField:
    return ArrayField(
        models.BigIntegerField(), default=list, blank=True, verbose_name="consents it rests on", help_text=EVERYBODY
    )


class ShowsPeople(models.Model):
    """What a page says of the people on it. `shown_until` follows from the consents, when it is published."""

    class People(models.TextChoices):
        NOBODY = "nobody", "Nobody can be recognised in it, nor is quoted"
        AGREED = "agreed", "People can be recognised or are quoted, and agreed to it"

    people = models.CharField("who can be seen", max_length=10, choices=People, default=People.NOBODY)
    consents = consents_field()
    shown_until = models.DateField("shown until", null=True, editable=False)

    people_panel: ClassVar[Any] = MultiFieldPanel([FieldPanel("people"), FieldPanel("consents")], heading="People")
    #: A consent has to be for one of these.
    rests_on: ClassVar[tuple[What, ...]] = (What.IMAGE, What.QUOTE)

    #: Whether there is more to the page than whom it shows: then it stays when a consent ends, without its pictures and quotations.
    stays: ClassVar[bool] = False

    class Meta:
        abstract = True

    @property
    def is_over(self) -> bool:
        """Whether a consent that it rests on has ended."""
        return self.shown_until is not None and self.shown_until <= localdate()

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if self.is_over and not self.stays:
            raise Http404("This is no longer shown.")
        if self.is_over:
            self.leave_people_out()
        return super().serve(request, *args, **kwargs)  # type: ignore[misc]

    def leave_people_out(self) -> None:
        """As it stands without anybody: said here, written down by whoever asks for it."""
        for name in ("picture", "body"):
            if blocks := getattr(self, name, None):
                setattr(self, name, [one for one in blocks.raw_data if one["type"] not in OF_PEOPLE])
        self.people, self.consents, self.shown_until = self.People.NOBODY, [], None
