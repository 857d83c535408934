"""Words of an action as they stand there, and the stems by which other forms of a word are found. British and American spelling."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

#: Words that only hold a sentence together.
FUNCTION_WORDS = frozenset(
    "a about after all also am an and any are as at be been being both but by can could do does each either etc for from had has "
    "have her his how i if in is it its may might more most must no nor not of on onto or our ours own shall she should "
    "so some such than that the their them themselves then there these they this those through to too until upon us via "
    "was we were what when where whether which while who whom whose why will with within without would you your e g ie eg s".split()
)
#: Words that nearly every action of nearly every plan uses.
COMMONPLACE = frozenset(
    "technician technic staff univers institut organis commit action plan ensur provid continu develop development support includ work "
    "across use through colleagu rtp profession role new team area relev appropriat encourag creat deliv implement year "
    "establish increas improv make offer set ongo opportun servic facult depart group "
    "one two thre four five six seven eight nine ten ever another".split()
)
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_SENTENCE_END = re.compile(r"[.!?;:•\n]")
#: Forms whose ending says something else than it does in other words, or whose other forms differ in their stem.
_IRREGULAR = {
    "placement": "placement",
    "succession": "succession",
    "secondment": "secondment",
    "meeting": "meeting",
    "continuity": "continuity",
    "progression": "progression",
    "inclusion": "inclusion",
    "boarding": "boarding",
    "development": "development",
    "internal": "internal",
    "international": "international",
    "registration": "register",
    "registrant": "registrant",
    "recognition": "recogn",
    "publication": "publication",
    "visibility": "visibl",
    "flexibility": "flexibl",
    "eligibility": "eligibl",
    "accessibility": "accessibl",
    "sustainability": "sustain",
    "sustainable": "sustain",
    "analysis": "analys",
    "analytics": "analys",
    "women": "woman",
    "children": "child",
    "people": "person",
    "men": "man",
    "trainee": "trainee",
    "traineeship": "trainee",
    "governance": "governance",
    "government": "government",
    "mental": "mental",
    "mentee": "mentee",
    "story": "story",
    "party": "party",
    "news": "news",
    "journey": "journey",
    "directory": "directory",
    "personal": "personal",
    "publicise": "publicise",
    "practice": "practice",
    "schools": "schools",
    "promotion": "promotion",
    "membership": "membership",
}
_ENDINGS = tuple(
    "ations ation ative ating ated ate isations isation ising ised ise ively iveness ivity ives ive ements ement ments ment ships "
    "ship ities ity ings ing ions ion ances ance ences ence ally al ly ed able ible e y".split()
)
_LONGEST_FIRST = tuple(sorted(_ENDINGS, key=len, reverse=True))
SHORTEST_STEM = 4


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text: where it stands, its stem, and the number of its sentence."""

    start: int
    end: int
    stem: str
    sentence: int
    is_function: bool


@lru_cache(maxsize=65_536)
def stem(word: str) -> str:
    """What a word shares with its other forms ("apprentices" and "apprenticeship", "standardise" and "standardization")."""
    word = word.casefold().replace("’", "'").split("'")[0]
    word = re.sub(r"(?<=\w\w)iz(?=e|a|i)", "is", word)
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    word = _singular(word)
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    for ending in _LONGEST_FIRST:
        rest = word[: -len(ending)]
        if (
            word.endswith(ending)
            and len(rest) >= SHORTEST_STEM - (ending in ("ing", "ed"))
            and re.search("[aeiouy]", rest)
        ):
            return _tidy(rest)
    return word


def _singular(word: str) -> str:
    if len(word) < 4 or word.endswith(("ss", "us", "is")) or not word.endswith("s"):
        return word
    if word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-2] if re.search(r"(?:x|ch|sh|ss)es$", word) else word[:-1]


def _tidy(rest: str) -> str:
    """Without a doubled last consonant ("plann") and a silent e."""
    if len(rest) > 3 and rest[-1] == rest[-2] and rest[-1] not in "aeiouls":
        return rest[:-1]
    return rest[:-1] if rest.endswith("e") and len(rest) > SHORTEST_STEM else rest


def words_of(text: str) -> list[Word]:
    """Every word of a text, in order."""
    return list(_words(text))


def _words(text: str) -> Iterator[Word]:
    sentence, at = 0, 0
    for found in _WORD.finditer(text):
        if _SENTENCE_END.search(text, at, found.start()):
            sentence += 1
        at = found.end()
        word = found.group()
        yield Word(found.start(), at, stem(word), sentence, word.casefold() in FUNCTION_WORDS)


def stems_of(text: str) -> tuple[str, ...]:
    """The stems of a phrase, without the words that only hold it together."""
    return tuple(word.stem for word in words_of(text) if not word.is_function)
