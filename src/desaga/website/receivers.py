"""What the website does when something else has happened."""

from __future__ import annotations

from typing import Any

from django.db.models import F

from desaga.tenancy.context import within

from .models import Download, NationalHomePage, OrganisationHomePage
from .models.pages import HomePage
from .reach import reach_everything


def count_taken(sender: Any, instance: Any, **kwargs: Any) -> None:
    """A download was taken: one more, and nothing of whom."""
    with reach_everything():
        Download.objects.filter(pk=instance.pk).update(taken=F("taken") + 1)


def show_stories_that_waited(sender: Any, instance: Any, **kwargs: Any) -> None:
    """A front page is published: stories that were published before there was a site are put up."""
    if not isinstance(instance, OrganisationHomePage | NationalHomePage):
        return
    home: HomePage = instance
    from .showing import show_what_waited

    with within(home.belongs_to), reach_everything():
        show_what_waited(home.belongs_to)
