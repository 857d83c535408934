"""The blocks of an exhibition: a 360-degree picture with places in it, a film with its captions."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageBlock

from desaga.organisations.refusals import Refused
from desaga.stories.filming import captions_in, kind_of_film

from .blocks import PLAIN, LinkedTextBlock

#: An equirectangular picture shows 360 degrees across and 180 up and down.
TWICE_AS_WIDE, TOLERANCE = 2.0, 0.02
YAW_HELP = (
    "How far to the right of the picture's middle, in degrees: 0 is the middle, 90 a quarter turn to the right, -90 to the left, 180 behind. "
    "Preview shows the numbers of whatever you look at."
)
PITCH_HELP = "How far up from eye level, in degrees: 90 is the ceiling, -90 the floor."


class PanoramaBlock(blocks.StructBlock):
    """A 360-degree picture, with what it shows in words."""

    picture = ImageBlock(help_text="Twice as wide as high, as 360-degree cameras save it (equirectangular).")

    class Meta:
        icon = "view"

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        picture = cleaned["picture"]
        if picture and not is_panorama(picture.width, picture.height):
            told = (
                f"This picture is {picture.width} by {picture.height}. A 360-degree picture is twice as wide as high."
            )
            raise StructBlockValidationError({"picture": ValidationError(told)})
        if picture and picture.decorative:
            raise StructBlockValidationError(
                {"picture": ValidationError("Say what the scene shows: it is never decorative.")}
            )
        return cleaned


def is_panorama(width: int, height: int) -> bool:
    """Whether a picture can be a whole sphere."""
    return bool(height) and abs(width / height - TWICE_AS_WIDE) <= TOLERANCE


class DoorsBlock(blocks.StreamBlock):
    """Where a place in a scene leads: one page of the site, such as an object, a story, another scene."""

    page = blocks.PageChooserBlock(label="A page: a story, an object, another scene")

    class Meta:
        max_num = 1
        required = False


class HotspotBlock(blocks.StructBlock):
    """A place in the scene. It is a point in the list under the picture, and a numbered button in the viewer."""

    name = blocks.CharBlock(max_length=80, help_text="What is there: The lathe.")
    words = LinkedTextBlock(features=PLAIN, required=False, help_text="What one reads of it.")
    yaw = blocks.FloatBlock(min_value=-180, max_value=180, help_text=YAW_HELP)
    pitch = blocks.FloatBlock(min_value=-90, max_value=90, help_text=PITCH_HELP)
    picture = ImageBlock(required=False, help_text="A closer look, if there is one.")
    leads_to = DoorsBlock(label="Leads to", required=False)

    class Meta:
        icon = "crosshairs"
        label_format = "{name}"


class FilmBlock(blocks.StructBlock):
    """A film. None is shown without its captions."""

    film = DocumentChooserBlock(help_text="An .mp4 or .webm that plays in every browser.")
    captions = DocumentChooserBlock(
        help_text="A .vtt file. Films without captions are not shown: what is said is also read below the film."
    )

    shows = blocks.TextBlock(
        label="What one sees", required=False, max_length=4000,
        help_text="For people who cannot see it: who does what, with what, where. It is read below the film.",
    )  # fmt: skip

    class Meta:
        icon = "media"

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        wrong = {}
        for name, look in (("film", looks_like_film), ("captions", looks_like_captions)):
            try:
                look(cleaned[name])
            except Refused as refusal:
                wrong[name] = ValidationError(str(refusal))
        if wrong:
            raise StructBlockValidationError(wrong)
        return cleaned


def looks_like_film(document: Any) -> str:
    """The media type of a file. Raises `filming.NotAFilm`."""
    with document.file.open() as file:
        return kind_of_film(file.read(64))


def looks_like_captions(document: Any) -> str:
    """The captions. Raises `filming.NoCaptions`, `filming.NotCaptions`."""
    with document.file.open() as file:
        return captions_in(file.read())
