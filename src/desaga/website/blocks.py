"""The few blocks a page is built of, and what editors are kept from: skipped headings, pictures without words, links to nowhere."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from wagtail import blocks
from wagtail.blocks.stream_block import StreamBlockValidationError
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageBlock

from .linking.addresses import fault_of, links_in

PLAIN = ["bold", "italic", "link", "document-link", "ol", "ul"]


class HeadingBlock(blocks.StructBlock):
    """A heading below the page's own."""

    text = blocks.CharBlock(max_length=120)
    level = blocks.ChoiceBlock(choices=[("2", "Heading"), ("3", "Smaller heading")], default="2")

    class Meta:
        icon = "title"
        template = "website/blocks/heading.html"


class PictureBlock(blocks.StructBlock):
    """A picture with what it shows in words, or the choice that it is decorative."""

    picture = ImageBlock()
    caption = blocks.CharBlock(max_length=250, required=False)

    class Meta:
        icon = "image"
        template = "website/blocks/picture.html"


class QuoteBlock(blocks.StructBlock):
    """What somebody said, and who."""

    words = blocks.TextBlock(max_length=600)
    who = blocks.CharBlock(max_length=120)

    class Meta:
        icon = "openquote"
        template = "website/blocks/quote.html"


class DoorBlock(blocks.StructBlock):
    """One next door to open: a page of the site."""

    page = blocks.PageChooserBlock()
    label = blocks.CharBlock(
        max_length=80, required=False, help_text="The page's title, unless something else is said here."
    )

    class Meta:
        icon = "arrow-right"
        template = "website/blocks/door.html"


class DownloadBlock(blocks.StructBlock):
    """A file to take away, with what it is."""

    file = DocumentChooserBlock()
    words = blocks.CharBlock(max_length=200, required=False)

    class Meta:
        icon = "download"
        template = "website/blocks/download.html"


class LinkedTextBlock(blocks.RichTextBlock):
    """Text with links. One that nobody could follow is refused with a sentence; whether something is there is looked at by the worker."""

    def deconstruct(self) -> Any:
        """To migrations it is a text as any other: what is refused is in no table."""
        _, args, kwargs = super().deconstruct()
        return "wagtail.blocks.RichTextBlock", args, kwargs

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        faults = [fault_of(one.address) for one in links_in(cleaned.source) if not one.kind]
        if told := [one for one in faults if one]:
            raise ValidationError(told)
        return cleaned


class BodyBlock(blocks.StreamBlock):
    """The body of a page. Headings come in order: a smaller one never before a heading."""

    heading = HeadingBlock()
    text = LinkedTextBlock(features=PLAIN, icon="pilcrow")
    picture = PictureBlock()
    quote = QuoteBlock()
    door = DoorBlock()
    download = DownloadBlock()

    def clean(self, value: Any) -> Any:
        cleaned = super().clean(value)
        if wrong := first_skipped([block.value["level"] if block.block_type == "heading" else "" for block in cleaned]):
            told = ValidationError(
                "A smaller heading needs a heading above it. Make this one a heading, or put one before it."
            )
            raise StreamBlockValidationError(block_errors={wrong - 1: told})
        return cleaned


def first_skipped(levels: list[str]) -> int:
    """The place, counted from 1, of the first heading that skips a level; 0 where none does. A page's own title is level 1."""
    seen = 1
    for place, level in enumerate(levels, start=1):
        if not level:
            continue
        if int(level) > seen + 1:
            return place
        seen = int(level)
    return 0
