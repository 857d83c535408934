"""The designs of posters, as web pages to be set on paper. Pure: every word is escaped, every measure is in `u`, a millimetre on A4 and √2 of it on A3."""

from __future__ import annotations

import re
from base64 import b64encode
from dataclasses import dataclass, field
from html import escape
from pathlib import Path

#: Width and height in millimetres, and how much larger than A4.
PAPERS = {"A4": (210, 297, 1.0), "A3": (297, 420, 297 / 210)}
#: A measure of the sheet (`u`), or of letters that may become smaller: `s` all words, `w` the quotation and `n` the name, which begin smaller the longer they are.
MEASURE = re.compile(r"(-?\d+(?:\.\d+)?)([uswn])\b")
#: Characters of a quotation, and how large it may then be; the last is for whatever is longer.
SIZES = ((60, 1.0), (110, 0.82), (170, 0.68), (260, 0.56), (420, 0.46), (100_000, 0.38))
OF_NAMES = ((36, 1.0), (70, 0.72), (100_000, 0.5))
#: How much smaller the words may be set, tried in this order until nothing lies over anything else (`fitting`), and what is never made smaller.
SCALES = (1.0, 0.92, 0.84, 0.77, 0.7, 0.64, 0.58, 0.53, 0.48, 0.44)
SMALLEST = 3.0
ENDLESS = 6
#: What a print should have at least on an inch, that a face does not look coarse from an arm's length.
POINTS_ON_AN_INCH = 120
#: What stands at the code, in each language: for whoever cannot see it, and above the address.
ON_THE_CODE = {
    "en-GB": ("A code to be photographed, for", "Read on:"),
    "cy": ("Cod i’w sganio, ar gyfer", "Darllenwch ymlaen:"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a poster says. `words` is the quotation, or the summary where there is none."""

    title: str
    words: str
    is_quoted: bool
    job: str
    employer: str
    whose: str
    accent: str
    on_accent: str
    summary: str = ""
    address: str
    code: str = field(repr=False)
    facts: tuple[tuple[str, str], ...] = ()
    picture: bytes = field(default=b"", repr=False)
    picture_kind: str = "image/jpeg"
    picture_words: str = ""
    credit: str = ""
    language: str = "en-GB"
    #: Which facts stay in English whatever the language, by their names.
    english_facts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Design:
    """A name, what it looks like in words, and its style sheet over the same page."""

    name: str
    words: str
    style: str
    #: Width and height of the picture, in millimetres on A4.
    picture: tuple[float, float]
    #: How near to the edge words may come, in millimetres on A4.
    edge: float


COMMON = """
@page { size: WIDTH SHEET; margin: 0; }
* { box-sizing: border-box; margin: 0; padding: 0; }
html { font-family: SANS; color: #1A1D21; }
body { width: WIDTH; height: HEIGHT; position: relative; overflow: hidden; background: #FBFAF7; }
.words, h1 { font-family: SERIF; font-weight: 600; letter-spacing: -0.01em; }
.words { line-height: 1.14; }
p, h1, li, blockquote { overflow-wrap: anywhere; }
.job { font-weight: 600; }
.picture img { display: block; width: 100%; height: 100%; object-fit: cover; }
.code img { display: block; width: 26u; height: 26u; background: #FFFFFF; padding: 1.5u; }
.code p { font-size: 3.1u; line-height: 1.35; }
.credit { font-size: 2.3u; color: #565C64; }
.facts { list-style: none; }
"""

BENCH = Design(
    "Bench",
    "The picture above, edge to edge; the words below it on paper, with a band in your colour.",
    """
.picture { position: absolute; left: 0; top: 0; width: 210u; height: 158u; }
.band { position: absolute; left: 0; top: 158u; width: 210u; height: 5u; background: ACCENT; }
.page { position: absolute; left: 16u; right: 16u; top: 174u; }
.words { font-size: 14w; margin-bottom: 7s; }
h1 { font-size: 8.4n; line-height: 1.15; }
.job { font-size: 4.6s; margin-top: 1u; font-weight: 400; color: #565C64; }
.facts { display: none; }
.foot { position: absolute; left: 16u; right: 16u; bottom: 13u; height: 26u; }
.code { position: absolute; right: 0; bottom: 0; width: 94u; height: 26u; }
.code img { position: absolute; right: 0; bottom: 0; }
.code p { position: absolute; right: 30u; bottom: 0; width: 66u; text-align: right; }
.whose { position: absolute; left: 0; bottom: 0; width: 80u; font-size: 4u; font-weight: 600; }
.credit { position: absolute; right: 3u; bottom: 140u; max-width: 150u; color: #FFFFFF; background: rgba(26, 29, 33, 0.72); padding: 0.4u 1.4u; }
.bare .band { top: 0; height: 14u; }
.bare .page { top: 44u; }
.bare .words { font-size: 26.6w; margin-bottom: 14s; }
.bare h1 { font-size: 11n; }
""",
    picture=(210, 158),
    edge=2.5,
)
VOICE = Design(
    "Voice",
    "The words as large as the paper allows, on your colour; the face in a circle beside the name.",
    """
body { background: ACCENT; color: ONACCENT; }
.page { position: absolute; left: 16u; right: 16u; top: 20u; bottom: 20u; }
.words { position: absolute; left: 0; right: 0; top: 6u; font-size: 24.5w; line-height: 1.08; padding-bottom: 5u; }
.who { position: absolute; left: 52u; right: 0; bottom: 50u; }
.bare .who { left: 0; bottom: 43u; }
.picture { position: absolute; left: 16u; bottom: 63u; width: 44u; height: 44u; }
.picture img { border-radius: 22u; border: 1.2u solid ONACCENT; }
h1 { font-size: 9n; line-height: 1.1; }
.job { font-size: 4.8s; margin-top: 1.5u; }
.facts { display: none; }
.foot { position: absolute; left: 0; right: 0; bottom: 0; border-top: 0.4u solid ONACCENT; height: 34u; }
.code { position: absolute; right: 0; bottom: 0; width: 110u; height: 26u; }
.code img { position: absolute; right: 0; bottom: 0; }
.code p { position: absolute; right: 30u; bottom: 0; width: 80u; text-align: right; }
.whose { position: absolute; left: 0; bottom: 0; width: 66u; font-size: 4u; font-weight: 600; }
.credit { margin-top: 2u; color: ONACCENT; }
""",
    picture=(44, 44),
    edge=16,
)
DRAWING = Design(
    "Drawing",
    "As a workshop’s drawing: a frame, hairlines, and a title block with the facts.",
    """
body { background: #FFFFFF; }
.frame { position: absolute; left: 9u; top: 9u; right: 9u; bottom: 9u; border: 0.7u solid #1A1D21; }
.frame::after { content: ""; position: absolute; left: 1.4u; top: 1.4u; right: 1.4u; bottom: 1.4u; border: 0.2u solid #1A1D21; }
.picture { position: absolute; left: 18u; top: 24u; width: 96u; height: 128u; border: 0.3u solid #1A1D21; }
.credit { position: absolute; left: 18u; top: 153u; width: 96u; }
.words { position: absolute; left: 122u; top: 24u; width: 70u; font-size: 12w; line-height: 1.18; border-top: 1.6u solid ACCENT; padding-top: 5u; }
.bare .words { left: 18u; width: 174u; font-size: 21w; }
.who { position: absolute; left: 18u; right: 18u; top: 166u; border-top: 0.3u solid #1A1D21; padding-top: 7u; }
.summary { font-size: 5.2s; line-height: 1.4; margin-top: 5s; width: 118u; }
h1 { font-size: 15n; line-height: 1.08; }
.job { font-size: 5.6s; margin-top: 2u; color: ACCENTDARK; }
.facts { position: absolute; left: 18u; bottom: 18u; width: 118u; border: 0.3u solid #1A1D21; border-bottom: 0; }
.facts li { padding: 1.4s 3u; border-bottom: 0.3u solid #1A1D21; font-size: 3.7s; }
.facts b { display: block; font-size: 2.6u; font-weight: 400; color: #565C64; }
.code { position: absolute; right: 18u; bottom: 18u; width: 50u; border: 0.3u solid #1A1D21; padding: 3u; }
.code img { width: 34u; height: 34u; margin: 0 auto 2u; padding: 0; }
.code p { text-align: center; font-size: 2.9u; overflow-wrap: anywhere; }
.whose { position: absolute; left: 18u; right: 18u; bottom: 275u; font-size: 3.4u; font-weight: 600; }
""",
    picture=(96, 128),
    edge=12,
)
DESIGNS = {"bench": BENCH, "voice": VOICE, "drawing": DRAWING}


def page_of(
    told: Told,
    design: str,
    paper: str,
    sans: Path | None,
    serif: Path | None,
    *,
    scale: float = 1.0,
    quoted: float = 1.0,
    is_endless: bool = False,
) -> str:
    """The poster as a web page of one sheet, its words `scale` times, its quotation `quoted` times as large as the design has them.

    What crosses the foot of a sheet is lost in setting; where `is_endless`, the paper goes on below it, so that one sees what would be.
    """
    width, height, larger = PAPERS[paper]
    named = {
        "ACCENTDARK": told.accent, "ONACCENT": told.on_accent, "ACCENT": told.accent,
        "SANS": '"poster-sans", "poster-sans-further", "DejaVu Sans", sans-serif',
        "SERIF": '"poster-serif", "poster-serif-further", "DejaVu Serif", serif',
        "WIDTH": f"{width}mm", "SHEET": f"{height * (ENDLESS if is_endless else 1)}mm", "HEIGHT": f"{height}mm",
    }  # fmt: skip
    style = COMMON + DESIGNS[design].style
    for name, value in named.items():
        style = style.replace(name, value)
    sizes = {"u": 1.0, "s": scale, "w": quoted * size_of(told.words), "n": scale * size_of(told.title, OF_NAMES)}
    style = MEASURE.sub(lambda found: f"{set_in(float(found[1]), sizes[found[2]]) * larger:.3f}mm", style)
    faces = faces_of("poster-sans", sans) + faces_of("poster-serif", serif)
    kind = "" if told.picture else ' class="bare"'
    return (
        f'<!doctype html><html lang="{told.language}"><head><meta charset="utf-8"><title>{escape(told.title)}</title>'
        f'<meta name="author" content="{escape(told.whose)}"><style>{faces}{style}</style></head><body{kind}>{body_of(told, design)}</body></html>'
    )


def set_in(measure: float, scale: float) -> float:
    """A measure made smaller, as far as one can still read it."""
    return max(measure * scale, min(measure, SMALLEST)) if scale < 1 else measure


def body_of(told: Told, design: str) -> str:
    """In the order in which it is read aloud: who it is, what they say, what they do, where to read on."""
    job = ", ".join(one for one in (told.job, told.employer) if one)
    words = f"“{told.words}”" if told.is_quoted else told.words
    tag = "blockquote" if told.is_quoted else "p"
    code, read_on = ON_THE_CODE[told.language]
    credit = f'<p class="credit">{escape(told.credit)}</p>' if told.credit and told.picture else ""
    parts = {
        "picture": f'<div class="picture"><img alt="{escape(told.picture_words)}" src="{data_of(told.picture, told.picture_kind)}"></div>' if told.picture else "",
        "credit": "" if design == "voice" else credit,
        "who": f'<div class="name"><h1>{escape(told.title)}</h1><p class="job">{escape(job)}</p>{credit if design == "voice" else ""}</div>',
        "words": f'<{tag} class="words">{escape(words)}</{tag}>',
        "summary": f'<p class="summary">{escape(told.summary)}</p>' if told.summary else "",
        "facts": facts_of(told) if design == "drawing" else "",
        "code": f'<div class="code"><img alt="{code} {escape(told.address)}" src="{told.code}"><p>{read_on}<br>{escape(plain(told.address))}</p></div>',
        "whose": f'<p class="whose">{escape(told.whose)}</p>',
    }  # fmt: skip
    if design == "drawing":
        return '<div class="frame"></div>{picture}{credit}<div class="who">{who}{summary}</div>{words}{facts}{code}{whose}'.format(
            **parts
        )
    if design == "voice":
        return '{picture}<div class="page">{words}<div class="who">{who}</div><div class="foot">{code}{whose}</div></div>'.format(
            **parts
        )
    return '{picture}{credit}<div class="band"></div><div class="page">{words}{who}</div><div class="foot">{code}{whose}</div>'.format(
        **parts
    )


def facts_of(told: Told) -> str:
    items = "".join(f"<li><b>{escape(name)}</b>{value_of(told, name, value)}</li>" for name, value in told.facts)
    return f'<ul class="facts">{items}</ul>' if items else ""


def value_of(told: Told, name: str, value: str) -> str:
    """A fact, said to be English where the poster is not."""
    return f'<span lang="en-GB">{escape(value)}</span>' if name in told.english_facts else escape(value)


def coarse_on(width: int, height: int) -> list[tuple[str, str]]:
    """The designs and papers on which a picture of so many points looks coarse: its edge is cut, so the tighter of its sides counts."""
    return [
        (design, paper)
        for design, one in DESIGNS.items()
        for paper, (_, _, larger) in PAPERS.items()
        if min(width / one.picture[0], height / one.picture[1]) / larger * 25.4 < POINTS_ON_AN_INCH
    ]


def plain(address: str) -> str:
    """An address as one reads it aloud."""
    return address.split("://", 1)[-1].rstrip("/")


def size_of(words: str, sizes: tuple[tuple[int, float], ...] = SIZES) -> float:
    return next(size for most, size in sizes if len(words) <= most)


def faces_of(name: str, path: Path | None) -> str:
    """A face, and its letters beyond those of English, such as the ŵ of Welsh."""
    further = path.with_name(path.name.replace("latin", "latin-ext")) if path else None
    return face(name, path) + face(f"{name}-further", further if further and further.exists() else None)


def face(name: str, path: Path | None) -> str:
    if path is None:
        return ""
    return f'@font-face {{ font-family: "{name}"; font-weight: 200 900; src: url("{data_of(path.read_bytes(), "font/woff2")}") format("woff2"); }}'


def data_of(content: bytes, kind: str) -> str:
    return f"data:{kind};base64,{b64encode(content).decode()}"
