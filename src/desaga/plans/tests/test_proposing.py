"""Principles are proposed for what an action means, with words that stand in it; what people answered moves the next proposal."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desaga.frameworks.shipped import shipped_frameworks
from desaga.plans.proposing import ActionText, Asked, Example, FrameworkAsked, Suggestion, asked_of, propose, shipped
from desaga.plans.proposing.vocabularies import SURENESS, _phrases, _read, vocabulary_of, wordings_of
from desaga.plans.proposing.words import COMMONPLACE, stem, stems_of

TALENT = shipped("talent")
PILLARS = shipped("technician-commitment-2017")
FRAMEWORKS = ("talent", "n8", "themes", "technician-commitment-2017", "technician-commitment")

MEANT_BY_TALENT = [
    ("R1", "Draw up succession plans for every skill that one colleague alone has"),
    ("R1", "Appoint a strategic lead for technical skills who reports to the provost"),
    ("R2", "Offer secondments between technical and academic posts, and to industry"),
    ("R3", "Return technical staff data to HESA and publish a workforce dashboard"),
    ("R4", "Offer positive action for women in technical teams; include technicians in Athena Swan"),
    ("R5", "Write guidance for costing technicians into grant applications"),
    ("R6", "Let pupils of local schools try instruments at the science festival"),
    ("R7", "Take on four apprentices a year, paid from the levy"),
    ("R7", "Host T Level students in the workshops"),
    ("R8", "Put a senior technician on every interview panel when technical posts are filled"),
    ("R9", "Publish job families with progression routes up to grade 9"),
    ("R10", "Keep 10 days a year, pro rata, free for each technician's professional development"),
    ("R10", "Pay for professional registration with the Science Council"),
    ("R11", "Credit technicians by name in papers, using CRediT contributor roles"),
    ("R11", "Write an attribution guide for research outputs"),
    ("R12", "Give technicians a seat on Senate and on every faculty committee"),
    ("R13", "Form a regional partnership with further education colleges for joint training"),
    ("R14", "Send a technician to government roundtables and answer policy consultations"),
    ("R15", "Encourage technicians to take advantage of what is open to them; increase uptake"),
    ("R16", "Second a manager to UK ITSS, the national institute"),
]
MEANT_BY_PILLARS = [
    ({"Visibility"}, "Show each technician with a photograph on the website, and tell their stories in the newsletter"),
    ({"Recognition"}, "Nominate colleagues for the Papin Prizes, and thank the winners"),
    ({"Career Development"}, "Start a mentoring scheme, and training courses for those who seek promotion"),
    ({"Sustainability"}, "Make a succession plan for each skills gap before people retire"),
]
MEANT_BY_N8 = [
    ("N8-1", "An equality, diversity and inclusion plan for technical teams"),
    ("N8-2", "Name technicians as co-investigators and as authors"),
    ("N8-3", "Open days and a technicians' showcase for the public"),
    ("N8-4", "Collect workforce data for HESA"),
    ("N8-5", "Scan the horizon for future skills and plan succession"),
    ("N8-6", "Invest in apprenticeships and trainee posts"),
    ("N8-7", "Describe career pathways and promotion criteria"),
    ("N8-8", "Technical representatives on each school committee"),
    ("N8-9", "Work in partnership with external organisations of the region"),
    ("N8-10", "Take part in sector policy consultations"),
]
MEANT_BY_THEMES = [
    (1, "Two internships and a placement year for students"),
    (2, "Rewrite role profiles and job descriptions into job families"),
    (3, "Make career pathways and routes to promotion clear"),
    (4, "Analyse workforce data in a dashboard"),
    (5, "Reach equality, diversity and inclusion targets, and look at the gender pay gap"),
    (6, "Save energy and plastics in our labs; measure the carbon footprint"),
    (7, "A register of shared equipment with a booking system"),
    (8, "A partnership with other universities and external organisations"),
    (9, "A ring-fenced budget and bursaries for technicians"),
    (10, "Mentoring pairs with a coach"),
    (11, "Evaluate the action plan and write the self-assessment for stage 2"),
    (12, "A conference with posters and networking"),
    (13, "Newsletter, social media and staff profiles on the website"),
    (14, "Succession planning for services with a single point of failure"),
    (15, "Support colleagues towards RSciTech and chartered status"),
    (16, "Co-authorship of technicians on journal articles"),
    (17, "A technician of the year award with a ceremony"),
    (18, "Train recruiting managers and give new starters an induction"),
    (19, "Seats on committees and boards of governance"),
    (20, "Show technical work in the REF environment statement"),
    (21, "Let technicians be co-investigators on grant applications"),
    (22, "Advance HE fellowships for technicians who teach"),
    (23, "A leadership programme for technical managers"),
    (24, "Focus groups so that the technician voice is heard"),
    (25, "Short courses and specialist training"),
    (26, "Mental health first aid and wellbeing"),
]


def first(text: str, framework: FrameworkAsked) -> str:
    return propose([text], framework)[0][0].code


@pytest.mark.parametrize(("code", "text"), MEANT_BY_TALENT)
def test_talent_recommendation_that_is_meant_comes_first(code: str, text: str) -> None:
    assert first(text, TALENT) == code


@pytest.mark.parametrize(("codes", "text"), MEANT_BY_PILLARS)
def test_pillar_that_is_meant_comes_first(codes: set[str], text: str) -> None:
    assert {first(text, PILLARS)} == codes


@pytest.mark.parametrize(("code", "text"), MEANT_BY_N8)
def test_pledge_that_is_meant_comes_first(code: str, text: str) -> None:
    assert first(text, shipped("n8")) == code


@pytest.mark.parametrize(("number", "text"), MEANT_BY_THEMES)
def test_theme_that_is_meant_comes_first(number: int, text: str) -> None:
    assert first(text, shipped("themes")) == f"Theme {number}"


@pytest.mark.parametrize(
    ("text", "not_meant"),
    [
        ("Improve the working environment of the workshop", "Theme 6"),
        ("Head of School of Chemistry signs the form", "Theme 1"),
        ("Publish this plan on the web", "Theme 16"),
    ],
)
def test_words_that_say_something_else_do_not_speak(text: str, not_meant: str) -> None:
    assert not_meant not in [one.code for one in propose([text], shipped("themes"))[0]]


@pytest.mark.parametrize("text", ["", "   \n", "and the of", "2027"])
def test_text_without_words_gives_nothing(text: str) -> None:
    assert propose([text], TALENT) == [[]]


def test_pillars_below_the_threshold_are_not_proposed() -> None:
    text = "Plan the annual report"

    assert propose([text], replace(PILLARS, threshold=0.0))[0] != []
    assert propose([text], PILLARS) == [[]]


def test_a_pillar_that_guidance_added_is_proposed_where_it_is_asked_for() -> None:
    text = "Evaluate the action plan and write the self-assessment"

    assert first(text, shipped("technician-commitment")) == "Evaluating Impact"
    assert "Evaluating Impact" not in [one.code for one in propose([text], PILLARS)[0]]


WORDS = st.sampled_from(
    "apprentices mentoring committee grant CRediT data survey the of and, schools policy. registration\n training awards – R10 "
    "N8-3 (Visibility) succession planning Ausbildung T Level 10 days equality co-author visits network café".split(" ")
)
TEXTS = st.lists(WORDS, max_size=25).map(" ".join) | st.text(max_size=80)


@settings(max_examples=60, deadline=None)
@given(title=TEXTS, how=TEXTS, success=TEXTS, key=st.sampled_from(FRAMEWORKS), known=st.lists(TEXTS, max_size=3))
def test_suggestions_are_sorted_scored_and_explained_by_words_that_stand_there(
    title: str, how: str, success: str, key: str, known: list[str]
) -> None:
    framework = shipped(key)
    examples = [Example(text, framework.principles[at].code, at % 2 == 0) for at, text in enumerate(known)]

    found = propose([ActionText(title, how, success)], framework, examples)[0]

    scores = [one.score for one in found]
    assert scores == sorted(scores, reverse=True)
    assert all(max(framework.threshold, 0) <= score <= 1 and score > 0 for score in scores)
    assert len({one.code for one in found}) == len(found)
    for one in found:
        assert one.because
        assert all(any(word in part for part in (title, how, success)) for word in one.because)


@settings(max_examples=25, deadline=None)
@given(text=TEXTS, seed=st.integers(0, 1000))
def test_order_of_principles_and_of_examples_means_nothing(text: str, seed: int) -> None:
    chance = random.Random(seed)
    examples = [
        Example(f"{known} {code}", code, accepted) for code, known in MEANT_BY_TALENT[:6] for accepted in (True, False)
    ] + [Example(text, "R3"), Example(text, "R9", False)]
    principles, others = list(TALENT.principles), list(examples)
    chance.shuffle(principles)
    chance.shuffle(others)

    assert propose([text], replace(TALENT, principles=tuple(principles)), others) == propose([text], TALENT, examples)


def test_an_action_is_answered_the_same_whatever_stands_beside_it() -> None:
    texts = [text for _, text in MEANT_BY_TALENT]

    assert propose(texts, TALENT) == [propose([text], TALENT)[0] for text in texts]


AWARDS = "Nominate teams for the staff awards, and hold a ceremony for the winners"
MORE_AWARDS = "Ask every team to nominate somebody for the awards; publish the winners"


def rank(code: str, found: list[Suggestion]) -> int:
    codes = [one.code for one in found]
    return codes.index(code) if code in codes else len(TALENT.principles)


def test_an_accepted_principle_comes_higher_for_a_like_action() -> None:
    before = propose([MORE_AWARDS], TALENT)[0]
    after = propose([MORE_AWARDS], TALENT, [Example(AWARDS, "R4")])[0]

    assert rank("R4", before) > rank("R4", after)
    accepted = next(one for one in after if one.code == "R4")
    assert {"awards", "nominate", "winners"} & {word.casefold() for word in accepted.because}


def test_an_accepted_principle_comes_first_for_the_same_words() -> None:
    assert rank("R4", propose([AWARDS], TALENT, [Example(AWARDS, "R4")])[0]) == 0


def test_a_refused_principle_comes_lower_for_a_like_action_and_the_others_stay() -> None:
    before = propose([MORE_AWARDS], TALENT)[0]
    after = propose([MORE_AWARDS], TALENT, [Example(AWARDS, "R11", accepted=False)])[0]
    scores_before, scores_after = ({one.code: one.score for one in found} for found in (before, after))

    assert before[0].code == "R11"
    assert scores_after["R11"] < scores_before["R11"]
    assert [one.code for one in before if one.code != "R11"] == [one.code for one in after if one.code != "R11"]


def test_a_refused_principle_is_last_or_gone_for_the_same_words() -> None:
    text = f"{AWARDS}; count registration in promotion"
    after = propose([text], TALENT, [Example(text, "R11", accepted=False)])[0]

    assert rank("R11", propose([text], TALENT)[0]) == 0
    assert rank("R11", after) > 1


def test_one_answer_leaves_alone_what_it_says_nothing_of() -> None:
    text = "Show technicians on the website"
    answer = Example("Make a succession plan for each skills gap", "Recognition", accepted=False)

    assert propose([text], PILLARS, [answer]) == propose([text], PILLARS)


def test_who_accepts_what_was_refused_has_the_last_word() -> None:
    refused = Example(AWARDS, "R4", accepted=False)

    assert propose([AWARDS], TALENT, [refused, Example(AWARDS, "R4")]) == propose(
        [AWARDS], TALENT, [Example(AWARDS, "R4")]
    )


def test_examples_of_unlike_actions_hardly_move_anything() -> None:
    text = "Take on four apprentices a year"
    before, after = propose([text], TALENT)[0], propose([text], TALENT, [Example(AWARDS, "R4")])[0]

    assert [one.code for one in before] == [one.code for one in after]


def test_an_own_framework_is_proposed_by_its_wording_alone() -> None:
    values = FrameworkAsked(
        "Values",
        (
            Asked("Care", "We look after each other", "Kindness at work, and help for whoever struggles."),
            Asked("Craft", "We make things well", "Skill with tools, patience, and precise instruments."),
        ),
    )

    found = propose(["Buy precise instruments and teach the tools that go with them"], values)[0]

    assert [one.code for one in found] == ["Craft"]
    assert set(found[0].because) == {"precise", "instruments", "tools"}


def test_words_are_given_as_they_stand_across_a_line_break() -> None:
    found = propose(["Pay for professional\nregistration"], TALENT)[0]

    assert found[0].code == "R10"
    assert {"professional", "registration"} <= set(found[0].because)


@pytest.mark.parametrize("key", FRAMEWORKS)
def test_every_principle_has_words_of_its_own(key: str) -> None:
    framework = shipped(key)
    told = _read(framework.vocabulary) or {}

    assert {one.code for one in framework.principles} <= set(told)
    assert vocabulary_of(framework.vocabulary)


def test_vocabularies_name_topics_that_are_there_and_phrases_that_say_something() -> None:
    topics = _read("topics") or {}
    files = [_read(name) or {} for name in ("talent", "n8", "technician-commitment", "themes")]

    named = {topic for file in files for said in file.values() for topic in said.get("topics", {})}
    assert named == set(topics)
    for said in [*topics.values(), *(said for file in files for said in file.values())]:
        assert set(said) <= {*SURENESS, "not", "topics", "wording"}
        for sureness in SURENESS:
            for phrase in _phrases(said.get(sureness, "")):
                stems = stems_of(phrase)
                assert stems, phrase
                if len(phrase.split()) > 1 and sureness != "hint":
                    assert len(stems) > 1 or stems[0] not in COMMONPLACE, phrase


@pytest.mark.parametrize(("key", "number"), [("talent", 16), ("n8", 10)])
def test_of_a_published_text_only_its_words_are_shipped_and_they_are_heard(key: str, number: int) -> None:
    """By the alphabet, each once: no sentence of it; and a word that stands in no title speaks all the same, by itself."""
    wordings = wordings_of(key)
    assert set(wordings) == {one.code for one in shipped(key).principles}
    assert len(wordings) == number
    for listed in wordings.values():
        words = listed.split()
        assert words == sorted(words, key=str.casefold)
        assert len(words) == len(set(words))
    title_alone = FrameworkAsked("F", (Asked("R8", "Technical expertise throughout recruitment"),))
    with_words = FrameworkAsked(
        "F", (Asked("R8", "Technical expertise throughout recruitment", wordings_of("talent")["R8"]),)
    )
    said = "Compile adverts with the workshop"
    assert propose([said], title_alone) == [[]]
    (found,) = propose([said], with_words)
    assert [(one.code, set(one.because)) for one in found] == [("R8", {"Compile", "adverts"})]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("apprentices", "apprenticeship"),
        ("standardise", "standardization"),
        ("planning", "plans"),
        ("nominate", "nominations"),
        ("recognised", "recognition"),
        ("policies", "policy"),
    ],
)
def test_forms_of_a_word_share_a_stem(one: str, other: str) -> None:
    assert stem(one) == stem(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("succession", "success"),
        ("intern", "internal"),
        ("government", "governance"),
        ("trainee", "training"),
        ("new", "news"),
    ],
)
def test_words_that_only_look_alike_do_not(one: str, other: str) -> None:
    assert stem(one) != stem(other)


def test_every_shipped_framework_that_actions_answer_can_be_asked_for() -> None:
    assert {asked_of(framework).name for framework in shipped_frameworks()} >= {"TALENT", "N8", "Sector themes"}
