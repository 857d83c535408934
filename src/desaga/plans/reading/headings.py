"""What a column's heading means, whatever its words: the vocabulary of action plans' table heads."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, cast, get_args

from .dates import find_dates
from .hints import hints_now
from .values import is_code
from .words import plain, starts_torn

Role = Literal[
    "code", "theme", "action", "how", "success", "timeframe", "start", "end", "owner", "support", "oversight",
    "status", "rag", "comments", "alignment", "update", "context", "resources", "bau",
]  # fmt: skip

ROLES: tuple[Role, ...] = get_args(Role)

_A = r"(?:key |planned |proposed |specific |agreed |smart |future |new |our |required |recommended |the |proposed new |summary of |description of )*"
#: In order: the first pattern that fits a heading gives its meaning. Texts are lower-case, without brackets.
_PATTERNS: tuple[tuple[Role, str], ...] = (
    ("code", r"^(?:action |item |objective |plan |activity |task |row )?(?:refs?|reference|no|nos|number|num|id|#|code|s/n|sn|index|item|item no)(?: no| number| code)?\.?$|^(?:action|activity|objective|task) ?(?:no|number|#|id|ref|point no)\.?$|^#$"),
    ("bau", r"b\w{1,4}n?ess as usual|\bbau\b"),
    ("rag", r"\brag\b|^traffic light|^(?:red|amber|green)[ /,]"),
    ("start", r"^(?:planned |target |estimated |action )?(?:start(?:s|ing|ed)?|kick-?off|commence\w*|begin\w*|from)(?: date| by| month| year| of action)?$"),
    ("end", r"^(?:planned |target |estimated |expected |action )?(?:end(?:s|ing)?|finish\w*|until|to)(?: date| by| month| year)?$"),
    ("support", r"^(?:supported by|support(?:ing)? (?:leads?|owners?|teams?|staff|roles?|departments?|from|functions?|people|partners?|officers?|group|responsib\w+)|other (?:people|staff|parties|contributors|stakeholders).*|contributors?|contributing.*|consulted|co-?leads?|partners?(?: involved)?|(?:key )?stakeholders?(?: involved)?|working with|with whom|collaborators?|deputy.*|who else.*|assisted by|delivery partners?|support)$"),
    ("oversight", r"^(?:oversight|overseen by|overseeing.*|governance(?: group| body| oversight)?|reports? to|reporting to|reporting group|(?:executive |project |senior )?sponsors?|monitored by|monitoring group|accountable(?: .*)?|accountability|(?:responsible|monitoring|lead) committee|committee)$"),
    ("owner", r"\bresponsib|\baccountab|\bowners?\b|\bownership\b|\bleads?\b(?! time)|\bled by\b|^leader\b|^by whom|^who\b|\bassigned\b|\baction by\b|^delivered by|^actioned by|^(?:lead |responsible |delivery )?(?:teams?|departments?|directorates?|personnel|post ?holders?|point person)$|^owned by|^delegated to|\barweinydd|\bperchennog|\bcyfrifol|^champions?$|\bkey contact|^person(?:\(?s\)?)?\b|^staff$|^contact$|\bactionee|^to be actioned by|^lead"),
    ("alignment", r"\balign|^links?$|\blinks? (?:to|with)|\blinked (?:to|with)|^pillars?\b|\bpillars?$|\bpledges?$|\btc (?:pillar|theme|area|commitment)|^(?:technician )?commitment(?: pillars?| themes?| areas?| key areas?)$|\bframework|^(?:talent|n8|charter|concordat|athena swan)\b|\brecommendations? (?:met|addressed|link)|\bcontributes? to\b|\bcross[- ]?ref|\bmapp(?:ed|ing)|\bstrategic (?:fit|link|objective|alignment|priority)|^(?:tc )?principles?\b|^values?$|^which (?:pillar|theme|area)|\bkey areas? addressed|^relates to|^supports? (?:pillar|theme|value)|^related (?:pillar|theme|principle)"),
    ("success", r"\bsuccess|\bimpacts?\b|\bmeasur|\bmetrics?\b|\bkpis?\b|\bkey performance|\bevidence\b|\bindicators?\b|\bintended (?:outcome|benefit)|^(?:expected |desired |planned |anticipated |key |target )?(?:outcomes?|outputs?|results?|benefits?|deliverables?|targets?)\b(?! (?:date|completion|year|quarter|finish|end)|$(?<=target date))|^what will (?:be different|change|it look|have changed)|^what (?:does|will|would) (?:success|good|it)|^how will (?:we|you|it|this|success) (?:know|be measured|be evidenced)|\bhow (?:we|you) will know|^(?:smart )?goals? and targets?$|\bevaluat|^milestones? and success|^aim(?:ed)? outcome"),
    ("how", r"^how\b|^delivery\b(?! (?:date|status|rag|partner|lead|team|by|confidence))|^support(?:ing)? (?:actions?|activit\w+|tasks?)|^implementation\b(?! date)|^approach|^methods?\b|^steps?\b(?! \d)|^sub-?(?:actions|tasks)|^(?:further |more )?details?\b|^description$|^tasks? (?:to|involved|required)|^actions? (?:required )?to (?:achieve|deliver|implement)|^activit(?:y|ies) to (?:achieve|deliver)|^means|^mechanism|^next steps?|^key (?:steps|tasks|milestones|activities)$|^what (?:needs|do we need) to|^process|^specific (?:steps|tasks)|^milestones?(?: and (?:steps|tasks))?$|^what (?:we|it) (?:will )?involves?|^delivered through|^in practice"),
    ("timeframe", r"\btime ?-?(?:frame|scale|line|table|ing|period)s?\b|^when\b|\bdeadline|\bdue\b|\btarget date|\bby when\b|\bcomplet(?:e|ion) (?:by|date|target)|\bdate (?:for|of|due|to)|^dates?$|\bdate$|^schedule|^duration|^period$|^(?:academic )?year(?:s|\(s\))?$|^phases?$|^target completion|^milestone dates?|^complete by|^review date|^terms?$|^quarter$|^(?:planned for|window|expected by|phasing|by|completion)$|\bdyddiad|\bamserlen"),
    ("status", r"^(?:current |delivery |overall |action |completion |implementation )?(?:status|state|progress|progress status|position|stage)(?: of action)?$|^complete(?:d)?\??$|^(?:%|percent(?:age)?) ?complete(?:d|ion)?$|^(?:on track|achieved|done)\??$|^progress rating|^where are we(?: now)?\??$|^are we there(?: yet)?\??$|^latest$|\bstatws"),
    ("comments", r"\bcomments?\b|\bnotes?\b|\bprogress\b|\bupdates?\b|\bremarks?|\bnarrative|\bcommentary|\bobservation|^(?:what|how) (?:has|have) (?:been|we|happened|changed)|^achiev|^actual|^review(?:ed)?\b|^(?:status|position) (?:at|as of|update)|^feedback|^outcome to date"),
    ("context", r"\brationale|^issues?\b|^background|^why\b|^current (?:position|practice|situation)|^baseline|^need\b|^gap|^challenge|^context|^reason|^problem|^findings?\b|^where are we|^evidence base|^purpose|^data\b|^what (?:we|you) said|^you said"),
    ("action", r"^" + _A + r"(?:actions?|activit(?:y|ies)|objectives?|steps?|initiatives?|tasks?|interventions?|commitments?|deliverables?|projects?|measures?|pledges?|recommendations?|work ?packages?|proposals?|undertakings?)(?:\b|/)(?! (?:lead|owner|status|ref|no\b|by\b))|^what\b|^we will\b|^(?:planned|future|proposed) work|^we did$|^goals?\b|^aims?\b|^our (?:promise|plan|response)|^to do|^(?:[\w-]+ ){1,3}actions?$|\bcam(?:au)? gweithredu|^we (?:commit|pledge|promise|undertake)\b"),
    ("theme", r"\bthemes?\b|\bareas?\b|\bstrands?\b|\bpriorit|\bcategor|\bwork ?streams?\b|^sections?$|^headings?$|^topics?$|^focus|^domain|^goals?$|^aims?$|^objectives?$|^strategic"),
    ("resources", r"\bresources?\b|\bcosts?\b|\bbudget|\bfunding|\binvestment|^£"),
)  # fmt: skip
_COMPILED = tuple((role, re.compile(pattern)) for role, pattern in _PATTERNS)
#: Headings that tell of another kind of table altogether.
_FOREIGN = re.compile(
    r"^(?:risks?\b.*|likelihood|probability|mitigat\w+.*|controls?|hazard|severity|consequence|risk (?:score|owner|rating)|attend(?:ance|ees?)|apologies|unit cost|price|"
    r"quantity|qty|total|amount|page|pages|telephone|phone|e-?mail|room|venue|score|mark|salary|grade|module|question|response|answer|agree|disagree|%|percentage|number of .*|headcount|fte|"
    r"catalogue.*|supplier|vacanc\w+|session|speaker|asset.*|location|serial.*|.*budget holder|.*£.*|line|service due|item|spend|spent|balance|committed|income|expenditure|monday|tuesday|wednesday|thursday|friday|membership|term of office|member|actual|authors?|lead author|week|assessment|journal|doi)$"
)
#: No heading is longer, even with instructions in brackets.
_LONGEST = 1000
_PLAN_TITLE = re.compile(
    r"\b(action|implementation|delivery|work|improvement|development|operational|strategic) ?plans?\b|\broad ?map\b|\bactions?\b",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Column:
    """One column's meaning; `period` is set for a column that holds one past period's account.

    `is_told`: somebody has said what it is, so that nothing of what it holds may make it something else.
    """

    role: Role | None
    heading: str
    period: str | None = None
    is_told: bool = False


def column_of(heading: str) -> Column:
    """What a heading means; role None where its words say nothing known. What people have said of it comes first."""
    told = hints_now().role_of(heading)
    if told is None:
        return _column_by_words(heading)
    text = plain(heading).strip(" :*.")
    period = (period_in(text) or text) if told == "update" else None
    return Column(cast(Role, told) if told else None, text, period, is_told=True)


@lru_cache(maxsize=4096)
def _column_by_words(heading: str) -> Column:
    text = plain(heading).strip(" :*.")
    if len(text) > _LONGEST:
        return Column(None, text)
    bare = re.sub(r"\s*[(\[].*?(?:[)\]]|$)", "", text).strip(" :*./-") or text.strip("()[] ")
    lowered = re.sub(r"\s*/\s*", "/", bare.casefold())
    period = period_in(text)
    if (
        period
        and len(text.split()) <= 8
        and re.search(r"\b(updates?|progress|rag|status|review|position|report|rating)\b", text, re.I)
    ):
        return Column("update", text, period)
    if period and len(text) <= len(period) + 4 and not re.match(r"\d{1,2}(?:st|nd|rd|th)? ", period):
        return Column("update", text, period)
    if len(lowered) > 220:
        return Column(None, text)
    if len(lowered) > 120 and not re.search(r"as usual", lowered):
        return Column(None, text)
    for role, pattern in _COMPILED:
        if pattern.search(lowered):
            return Column(role, text)
    for part in lowered.split("/")[1:]:
        for role, pattern in _COMPILED:
            if pattern.search(part.strip()):
                return Column(role, text)
    return Column(None, text)


def period_in(text: str) -> str | None:
    """The one period that a heading names ("Q1 2025 update", "RAG Jan 25"), as written."""
    flat = plain(text)
    dates, _ = find_dates(flat)
    if len(dates) == 1:
        return flat[dates[0].at : dates[0].to]
    match = re.search(
        r"\b(Q[1-4]|(?:year|yr|phase|round) ?\d)\b(?= (?:update|progress|rag|status|review))|^(Q[1-4]|(?:year|yr) \d)$",
        flat,
        re.I,
    )
    return match.group().strip() if match else None


def is_foreign(heading: str) -> bool:
    """Whether a heading belongs to a register, timetable, price list or the like."""
    text = re.sub(r"\s*\(.*?\)", "", plain(heading).casefold()).strip(" :*.")
    return bool(_FOREIGN.match(text))


def says_plan(title: str) -> bool:
    return bool(_PLAN_TITLE.search(title))


def looks_like_heads(texts: list[str], *, again: bool = False) -> list[Column] | None:
    """The columns, where a row of cells is a table head of an action plan (or part of one); None where not.

    `again`: the table has had its heads, so that another row must not hold a single cell of content.
    """
    cells = [plain(text) for text in texts]
    filled = [text for text in cells if text]
    if len(filled) < 2 or any(len(text) > _LONGEST for text in filled):
        return None
    torn = sum(starts_torn(text) for text in filled)
    if any(_is_numbered(text) and column_of(text).role != "update" for text in filled):
        return None
    periods = {text for text in filled if column_of(text).role == "update"}
    if len(periods) < 2:  # one date in a row is content; several are past quarters or years side by side
        periods = {
            text
            for text in periods
            if re.search(r"update|progress|rag|status|review|report|position|rating", text, re.I)
        }
    if torn and torn < len(filled) or any(_is_numbered(text) for text in filled if text not in periods):
        return None
    columns = [column_of(text) if text else Column(None, "") for text in cells]
    known = [column for column in columns if column.role or column.is_told]
    roles = {column.role for column in known if column.role}
    if len(roles) < 2 or len(known) < 0.5 * len(filled):
        return None
    content = sum(_reads_as_content(text) for text in filled if text not in periods)
    if content > len(filled) / 3 or again and (content or len(known) < 0.8 * len(filled)):
        return None
    return columns


def _is_numbered(text: str) -> bool:
    return is_code(text) and bool(re.search(r"\d", text))


def _reads_as_content(text: str) -> bool:
    """Sentences, dates and lists are content; heads are short, or questions, or instructions in brackets."""
    if text.endswith("?") or "?" in text and "(" in text:
        return False
    bare = re.sub(r"\(.*?\)", "", text).strip()
    if len(bare.split()) > 3 and bare.endswith(".") and not re.search(r"as usual", bare, re.I):
        return True
    if re.search(r"as usual|\bidentify\b", text, re.I):
        return False
    if len(bare.split()) > 9:
        return True
    if re.fullmatch(r"(?:R\d{1,2}|[\d.,/ -]+|ongoing|tb[cd]|red|amber|green|complete|completed|yes|no)", bare, re.I):
        return True
    dates, _ = find_dates(bare)
    return bool(dates) and not re.search(r"update|rag|status|progress|review|q[1-4]", bare, re.I) and len(bare) < 24
