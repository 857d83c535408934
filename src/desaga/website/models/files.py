"""Pictures and downloads of the website: seen by everybody once a page shows them, chosen only by the editors of their own site."""

from __future__ import annotations

from pathlib import Path
from uuid import uuid4

from django.db import models
from django.utils.timezone import localdate
from wagtail.documents.models import AbstractDocument
from wagtail.images.models import AbstractImage, AbstractRendition

from desaga.consents.states import What

from .people import consents_field


class Picture(AbstractImage):
    """A picture, with who made it. What it shows is said where it is used: one picture says different things on different pages."""

    credit = models.CharField(
        "credit", max_length=200, blank=True, help_text="Who took or made it, as they wish it said."
    )

    admin_form_fields = ("title", "file", "description", "credit", "collection", "focal_point_x", "focal_point_y",
                         "focal_point_width", "focal_point_height")  # fmt: skip

    class Meta(AbstractImage.Meta):
        verbose_name = "picture"
        verbose_name_plural = "pictures"

    def get_upload_to(self, filename: str) -> str:
        """A name that nobody guesses and that says nothing of who is seen: sizes are named after it, and everybody reads their addresses."""
        return f"original_images/{uuid4().hex}{Path(filename).suffix.lower()}"

    @property
    def default_alt_text(self) -> str:
        """Never the file's name: what is not said in words is asked for on the page."""
        return self.description


class PictureRendition(AbstractRendition):
    """A picture in one size and format."""

    image = models.ForeignKey(Picture, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["image", "filter_spec", "focal_point_key"], name="one_rendition_a_size_of_a_picture"
            )
        ]


class Download(AbstractDocument):
    """A file to take away: a lesson, a poster, a pack. How often it was taken is counted, never by whom."""

    taken = models.PositiveIntegerField("taken", default=0, editable=False)

    consents = consents_field()
    shown_until = models.DateField("given out until", null=True, editable=False)

    admin_form_fields = ("title", "file", "collection", "consents")
    #: A consent has to be for one of these.
    rests_on = (What.IMAGE, What.QUOTE)

    class Meta(AbstractDocument.Meta):
        verbose_name = "download"
        verbose_name_plural = "downloads"

    @property
    def is_over(self) -> bool:
        """Whether a consent that it rests on has ended: nobody is given it any more."""
        return self.shown_until is not None and self.shown_until <= localdate()
