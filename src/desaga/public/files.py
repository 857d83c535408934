"""What the public takes away: the plan in the interchange format, as a table, and what changed as a feed. From the public copy alone."""

from __future__ import annotations

import json
from collections import OrderedDict
from collections.abc import Iterable
from datetime import UTC, date
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import format_html, format_html_join
from django.utils.timezone import localdate

from desaga.documents.out import FORMATS, Column, Imprint, Table
from desaga.plans.exports.taking import LONGEST_PDF
from desaga.ui.fonts import font_files

from .copying import Content
from .models import PublicChange, PublicCopy
from .presenting import origin_sentence, period_of, rows_of

ENDINGS = ("json", "csv", "pdf")

#: In place of the PDF of a plan that is too long to be made one while somebody waits: why, and what to take instead.
NO_PDF = "There is no PDF: the plan is too long for one. Take the CSV, which has all that this page shows of each action and opens in any spreadsheet, or print this page."

COLUMNS = (
    (Column("Code", "code", 10), lambda row: row.label),
    (Column("What will be done", width=44), lambda row: row.title),
    (Column("Theme", width=22), lambda row: row.theme),
    (Column("How", width=40), lambda row: row.how),
    (Column("How we will know", width=34), lambda row: row.success),
    (Column("Who carries it", width=18), lambda row: row.who),
    (Column("When", "date", 16), lambda row: row.when),
    (Column("What it answers", width=18), lambda row: row.answers),
    (Column("Status", width=12), lambda row: row.status.label if row.status else ""),
    (Column("RAG", width=9), lambda row: row.rag.label if row.rag else ""),
    (Column("Business as usual", width=10), lambda row: "yes" if row.is_usual else ""),
    (Column("Measures", width=26), lambda row: "\n".join(_measured(one) for one in row.measures)),
    (Column("Last account", width=32), lambda row: f"{row.account['period']}: {row.account['text']}" if row.account else ""),
)  # fmt: skip
ALWAYS = 2


def table_of(content: Content, day: date) -> Table:
    """All actions as one table; columns in which nothing stands are left out, code and title apart."""
    told = [[tell(row) for _, tell in COLUMNS] for row in rows_of(content)]
    kept = [at for at in range(len(COLUMNS)) if at < ALWAYS or any(row[at] for row in told)]
    contact = content["contact"]
    notes = [
        origin_sentence(content),
        f"Write to {', '.join(filter(None, (contact['name'], contact['role'], contact['address'])))}.",
    ]
    return Table(
        key="actions",
        title=content["plan"]["title"],
        columns=[COLUMNS[at][0] for at in kept],
        rows=[[row[at] for at in kept] for row in told],
        subtitle=", ".join(filter(None, [period_of(content), f"{len(told)} actions on {day.day} {day:%B %Y}"])),
        notes=[note for note in notes if note],
    )


def has_pdf(content: Content) -> bool:
    """Whether the plan is short enough to be made a PDF while somebody waits."""
    return sum(len(str(value)) for row in table_of(content, date.min).rows for value in row) <= LONGEST_PDF


def endings_of(content: Content) -> list[str]:
    """The files that the plan can be taken as."""
    return [one for one in ENDINGS if one != "pdf" or has_pdf(content)]


def as_json(content: Content) -> bytes:
    """The plan in the interchange format, which Desaga reads again."""
    return (json.dumps(content["plan"], ensure_ascii=False, indent=2) + "\n").encode()


def as_table(copy: PublicCopy, ending: str) -> bytes:
    """The actions as CSV or PDF."""
    return _pdf(copy) if ending == "pdf" else _written(ending, copy)


#: PDFs by the digest of what is in them, the latest last.
_pdfs: OrderedDict[str, bytes] = OrderedDict()
MOST_PDFS = 16


def _pdf(copy: PublicCopy) -> bytes:
    """Made once for each state of the copy, by each process: anybody may ask for it, as often as they like."""
    key = f"{copy.digest} {localdate(copy.copied_at)}"
    if key not in _pdfs:
        _pdfs[key] = _written("pdf", copy)
        while len(_pdfs) > MOST_PDFS:
            _pdfs.popitem(last=False)
    return _pdfs[key]


def _written(ending: str, copy: PublicCopy) -> bytes:
    day = localdate(copy.copied_at)
    imprint = Imprint(copy.content["plan"]["title"], copy.organisation.name, day, font_files())
    return FORMATS[ending].write([table_of(copy.content, day)], imprint)


def _measured(measure: dict[str, str]) -> str:
    return f"{measure['aim']}: {measure['stands_at']}" if measure["stands_at"] else measure["aim"]


# ---- The feed


def feed_of(copy: PublicCopy, changes: Iterable[PublicChange], feed_url: str) -> bytes:
    """What of a public plan changed and when, as Atom (RFC 4287); each change is one entry."""
    page = f"{settings.SITE_ADDRESS}{copy.get_absolute_url()}"
    told = list(changes)
    feed = Atom1Feed(
        title=f"{copy.title}, {copy.organisation.name}: what changed",
        link=page,
        description=f"Progress and changes of {copy.title}",
        language="en-GB",
        author_name=copy.organisation.name,
        feed_url=f"{settings.SITE_ADDRESS}{feed_url}",
        feed_guid=_tag(copy, "plan"),
    )
    for change in told:
        feed.add_item(
            title=_title(change),
            link=page,
            description=format_html(
                "<ul>{}</ul>", format_html_join("", "<li>{}</li>", ((one,) for one in change.sentences))
            ),
            unique_id=_tag(copy, f"change-{change.pk}"),
            pubdate=change.at,
            updateddate=change.at,
        )
    return feed.writeString("utf-8").encode()


def _title(change: PublicChange) -> str:
    sentences = change.sentences
    return sentences[0] if len(sentences) == 1 else f"{len(sentences)} changes"


def _tag(copy: PublicCopy, what: str) -> str:
    """A name for good (RFC 4151), whatever becomes of the address."""
    published = copy.published_at.astimezone(UTC).date().isoformat() if copy.published_at else ""
    return f"tag:{urlsplit(settings.SITE_ADDRESS).hostname},{published}:desaga/{copy.publication_id}/{what}"
