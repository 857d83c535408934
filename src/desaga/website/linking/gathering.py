"""The links of a page: in its texts, its doors, its files, its addresses, as they are shown and as the draft has them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import URLField
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.fields import StreamField
from wagtail.images.blocks import ImageBlock

from .addresses import Written, links_in


def links_of(page: Any) -> list[Written]:
    """Each once, in their order."""
    return list(dict.fromkeys(one for version in versions_of(page) for one in links_in_version(version)))


def versions_of(page: Any) -> list[Any]:
    """What everybody reads, and the draft over it where there is one."""
    draft = page.get_latest_revision_as_object() if page.has_unpublished_changes or not page.live else None
    return [one for one in (page if page.live or draft is None else None, draft) if one is not None]


def links_in_version(page: Any) -> Iterator[Written]:
    for column in page._meta.get_fields():
        if isinstance(column, StreamField):
            value = getattr(page, column.name)
            yield from in_value(value.stream_block, value)
        elif isinstance(column, URLField) and (address := getattr(page, column.name)):
            yield Written(str(column.verbose_name), address=address)


def in_value(block: Any, value: Any) -> Iterator[Written]:
    """What a block's value leads to, whatever stands in whatever."""
    if isinstance(block, blocks.BaseStreamBlock):
        inner = [(child.block, child.value) for child in value or ()]
    elif isinstance(block, ImageBlock):
        inner = []
    elif isinstance(block, blocks.BaseStructBlock):
        inner = [(child, value.get(name) if value else None) for name, child in block.child_blocks.items()]
    elif isinstance(block, blocks.ListBlock):
        inner = [(block.child_block, one) for one in value or ()]
    else:
        yield from in_field(block, value)
        return
    for child, held in inner:
        yield from in_value(child, held)


def in_field(block: Any, value: Any) -> Iterator[Written]:
    match block:
        case blocks.RichTextBlock():
            yield from links_in(value.source if value else "")
        case blocks.PageChooserBlock():
            yield from chosen(block, value, "page")
        case DocumentChooserBlock():
            yield from chosen(block, value, "document")
        case blocks.URLBlock():
            if value:
                yield Written(str(block.label), address=value)


def chosen(block: Any, value: Any, kind: str) -> Iterator[Written]:
    """What was chosen is empty, too, where the thing is gone."""
    if value or block.required:
        yield Written(value.title if value else str(block.label), kind=kind, number=value.pk if value else 0)
