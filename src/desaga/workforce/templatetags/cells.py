"""A protected cell on a page: its words, and for who hears the page what they stand for. Written here, since a page has hundreds."""

from __future__ import annotations

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from ..releasing.tables import Cell

register = template.Library()


@register.filter
def seen(cell: Cell) -> SafeString | str:
    """`{{ cell|seen }}`"""
    if not cell.aloud:
        return cell.words
    words = '<span aria-hidden="true">{}</span><span class="govuk-visually-hidden">{}</span>'
    return format_html(words, cell.words, cell.aloud)
