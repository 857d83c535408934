"""Measures that a text on success names: proposed, never more than proposed. Pure Python.

"At least 80 % response" is 80, per cent, no less; "4x case studies" is 4 case studies; "3 by Aug 2022, 6 by Aug 2023" are two
steps of one; "increased number of apprentices" counts apprentices and names no target. What is a year, a date, a code of a
framework or a page is no measure.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from .dates import MONTHS, NotADate, understood

AT_LEAST, AT_MOST = "at_least", "at_most"
NUMBERS = {
    word: number
    for number, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty".split()
    )
    if number > 1
} | {"thirty": 30, "forty": 40, "fifty": 50, "hundred": 100}
MONTH = "|".join(f"{name[:3]}(?:{name[3:]})?" if len(name) > 3 else name for name in MONTHS) + "|Sept"
MORE = r"(?:at least|no fewer than|no less than|a minimum of|minimum of|minimum|min\.?|more than|over|above|≥|>)"
LESS = r"(?:at most|no more than|not more than|up to|a maximum of|maximum of|fewer than|less than|under|below|≤|<)"
NUMBER = r"(?P<number>\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?|" + "|".join(NUMBERS) + ")"
#: Not part of a word, a code (N8-3), a decimal, an ordinal or an amount of money.
START = r"(?<![\w.,/£$€–-])"
MEASURE = re.compile(
    rf"{START}(?:(?P<more>{MORE})\s+|(?P<less>{LESS})\s+)?{NUMBER}(?P<per_cent>\s*(?:%|per\s?cent\b|percent\b))?(?P<plus>\s?\+)?(?:\s*[x×]\b)?(?![\w/-]|\.\d|st\b|nd\b|rd\b|th\b)",
    re.IGNORECASE,
)
BY = re.compile(
    rf"\s*(?:,|\()?\s*(?:by|before|until)\s+(?:the\s+end\s+of\s+)?(?P<when>(?:\d{{1,2}}\s+)?(?:{MONTH})\.?\s+\d{{4}}|\d{{4}})",
    re.IGNORECASE,
)
#: Words that end what is counted.
ENDS = {
    "and", "or", "but", "by", "in", "on", "at", "to", "for", "from", "with", "is", "are", "was", "were", "be", "being", "been", "have", "has",
    "will", "that", "which", "who", "as", "across", "through", "during", "between", "among", "before", "until", "via", "where", "when", "each",
    "every", "including", "collected", "completed", "held", "published", "delivered", "identified", "received", "achieved", "run",
}  # fmt: skip
MOST_WORDS = 6
COUNTED = re.compile(
    r"\b(?:(?P<up>increas\w+|rais\w+|grow\w*|higher|more)|(?P<down>reduc\w+|decreas\w+|lower|fewer))\s+(?:in\s+)?(?:the\s+)?(?:number|amount|proportion|percentage|share|rate)s?\s+of\s+(?P<what>[^.;,\n]+)"
    r"|\b(?:record|count)\w*\s+(?:the\s+)?numbers?\s+(?:of\s+)?(?P<recorded>[^.;,\n]+)",
    re.IGNORECASE,
)
DAY_OF_MONTH = re.compile(rf"\s*(?:{MONTH})\b", re.IGNORECASE)
EARLIEST_YEAR, LATEST_YEAR = 1900, 2199


@dataclass(frozen=True, slots=True)
class Proposed:
    """A measure as a text names it: `words` as they stand there, what is counted, and towards what.

    `target` is None where the text names none; `due` is a partial ISO date or empty.
    """

    words: str
    what: str
    target: float | None = None
    is_share: bool = False
    direction: str = AT_LEAST
    due: str = ""

    @property
    def sentence(self) -> str:
        """The same for a person to accept."""
        if self.target is None:
            return f"{'Fewer' if self.direction == AT_MOST else 'Number of'} {self.what}".strip()
        number = f"{self.target:g}{' %' if self.is_share else ''}"
        return f"{'At most' if self.direction == AT_MOST else 'At least'} {number} {self.what}".strip()


#: What a series counts that does not say so.
UNSAID = "of these"


def proposed(text: str) -> list[Proposed]:
    """The measures that a text names, in its order; those with a number before those without."""
    text = " ".join(text.split())
    found: list[Proposed] = []
    for match in MEASURE.finditer(text):
        if one := _from(match, text, found[-1].what if found else ""):
            found.append(one)
    told = {one.what.casefold() for one in found}
    found += [one for one in map(_counted, COUNTED.finditer(text)) if one and one.what.casefold() not in told]
    return found


def _from(match: re.Match[str], text: str, former: str) -> Proposed | None:
    word = match["number"].casefold().replace(",", "")
    number = float(NUMBERS[word]) if word in NUMBERS else float(word)
    rest = text[match.end() :]
    is_share = match["per_cent"] is not None
    if not is_share and (
        _is_date(match, number, text) or not match["number"][0].isdigit() and DAY_OF_MONTH.match(rest)
    ):
        return None
    due, by = "", BY.match(rest)
    what = "" if by else _what(rest, is_share)
    if by is None:
        by = BY.search(rest[: len(what) + 60]) if what else None
        if by and re.search(r"[.;]", rest[: by.start()]):
            by = None
    if by:
        due = _day(by["when"])
    what = what or ((former or _before(text[: match.start()])) if due else "")
    if due and not what and not text[: match.start()].strip():
        # A text that is nothing but a series, "3 by Aug 2022, 6 by Aug 2023": whoever accepts it says of what.
        what = UNSAID
    if not what and not is_share:
        return None
    direction = AT_MOST if match["less"] and match["less"].casefold() != "up to" else AT_LEAST
    end = match.end() + (len(rest) - len(rest.lstrip()) + len(what) if what and rest.lstrip().startswith(what) else 0)
    return Proposed(text[match.start() : end].strip(), what, number, is_share, direction, due)


def _is_date(match: re.Match[str], number: float, text: str) -> bool:
    """A year, or the day before a month's name."""
    if match["number"].isdigit() and EARLIEST_YEAR <= number <= LATEST_YEAR and not match["more"] and not match["plus"]:
        return True
    return bool(DAY_OF_MONTH.match(text[match.end() :])) and number <= 31


def _what(rest: str, is_share: bool) -> str:
    """What is counted: the words up to the first that ends it."""
    words = []
    for word in re.split(r"\s+", rest.strip())[:MOST_WORDS]:
        bare = word.strip("()“”\"'’").casefold()
        if not words and bare in {"of", "the"} and is_share:
            words.append(word)
            continue
        if not bare or bare in ENDS or not re.match(r"[(“\"']?[A-Za-z]", word):
            break
        words.append(word.rstrip(".;,:)") if word[-1] in ".;,:)" else word)
        if word[-1] in ".;,:":
            break
    return " ".join(words)


def _before(text: str) -> str:
    """What is counted, where it stands before a colon: "apprentices: 3 by 2027"."""
    found = re.search(r"([A-Za-z][\w’' -]{2,60}):\s*$", text)
    return found[1].strip() if found else ""


def _day(words: str) -> str:
    try:
        return understood(words)
    except NotADate:
        return ""


def _counted(match: re.Match[str]) -> Proposed | None:
    what = " ".join((match["what"] or match["recorded"] or "").split()[:MOST_WORDS]).strip(" ()")
    if not what:
        return None
    return Proposed(match[0].strip(), what, direction=AT_MOST if match["down"] else AT_LEAST)
