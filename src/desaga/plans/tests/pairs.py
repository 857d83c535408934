"""Two plans of which we know what became what: invented actions, edited in known ways, to measure what is proposed.

`made_plans(seed)` gives the earlier plan, the later one, and which pairs are true. Most of the later actions were reworded by
hand-made rules, shortened, widened, split or joined; some of the earlier ended, some of the later are new, and all are of one
subject, so that the wrong ones are near.
"""

from __future__ import annotations

import random
from collections.abc import Sequence

from ..proposing.predecessors import Told

#: What is done; how; who; what it answers.
ACTIONS = (
    ("Photograph and introduce every facility team on the website", "Two teams a month, text by the teams", "CO", "Visibility"),
    ("Put technical staff on the programme of every seminar day", "The committee keeps one slot in four", "TF", "Visibility"),
    ("Bring equipment and the people who run it into one directory", "Facilities list what they have", "FM", "Visibility"),
    ("Open the workshops to visitors on two days a year", "Outreach plans the day with demonstrations", "CO", "Visibility"),
    ("Say in the annual report what technical work made possible", "Each facility writes 150 words", "DIR", "Visibility"),
    ("Adopt a fair attribution policy for publications and data", "Draft by the forum, agreed by the board", "SB", "Recognition"),
    ("Pay the fees of professional registration and hold workshops on it", "Two workshops a year", "HR", "Recognition"),
    ("Start an annual prize for technical innovation", "Judged by last year's winner", "TF", "Recognition"),
    ("Count technical contributions in promotion and pay progression", "Criteria reviewed with the unions", "HR", "Recognition"),
    ("Nominate colleagues for national awards each spring", "A small panel reads drafts", "TF", "Recognition"),
    ("Write a development plan with each technician", "One page, in the annual review", "HR", "Career Development"),
    ("Set aside ten development days a year for each colleague", "Recorded in the leave system", "HR", "Career Development"),
    ("Agree a secondment route with the neighbouring university", "Exchange letter, home salary continues", "DIR", "Career Development"),
    ("Let technical specialists lead on funding proposals", "Guidance on eligibility and costing", "RO", "Career Development"),
    ("Train supervisors in how to hold a career conversation", "Half-day course each term", "HR", "Career Development"),
    ("Pilot a mentoring scheme with 6 pairs", "Matched by the forum, six meetings", "TF", "Career Development"),
    ("Publish job families with descriptions at each grade", "Written with job holders", "HR", "Career Development"),
    ("Keep a succession plan for posts whose loss would stop a facility", "Looked at twice a year", "FM", "Sustainability"),
    ("Bring in four apprentices with the regional college", "Posts in machining and imaging", "WM", "Sustainability"),
    ("Cut the energy that laboratories use out of hours", "Switch-off list by room", "FM", "Sustainability"),
    ("Offer work experience to 10 pupils a year", "One week in the workshops each summer", "CO", "Sustainability"),
    ("List the skills that only one person has", "Facility by facility, in a short interview", "FM", "Sustainability"),
    ("Share large instruments with neighbours through a booking system", "Agree rates and training", "FM", "Sustainability"),
    ("Ask technical staff every year how this plan is going", "Ten questions, results within a month", "TF", "Evaluating Impact"),
    ("Collect the same workforce figures as partners", "Definitions agreed, counts rounded", "HR", "Evaluating Impact"),
    ("Give technicians two seats on the research committee", "Elected by the network for two years", "DIR", "Visibility"),
    ("Hold a yearly conference of the technical network", "Talks, posters and a tour", "TF", "Visibility"),
    ("Offer teaching fellowships to technicians who teach", "Support with the application", "ED", "Recognition"),
    ("Make induction for new technical staff the same everywhere", "Checklist and a buddy", "HR", "Career Development"),
    ("Run a safety and wellbeing day with the health service", "Stalls and short walks", "HR", "Sustainability"),
)  # fmt: skip
NEW = (
    ("Write a guide to the costing of technical time in grants", "With finance and two schools", "RO", "Sustainability"),
    ("Set up a fund for conference travel of technicians", "Two rounds a year", "TF", "Career Development"),
    ("Review the fairness of recruitment panels", "Anonymous shortlisting for a year", "HR", "Career Development"),
    ("Map pathways from technical to academic posts", "Six stories of people who moved", "HR", "Career Development"),
    ("Publish a newsletter of the technical network", "Four issues a year", "CO", "Visibility"),
    ("Make a loan pool for microscopes", "With the estates team", "FM", "Sustainability"),
    ("Let apprentices shadow researchers for a week", "In their second year", "WM", "Career Development"),
    ("Name technicians in the data of each publication", "A field in the repository", "SB", "Recognition"),
)  # fmt: skip
REWORDED = {
    "annual": "yearly", "yearly": "annual", "technical staff": "technicians", "technicians": "technical professionals", "colleague": "member of staff",
    "website": "site", "Pay": "Cover", "Offer": "Give", "Set aside": "Reserve", "Start": "Launch", "Pilot": "Trial", "Agree": "Settle",
    "Write": "Draw up", "Hold": "Organise", "Collect": "Gather", "Train": "Coach", "each": "every", "Open": "Show", "List": "Record",
    "introduce": "present", "Adopt": "Put in place", "Publish": "Bring out", "Share": "Make available", "Ask": "Survey", "apprentices": "apprenticeships",
}  # fmt: skip
WIDER = (
    "in all departments and at both sites",
    "and report on it to the steering group each term",
    "together with two partner institutions",
)


def made_plans(seed: int, *, keeps_owners: bool = True) -> tuple[list[Told], list[Told], set[tuple[int, int]]]:
    """The earlier plan, the later one (keys from 1,000), and the true pairs."""
    dice = random.Random(seed)  # nosec B311
    old = [_told(n, action) for n, action in enumerate(ACTIONS)]
    later: list[tuple[tuple[str, str, str, str], list[int]]] = [(action, []) for action in NEW]
    kept = dice.sample(range(len(ACTIONS)), len(ACTIONS))[len(ACTIONS) // 4 :]
    while kept:
        n = kept.pop()
        kind = dice.choice(("same", "reword", "reword", "numbers", "shorter", "wider", "split", "merge"))
        if kind == "merge" and kept:
            other = kept.pop()
            later.append((_merged(ACTIONS[n], ACTIONS[other]), [n, other]))
        else:
            later += [(action, [n]) for action in _edited(ACTIONS[n], kind, dice)]
    dice.shuffle(later)
    new = [_told(1000 + at, action, owner=keeps_owners and dice.random() < 0.7) for at, (action, _) in enumerate(later)]
    return old, new, {(n, 1000 + at) for at, (_, came) in enumerate(later) for n in came}


def _told(key: int, action: Sequence[str], *, owner: bool = True) -> Told:
    title, how, who, answers = action
    return Told(key, title, how, frozenset({who} if owner else ()), frozenset({answers}))


def _edited(action: tuple[str, str, str, str], kind: str, dice: random.Random) -> list[tuple[str, str, str, str]]:
    title, how, *rest = action
    if kind == "split":
        words = title.split()
        half = len(words) * 2 // 3
        return [
            (" ".join(words[:half]), how, *rest),
            (f"Go on to {how[:1].lower()}{how[1:]}", " ".join(words[-half:]), *rest),
        ]  # type: ignore[list-item]
    edits = {
        "reword": lambda: _reworded(title),
        "numbers": lambda: "".join("8" if letter.isdigit() else letter for letter in _reworded(title)),
        "shorter": lambda: " ".join(title.split()[: max(4, len(title.split()) // 2)]),
        "wider": lambda: f"{_reworded(title)} {dice.choice(WIDER)}",
    }
    return [(edits.get(kind, lambda: title)(), "" if kind != "same" and dice.random() < 0.5 else how, *rest)]  # type: ignore[list-item]


def _reworded(title: str) -> str:
    for one, other in REWORDED.items():
        if one in title:
            title = title.replace(one, other, 1)
    return title


def _merged(one: tuple[str, str, str, str], other: tuple[str, str, str, str]) -> tuple[str, str, str, str]:
    return (f"{_reworded(one[0])}, and {other[0][:1].lower()}{other[0][1:]}", "", one[2], one[3])


def measured(found: set[tuple[int, int]], true: set[tuple[int, int]]) -> tuple[float, float]:
    """Precision and recall."""
    hits = len(found & true)
    return hits / max(1, len(found)), hits / len(true)
