"""The components that templates call by name; see `ui/README.md` for each with an example."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django import template
from django.core.paginator import Page
from django.forms import BaseForm, BoundField
from django.http import HttpRequest, QueryDict
from django.template.base import FilterExpression, NodeList, Parser, Token, token_kwargs
from django.template.loader import render_to_string
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from desaga.charts.chart import Chart
from desaga.charts.spark import Spark
from desaga.ui import forms as our_forms

register = template.Library()

RAG_WORDS = {
    "red": ("R", "Red"),
    "amber": ("A", "Amber"),
    "green": ("G", "Green"),
    "blue": ("B", "Blue"),
    "none": ("–", "No RAG"),
}
NOTICES = {
    "information": "Information",
    "success": "Done",
    "waiting": "Waiting",
    "warning": "Warning",
    "error": "Error",
}
TONE_OF_MESSAGE = {"debug": "information", "info": "information"}
TONE_OF_STATUS = {
    "complete": "done",
    "completed": "done",
    "done": "done",
    "committed": "done",
    "active": "going",
    "in_progress": "going",
    "on_track": "going",
    "reading": "going",
    "delayed": "waiting",
    "overdue": "late",
    "late": "late",
    "failed": "late",
    "ready": "waiting",
    "waiting": "waiting",
    "on_hold": "waiting",
    "business_as_usual": "steady",
    "stopped": "stopped",
    "cancelled": "stopped",
    "discarded": "stopped",
}
PAGES_AROUND = 1


class WrapNode(template.Node):
    """An element around what stands inside, or nothing where nothing does."""

    def __init__(self, nodelist: NodeList, name: FilterExpression, options: dict[str, FilterExpression]) -> None:
        self.nodelist, self.name, self.options = nodelist, name, options

    def render(self, context: template.Context) -> SafeString:
        content = self.nodelist.render(context).strip()
        if not content:
            return SafeString("")
        options = {key: value.resolve(context) for key, value in self.options.items()}
        name = self.name.resolve(context)
        if inner := options.get("inner"):
            content = format_html(
                '<{} class="{}">{}</{}>', inner, options.get("inner_class", ""), mark_safe(content), inner
            )
        attributes = format_html(' class="{}"', options["class"]) if "class" in options else ""
        if "label" in options:
            attributes = format_html('{} aria-label="{}"', attributes, options["label"])
        return format_html("<{}{}>{}</{}>", name, attributes, mark_safe(content), name)


@register.tag
def slot(parser: Parser, token: Token) -> WrapNode:
    """`{% slot "aside" class="…" label="…" %}…{% endslot %}`: the element, only where it has content."""
    _, name, *rest = token.split_contents()
    options = token_kwargs(rest, parser)
    nodelist = parser.parse(("endslot",))
    parser.delete_first_token()
    return WrapNode(nodelist, parser.compile_filter(name), options)


@register.simple_tag
def crumb(label: str, url: str = "") -> SafeString:
    """One step of the breadcrumbs; without an address it is where one stands."""
    if url:
        return format_html(
            '<li class="govuk-breadcrumbs__list-item"><a class="govuk-breadcrumbs__link" href="{}">{}</a></li>',
            url,
            label,
        )
    return format_html('<li class="govuk-breadcrumbs__list-item" aria-current="page">{}</li>', label)


@register.simple_tag
def tag(label: object, tone: str = "plain") -> SafeString:
    """A small label. Tones: plain, going, waiting, late, done, steady, stopped."""
    return _tag(label if isinstance(label, SafeString) else str(label), tone)


# A table says the same few labels in each of its rows; what is safe and what is not are told apart by their type.
@lru_cache(maxsize=1000, typed=True)
def _tag(label: str, tone: str) -> SafeString:
    return mark_safe(render_to_string("ui/components/tag.html", {"label": label, "tone": tone}).strip())


@register.simple_tag
def status(value: Any, tone: str = "") -> SafeString | str:
    """A delivery status as a tag: an enumeration member with a label, or its bare value.

    The tone follows the value where it is a familiar one (see `TONE_OF_STATUS`), or is given.
    """
    if value in (None, ""):
        return ""
    key = str(getattr(value, "value", value))
    label = getattr(value, "label", None) or key.replace("_", " ").capitalize()
    return tag(label, tone or TONE_OF_STATUS.get(key.lower().replace(" ", "_"), "plain"))


@register.simple_tag
def rag(value: Any, short: bool = False) -> SafeString:
    """A RAG rating: letter, shape, colour and word. `short` leaves the word to screen readers."""
    key = str(getattr(value, "value", value) or "none").lower()
    return _rag(key if key in RAG_WORDS else "none", bool(short))


@lru_cache(maxsize=2 * len(RAG_WORDS))
def _rag(key: str, short: bool) -> SafeString:
    letter, word = RAG_WORDS[key]
    context = {"key": key, "letter": letter, "word": word, "short": short}
    return mark_safe(render_to_string("ui/components/rag.html", context).strip())


@register.inclusion_tag("ui/components/empty.html")
def empty(sentence: str, url: str = "", label: str = "", as_button: bool = False) -> dict[str, Any]:
    """What a list says when it has no rows, with the next step."""
    return {"sentence": sentence, "url": url, "label": label, "as_button": as_button}


@register.inclusion_tag("ui/components/progress.html")
def progress(label: str, done: int = 0, total: int = 0, id: str = "progress") -> dict[str, Any]:
    """How far a thing is; without a total it only says that it goes on."""
    return {"label": label, "done": done, "total": total, "id": f"{id}-label"}


@register.inclusion_tag("ui/components/subnavigation.html")
def subnavigation(entries: Iterable[Mapping[str, Any]], label: str = "Parts of this page") -> dict[str, Any]:
    """Tabs that are pages: mappings with label, url, is_current and perhaps count."""
    return {"entries": [{"count": None, **entry} for entry in entries], "label": label}


@register.inclusion_tag("ui/components/pagination.html", takes_context=True)
def pagination(context: template.Context, page: Page, parameter: str = "page") -> dict[str, Any]:
    """Pages of a list, keeping the other words of the address. Nothing where one page is all."""
    query = _query_of(context)

    def address(number: int) -> str:
        return _address(query, **{parameter: str(number)})

    return {
        "page": page,
        "previous_url": address(page.previous_page_number()) if page.has_previous() else None,
        "next_url": address(page.next_page_number()) if page.has_next() else None,
        "items": [_page_item(number, page.number, address) for number in _page_numbers(page)],
    }


def _page_numbers(page: Page) -> Iterable[int | None]:
    last = page.paginator.num_pages
    near = range(page.number - PAGES_AROUND, page.number + PAGES_AROUND + 1)
    shown = sorted({1, last, *(number for number in near if 1 <= number <= last)})
    before = 0
    for number in shown:
        if number - before > 2:
            yield None
        elif number - before == 2:
            yield number - 1
        yield number
        before = number


def _page_item(number: int | None, current: int, address: Any) -> dict[str, Any]:
    if number is None:
        return {"gap": True}
    return {"gap": False, "number": number, "url": address(number), "is_current": number == current}


@dataclass(frozen=True)
class Chip:
    """A filter that is on, and the address of the list without it."""

    label: str
    value: str
    url: str


@register.inclusion_tag("ui/components/chips.html", takes_context=True)
def chips(context: template.Context, form: BaseForm) -> dict[str, Any]:
    """What a filter form has on, each to be taken off alone, and one link that clears all; order and the like stay."""
    query = _query_of(context)
    shown = [chip for field in form if not field.is_hidden for chip in _chips_of(field, query)]
    clear = query.copy()
    for name in [*(field.html_name for field in form if not field.is_hidden), "page"]:
        clear.pop(name, None)
    return {"chips": shown, "clear_url": _address(clear)}


def _chips_of(field: BoundField, query: QueryDict) -> Iterable[Chip]:
    values = [value for value in query.getlist(field.html_name) if value.strip()]
    labels = {str(value): str(label) for value, label in _flat(getattr(field.field, "choices", ())) if str(value) != ""}
    for value in values:
        rest = query.copy()
        rest.setlist(field.html_name, [other for other in query.getlist(field.html_name) if other != value])
        rest.pop("page", None)
        yield Chip(label=str(field.label), value=labels.get(value, value), url=_address(rest))


def _flat(choices: Iterable[Any]) -> Iterable[tuple[Any, Any]]:
    for value, label in choices:
        if isinstance(label, list | tuple):
            yield from label
        else:
            yield value, label


def _query_of(context: template.Context) -> QueryDict:
    request: HttpRequest | None = context.get("request")
    return request.GET.copy() if request is not None else QueryDict(mutable=True)


def _address(query: QueryDict, **changes: str) -> str:
    changed = query.copy()
    for name, value in changes.items():
        changed[name] = value
    for name in [name for name in changed if not any(changed.getlist(name))]:
        del changed[name]
    return f"?{changed.urlencode()}"


@register.simple_block_tag
def notice(content: str, tone: str = "information", title: str = "", role: str = "") -> SafeString:
    """A paragraph that must not be missed. Tones: information, success, waiting, warning, error."""
    context = {"tone": tone, "word": NOTICES[tone], "title": title, "role": role, "content": content}
    return mark_safe(render_to_string("ui/components/notice.html", context).strip())


@register.simple_block_tag
def fact(content: str, term: str, missing: str = "Not given") -> SafeString:
    """One row of a `<dl class="dsg-facts">`; says that a value is missing instead of leaving a hole."""
    shown = content.strip() and mark_safe(content) or format_html('<span class="dsg-quiet">{}</span>', missing)
    return format_html('<div class="dsg-facts__row"><dt>{}</dt><dd>{}</dd></div>', term, shown)


@register.inclusion_tag("ui/form/error_summary.html")
def error_summary(*forms: BaseForm, title: str = "There is a problem") -> dict[str, Any]:
    """All errors of one or several forms, each a link that focuses its field."""
    return {"errors": [error for form in forms for error in _errors_of(form)], "title": title}


def _errors_of(form: BaseForm) -> Iterable[dict[str, Any]]:
    if not form.is_bound:
        return
    for message in form.non_field_errors():
        yield {"message": message, "target": None}
    for field in form:
        for message in our_forms.explained_errors(field):
            yield {"message": message, "target": None if field.is_hidden else _target_of(field)}


def _target_of(field: BoundField) -> str:
    return field.id_for_label or f"{field.auto_id}_0"


register.filter("error_words", our_forms.error_words)


@register.filter
def field_kind(field: BoundField) -> str:
    """checkbox, password, date-parts, or other: what the field group's frame depends on."""
    widget = field.field.widget
    if isinstance(widget, our_forms.DatePartsWidget):
        return "date-parts"
    kind = getattr(widget, "input_type", None)
    return kind if kind in ("checkbox", "password") and not field.use_fieldset else "other"


@register.simple_tag
def select_options(groups: Iterable[tuple[str | None, list[dict[str, Any]], int]]) -> SafeString:
    """The options of a select, under their headings where they have any. Written here: a filter may have a hundred of them."""
    return format_html_join("", "{}", ((_option_group(heading, options),) for heading, options, _ in groups))


def _option_group(heading: str | None, options: list[dict[str, Any]]) -> SafeString:
    told = ((str(one["value"]), _chosen(one), _label(one)) for one in options)
    written = format_html_join("", '<option value="{}"{}>{}</option>', told)
    return format_html('<optgroup label="{}">{}</optgroup>', heading, written) if heading else written


def _chosen(option: dict[str, Any]) -> SafeString:
    return SafeString(" selected" if option["attrs"].get("selected") else "")


def _label(option: dict[str, Any]) -> Any:
    return "Not chosen" if option["label"] == "---------" else option["label"]


@register.filter
def notice_tone(level_tag: str) -> str:
    """The tone of a notice for a level of Django's messages."""
    return TONE_OF_MESSAGE.get(level_tag, level_tag if level_tag in NOTICES else "information")


@register.filter
def first_letter(name: str) -> str:
    """The letter that stands for an organisation without a logo: of the first word that tells.

    "The University of X" gives the X of its last name, since every university begins with U.
    """
    words = [word for word in str(name).split() if word.lower() not in {"the", "of", "university", "college", "and"}]
    return (words or str(name).split() or ["D"])[0][0].upper()


@register.inclusion_tag("ui/components/figure.html")
def figure(chart: Chart, id: str, level: str = "h3") -> dict[str, Any]:
    """A chart with its title, what is counted, a drawing for wide and one for narrow screens, and its table."""
    return {"chart": chart, "id": id, "level": level}


@register.inclusion_tag("ui/components/drawing.html")
def drawing(chart: Chart) -> dict[str, Any]:
    """A chart's drawing alone, for wide and for narrow screens: where the page gives title and table itself, within a `dsg-figure`."""
    return {"chart": chart}


@register.inclusion_tag("ui/components/spark.html")
def spark(line: Spark) -> dict[str, Any]:
    """A line small enough for a row: how a series went, with what is aimed at; in words for those who do not see it."""
    return {"line": line}


@register.inclusion_tag("ui/components/timeline.html")
def timeline(title: str, counted: str, picture: str, key: str = "", level: str = "h2") -> dict[str, Any]:
    """A picture along time, of `desaga.charts.timeline`, with its title, what is drawn, and how to read it."""
    return {"title": title, "counted": counted, "picture": picture, "key": key, "level": level}


@register.simple_tag
def structured_data(things: Iterable[Mapping[str, Any]]) -> SafeString:
    """What a page tells programs of itself (https://schema.org), one block for each thing.

    A block of data: no browser runs it, so that the page's policy need not allow it. Nothing in it can end it early.
    """
    escapes = {ord("<"): "\\u003c", ord(">"): "\\u003e", ord("&"): "\\u0026"}
    return format_html_join(
        "\n    ",
        '<script type="application/ld+json">{}</script>',
        ((mark_safe(json.dumps(one, ensure_ascii=False).translate(escapes)),) for one in things),
    )
