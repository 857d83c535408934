"""Whether words say something to be done: the verbs that action plans begin their sentences with."""

from __future__ import annotations

import re

from .words import plain

_VERBS = frozenset(
    "accredit achieve act add address adopt advertise agree align allocate analyse appoint appraise approve arrange ask assess assign attend audit award "
    "backfill become begin benchmark bring broaden broker build capture carry celebrate champion circulate clarify collaborate collate collect commission "
    "commit communicate complete conduct confirm connect consider consolidate consult continue contribute convene coordinate co-ordinate cover create "
    "deliver demonstrate deploy design determine develop devise disseminate distribute document draft draw educate embed employ enable encourage engage "
    "enhance ensure establish evaluate examine expand explore extend facilitate feature film finalise find form formalise formulate foster fund further "
    "gain gather give grow have help highlight hire hold host identify implement improve include increase influence inform initiate install integrate "
    "introduce invest investigate invite join keep launch lead learn let liaise link list lobby maintain make manage map mark market measure meet mentor "
    "monitor move name negotiate nominate observe obtain offer open organise outline participate partner pay photograph pilot place plan prepare present "
    "print prioritise produce profile progress promote propose protect provide publicise publish put raise recognise record recruit redesign reduce refresh "
    "register reinstate relaunch remove renew report represent request rescope research review reward rewrite ring-fence roll run scope secure seek send "
    "set setup share show showcase sign signpost simplify standardise start strengthen streamline submit support survey sustain take target teach test "
    "thank track train trial understand undertake update upskill use utilise visit welcome widen work write advise replace".split()
)
_OPENING = re.compile(
    r"^(?:[A-Z][\w &]{2,30}:\s+|(?:to|we will|we'll|will|continue to|further|actively|proactively|regularly|fully|also)\s+)+",
    re.I,
)
#: "By December 2024 we will …", "HR will …", "The University will …", "We aim to …".
_PROMISE = re.compile(
    r"(?:(?i:by|in|during|from|before|over|within|after|through|each|every)\b[^.;:]{2,50}?,?\s)?"
    r"(?:(?i:we|the (?:university|college|institute|institution|trust|department|school|faculty)) (?:also )?(?:will|shall|commit to|plan to|aim to)"
    r"|[A-Z][\w&'-]{0,20}(?: (?:[A-Z&][\w&'-]{0,20}|of|and|for)){0,5} will)\b"
)


def says_to_do(text: str) -> bool:
    """Whether the words are an imperative ("Publish …", "To publish …", "Publishing …") or a promise ("We will …")."""
    flat = plain(text)
    if is_promise(flat):
        return True
    words = _OPENING.sub("", flat).split()
    return bool(words) and is_verb(words[0])


def is_promise(text: str) -> bool:
    """Whether a sentence says who will do something: "By 2025 we will …", "HR will …"."""
    return bool(_PROMISE.match(plain(text)))


def is_verb(word: str) -> bool:
    """Whether the word is a verb of action plans, as an imperative or a gerund."""
    first = word.casefold().strip(",.:;")
    stem = first.removesuffix("ing")
    gerund = stem != first and bool({stem, stem + "e", stem[:-1] if stem[-2:-1] == stem[-1:] else stem} & _VERBS)
    return first in _VERBS or gerund or re.sub(r"^re-?", "", first) in _VERBS
