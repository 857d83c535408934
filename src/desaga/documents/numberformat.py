"""What a spreadsheet shows for a stored number: number formats as ECMA-376 part 1, 18.8.30 and 18.8.31 describe them.

Formats that follow the reader's own settings (14, 22, F800, F400) are shown as a British reader sees them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

BUILT_IN = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 5: "£#,##0;-£#,##0", 6: "£#,##0;-£#,##0", 7: "£#,##0.00;-£#,##0.00",
    8: "£#,##0.00;-£#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?", 13: "# ??/??", 14: "dd/mm/yyyy",
    15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss",
    22: "dd/mm/yyyy hh:mm", 37: "#,##0;-#,##0", 38: "#,##0;-#,##0", 39: "#,##0.00;-#,##0.00", 40: "#,##0.00;-#,##0.00",
    41: "#,##0;-#,##0;-", 42: "£#,##0;-£#,##0;-", 43: "#,##0.00;-#,##0.00;-", 44: "£#,##0.00;-£#,##0.00;-", 45: "mm:ss",
    46: "[h]:mm:ss", 47: "mm:ss.0", 48: "##0.0E+0", 49: "@",
}  # fmt: skip
MONTHS = "January February March April May June July August September October November December".split()
DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"?|\\(?P<escaped>.)|_(?P<pad>.)|\*(?P<fill>.)|\[(?P<bracket>[^\]]*)\]'
    r"|(?P<half>AM/PM|A/P)|(?P<general>General)|(?P<exponent>E[+-]0+)|(?P<date>y+|m+|d+|h+|s+|e+)(?P<fraction>\.0+(?=\D|$))?"
    r"|(?P<digit>[0#?])|(?P<point>\.)|(?P<comma>,)|(?P<percent>%)|(?P<text>@)|(?P<other>.)",
    re.IGNORECASE | re.DOTALL,
)
ELAPSED = re.compile(r"(h+|m+|s+)$", re.IGNORECASE)
CONDITION = re.compile(r"(<=|>=|<>|<|>|=)(-?\d+(?:\.\d+)?)$")
COMPARISONS = {
    "<": lambda a, b: a < b, ">": lambda a, b: a > b, "<=": lambda a, b: a <= b, ">=": lambda a, b: a >= b,
    "=": lambda a, b: a == b, "<>": lambda a, b: a != b,
}  # fmt: skip
LAST_SERIAL = 2_958_466
FRACTION = re.compile(r"([?#0]+)?([^?#0]*)([?#0]+)/([?#0]+|\d+)")


@dataclass(frozen=True, slots=True)
class Token:
    kind: str
    value: str


@dataclass(frozen=True, slots=True)
class Section:
    tokens: tuple[Token, ...]
    condition: tuple[str, float] | None
    raw: str

    @property
    def is_date(self) -> bool:
        return any(token.kind in {"date", "elapsed", "half"} for token in self.tokens)


def format_code(number: int, custom: dict[int, str]) -> str:
    """The code of a format id: the workbook's own, else the built-in one, else General."""
    return custom.get(number) or BUILT_IN.get(number, "General")


def render(value: float, code: str, *, date1904: bool = False) -> str:
    """`value` as a cell with the number format `code` shows it; General where the code cannot be applied."""
    section, signed = _choose(value, _sections(code))
    if section is None or not section.tokens and section.raw:
        return general(value)
    if section.is_date:
        moment = to_datetime(value, date1904=date1904)
        return _render_date(moment, value, section.tokens) if moment else general(value)
    shown = abs(value) if not signed else value
    return _render_number(shown, section)


def render_text(value: str, code: str) -> str:
    """A text under a number format: the fourth section, or a lone one holding @, may add words around it."""
    sections = _sections(code)
    chosen = sections[3] if len(sections) > 3 else sections[-1]
    if not any(token.kind == "text" for token in chosen.tokens) or chosen.is_date:
        return value
    return "".join(value if token.kind == "text" else token.value for token in chosen.tokens)


def is_date_format(code: str) -> bool:
    return any(section.is_date for section in _sections(code)[:2])


def general(value: float) -> str:
    """A number without a format, as wide columns show it."""
    if value == int(value) and abs(value) < 1e15:
        return str(int(value))
    return re.sub(r"e([+-])0?(\d+)", r"E\1\2", f"{value:.10g}")


def to_datetime(value: float, *, date1904: bool = False) -> datetime | None:
    """The moment of a serial number, None where it has none; 29 February 1900, which never was, becomes the 28th."""
    if not 0 <= value < LAST_SERIAL:
        return None
    base = datetime(1904, 1, 1) if date1904 else datetime(1899, 12, 31 if value < 60 else 30)
    return base + timedelta(milliseconds=round(value * 86_400_000))


def stored_moment(value: float, *, date1904: bool = False) -> str | None:
    """ISO 8601 for a serial number: a date, a date with time, or a time alone for values under one day."""
    moment = to_datetime(value, date1904=date1904)
    if moment is None:
        return None
    if value < 1:
        return moment.time().isoformat("seconds")
    return moment.date().isoformat() if moment.time() == datetime.min.time() else moment.isoformat(timespec="seconds")


@lru_cache(maxsize=512)
def _sections(code: str) -> tuple[Section, ...]:
    if "F800" in code.upper():
        code = "dd mmmm yyyy"
    elif "F400" in code.upper():
        code = "hh:mm:ss"
    parts = re.findall(r'((?:"[^"]*"?|\\.|\[[^\]]*\]|[^;])*)(?:;|$)', code, re.DOTALL)
    return tuple(_section(part) for part in (parts[:-1] if len(parts) > 1 else parts)[:4])


def _section(raw: str) -> Section:
    tokens: list[Token] = []
    condition = None
    for match in TOKEN.finditer(raw):
        kind = match.lastgroup or ""
        value = match[kind] if kind else ""
        if kind == "fraction":
            tokens += [Token("date", match["date"].lower()), Token("fraction", value)]
        elif kind == "bracket":
            found = CONDITION.match(value)
            if found:
                condition = (found[1], float(found[2]))
            elif ELAPSED.match(value):
                tokens.append(Token("elapsed", value.lower()))
            elif value.startswith("$"):
                tokens.append(Token("literal", value[1:].partition("-")[0]))
        elif kind in {"quoted", "escaped", "other"}:
            tokens.append(Token("literal", value))
        elif kind == "pad":
            tokens.append(Token("literal", " "))
        elif kind != "fill":
            tokens.append(Token(kind, value.lower() if kind == "date" else value))
    return Section(tuple(_minutes(tokens)), condition, raw)


def _minutes(tokens: list[Token]) -> list[Token]:
    """m stands for minutes beside hours or seconds, else for months."""
    clock = [index for index, token in enumerate(tokens) if token.kind in {"date", "elapsed"}]
    for place, index in enumerate(clock):
        if tokens[index].value in {"m", "mm"} and tokens[index].kind == "date":
            before = tokens[clock[place - 1]].value[0] if place else ""
            after = tokens[clock[place + 1]].value[0] if place + 1 < len(clock) else ""
            if before == "h" or after == "s":
                tokens[index] = Token("date", "n" * len(tokens[index].value))
    return tokens


def _choose(value: float, sections: tuple[Section, ...]) -> tuple[Section | None, bool]:
    """The section for a number and whether its minus sign is still to be written."""
    numeric = sections[:3]
    if any(section.condition for section in numeric):
        for section in numeric:
            if section.condition is None or COMPARISONS[section.condition[0]](value, section.condition[1]):
                return section, True
        return None, True
    if len(numeric) > 2 and value == 0:
        return numeric[2], False
    if len(numeric) > 1 and value < 0:
        return numeric[1], False
    return numeric[0], True


def _render_date(moment: datetime, value: float, tokens: tuple[Token, ...]) -> str:
    twelve = any(token.kind == "half" for token in tokens)
    fraction = next((len(token.value) - 1 for token in tokens if token.kind == "fraction"), 0)
    if not fraction:
        moment = (moment + timedelta(milliseconds=500)).replace(microsecond=0)
    return "".join(_date_token(token, moment, value, twelve) for token in tokens).strip()


def _date_token(token: Token, moment: datetime, value: float, twelve: bool) -> str:
    if token.kind == "elapsed":
        seconds = round(value * 86_400)
        count = {"h": seconds // 3600, "m": seconds // 60, "s": seconds}[token.value[0]]
        return str(count).zfill(len(token.value))
    if token.kind == "half":
        word = "AM" if moment.hour < 12 else "PM"
        return word if len(token.value) > 3 else word[0]
    if token.kind == "fraction":
        return f".{moment.microsecond:06d}"[: len(token.value)]
    if token.kind != "date":
        return "" if token.kind == "text" else token.value
    return _date_part(token.value, moment, twelve)


def _date_part(part: str, moment: datetime, twelve: bool) -> str:
    letter, length = part[0], len(part)
    if letter in "ye":
        return f"{moment.year % 100:02d}" if letter == "y" and length < 3 else f"{moment.year:04d}"
    if letter == "m" and length > 2:
        name = MONTHS[moment.month - 1]
        return name[0] if length == 5 else name if length > 3 else name[:3]
    if letter == "d" and length > 2:
        name = DAYS[moment.weekday()]
        return name if length > 3 else name[:3]
    hour = (moment.hour % 12 or 12) if twelve else moment.hour
    number = {"m": moment.month, "d": moment.day, "h": hour, "n": moment.minute, "s": moment.second}[letter]
    return f"{number:02d}" if length > 1 else str(number)


def _render_number(value: float, section: Section) -> str:
    kinds = {token.kind for token in section.tokens}
    if "general" in kinds or "text" in kinds:
        return "".join(
            general(value) if token.kind in {"general", "text"} else token.value for token in section.tokens
        ).strip()
    if "digit" not in kinds:
        literal = "".join(token.value for token in section.tokens)
        return literal.strip()
    if "exponent" in kinds:
        return _scientific(value, section.tokens)
    plain = "".join(token.value for token in section.tokens)
    if "/" in plain and (found := FRACTION.search(plain)):
        return _as_fraction(value, found)
    return _decimal(value, section.tokens)


def _decimal(value: float, tokens: tuple[Token, ...]) -> str:
    digits = [index for index, token in enumerate(tokens) if token.kind == "digit"]
    point = next((index for index, token in enumerate(tokens) if token.kind == "point"), len(tokens))
    whole = [index for index in digits if index < point]
    after = [index for index in digits if index > point]
    last = digits[-1]
    scale = 0
    while last + 1 + scale < len(tokens) and tokens[last + 1 + scale].kind == "comma":
        scale += 1
    thousands = bool(whole) and any(t.kind == "comma" for t in tokens[whole[0] : whole[-1]])
    number = Decimal(repr(value)).scaleb(2 * sum(token.kind == "percent" for token in tokens) - 3 * scale)
    rounded = abs(number).quantize(Decimal(1).scaleb(-len(after)), ROUND_HALF_UP)
    left, _, right = f"{rounded:f}".partition(".")
    decimals = _optional_zeros(right, [tokens[index].value for index in after])
    places = _whole_digits(left, [tokens[index].value for index in whole], thousands)
    shown = dict(zip(whole, places, strict=True)) | dict(zip(after, decimals, strict=True))
    parts = []
    for index, token in enumerate(tokens):
        if token.kind == "digit":
            parts.append(shown[index])
        elif token.kind != "comma":
            parts.append(token.value)
        if index == point and not whole and left != "0":
            parts.insert(-1, left)
    negative = number < 0 and rounded != 0
    return ("-" if negative else "") + "".join(parts).strip()


def _whole_digits(left: str, places: list[str], thousands: bool) -> list[str]:
    """The digits of the whole part for each placeholder, the first taking all that are left over."""
    if not places:
        return []
    needed = max((len(places) - index for index, place in enumerate(places) if place == "0"), default=0)
    padded = ("" if left == "0" else left).zfill(needed) if needed or left != "0" else ""
    marked = [
        digit + ("," if thousands and position and position % 3 == 0 else "")
        for position, digit in zip(range(len(padded) - 1, -1, -1), padded, strict=True)
    ]
    extra = max(0, len(marked) - len(places))
    heads = ["".join(marked[: extra + 1]), *marked[extra + 1 :]] if marked else []
    return [""] * (len(places) - len(heads)) + heads


def _optional_zeros(digits: str, places: list[str]) -> list[str]:
    shown = list(digits)
    for index in range(len(shown) - 1, -1, -1):
        if places[index] == "0" or shown[index] != "0":
            break
        shown[index] = ""
    return shown


def _scientific(value: float, tokens: tuple[Token, ...]) -> str:
    point = next((index for index, token in enumerate(tokens) if token.kind == "point"), len(tokens))
    exponent = next(token.value for token in tokens if token.kind == "exponent")
    decimals = sum(token.kind == "digit" for token in tokens[point:])
    mantissa, _, power = f"{value:.{decimals}E}".partition("E")
    sign = "-" if power.startswith("-") else "+" if "+" in exponent else ""
    return f"{mantissa}E{sign}{power.lstrip('+-').lstrip('0').zfill(len(exponent) - 2)}"


def _as_fraction(value: float, found: re.Match[str]) -> str:
    from fractions import Fraction

    whole, rest = divmod(abs(value), 1) if found[1] else (0, abs(value))
    fixed = found[4].isdigit() and not set(found[4]) <= {"0"}
    if fixed:
        below = int(found[4])
        above = round(rest * below)
    else:
        near = Fraction(rest).limit_denominator(10 ** len(found[4]) - 1)
        above, below = near.numerator, near.denominator
    whole, above = (whole + 1, 0) if found[1] and above == below else (whole, above)
    parts = [str(int(whole))] if whole or not above else []
    parts += [f"{above}/{below}"] if above else []
    return ("-" if value < 0 else "") + " ".join(parts)
