"""A workforce that does not exist, year by year: people come, are promoted, change their hours, number or name, leave, and come back."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from random import Random

#: Made up of syllables, so that no list of real people's names is needed.
FIRST = (
    "Al",
    "Be",
    "Ca",
    "Do",
    "El",
    "Fa",
    "Gi",
    "Ha",
    "In",
    "Jo",
    "Ka",
    "Li",
    "Mo",
    "Na",
    "Or",
    "Pe",
    "Ro",
    "Sa",
    "Te",
    "Vi",
)
SECOND = ("ra", "ni", "len", "mir", "dan", "vi", "ris", "na", "ton", "lia", "ven", "sha", "bert", "wen", "mund", "ko")
HOUSE = ("Ash", "Birch", "Corn", "Dun", "Elm", "Fern", "Glen", "Heath", "Iron", "Kirk", "Lark", "Marsh", "North", "Oak", "Pike", "Quarry", "Rook", "Stone",
         "Thorn", "Wick", "Yew")  # fmt: skip
PLACE = (
    "by",
    "croft",
    "den",
    "field",
    "ford",
    "gate",
    "ham",
    "ley",
    "mere",
    "over",
    "ridge",
    "stead",
    "ton",
    "well",
    "wood",
    "worth",
)
UNITS = ("Workshops", "Imaging Facility", "Vacuum and Cryogenics Facility", "School of Biosciences", "School of Chemistry",
         "School of Engineering", "School of Arts", "Library", "Estates", "Registry", "Human Resources", "IT Services")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Post:
    """A kind of post. `weight` is how many of a hundred hold one; `grades` from the usual first to the usual last."""

    title: str
    family: str
    soc: str
    grades: tuple[int, ...]
    weight: int
    is_technical: bool = False
    units: tuple[str, ...] = UNITS


LABS = UNITS[:7]
POSTS = (
    Post("Laboratory Technician", "Technical", "3111", (3, 4, 5, 6), 8, True, LABS),
    Post("Senior Technician", "Technical", "3111", (5, 6, 7), 5, True, LABS),
    Post("Workshop Technician", "Technical", "3113", (3, 4, 5, 6), 5, True, (UNITS[0], UNITS[5])),
    Post("Electronics Technician", "Technical", "3112", (4, 5, 6), 3, True, (UNITS[0], UNITS[5])),
    Post("Technical Services Manager", "Technical", "3119", (7, 8), 1, True, LABS),
    Post("Imaging Specialist", "Technical", "3119", (6, 7), 2, True, (UNITS[1], UNITS[3])),
    Post("IT Support Technician", "Technical", "3132", (4, 5, 6), 4, True, (UNITS[11],)),
    Post("Audio Visual Technician", "Technical", "3417", (3, 4, 5), 2, True, (UNITS[6], UNITS[11])),
    Post("Experimental Officer", "Research support", "2162", (6, 7), 3, True, LABS),
    Post("Research Software Engineer", "Research support", "2134", (6, 7, 8), 2, False, LABS),
    Post("Research Associate", "Academic", "2119", (6, 7), 17, False, LABS),
    Post("Lecturer", "Academic", "2311", (7, 8, 9), 22, False, LABS),
    Post("Administrator", "Professional services", "4159", (3, 4, 5, 6), 16),
    Post("Librarian", "Professional services", "2451", (5, 6, 7), 3, False, (UNITS[7],)),
    Post("Estates Operative", "Operations", "9223", (1, 2, 3), 7, False, (UNITS[8],)),
)
ACADEMIC = {"Research Associate": "2", "Lecturer": "3"}
SEXES = (("10", 50), ("11", 48), ("12", 1), ("96", 1))
ETHNICITIES = (
    ("160", 70),
    ("179", 8),
    ("103", 4),
    ("104", 3),
    ("120", 3),
    ("121", 2),
    ("101", 3),
    ("140", 2),
    ("180", 1),
    ("998", 4),
)
DISABILITIES = (("95", 86), ("51", 4), ("54", 3), ("55", 3), ("56", 1), ("57", 1), ("98", 2))


@dataclass(slots=True)
class Job:
    """One contract."""

    number: str
    post: Post
    unit: str
    grade: int
    fte: float
    starts_on: date
    grade_since: date
    ends_on: date | None = None
    is_fixed: bool = False
    reason: str = ""


@dataclass(slots=True)
class Human:
    """One person who does not exist."""

    number: str
    first: str
    last: str
    born: date
    joined_on: date
    sex: str
    ethnicity: str
    disability: str
    jobs: list[Job] = field(default_factory=list)
    left_on: date | None = None


def weighted(random: Random, pairs: tuple[tuple[str, int], ...]) -> str:
    return random.choices([value for value, _ in pairs], [weight for _, weight in pairs])[0]


def somewhen(random: Random, first: date, last: date) -> date:
    return first + timedelta(days=random.randrange(max(1, (last - first).days)))


class Institution:
    """An institution over the years. The same seed makes the same people."""

    def __init__(self, seed: int, people: int, first_day: date) -> None:
        self.random, self.day = Random(seed), first_day
        self.next_number = 100_000
        self.humans: list[Human] = []
        self.gone: list[Human] = []
        for _ in range(people):
            self.humans.append(self.newcomer(first_day, was_here=True))

    def newcomer(self, day: date, *, was_here: bool = False) -> Human:
        random = self.random
        post = random.choices(POSTS, [post.weight for post in POSTS])[0]
        born = somewhen(random, day.replace(year=day.year - 64, day=1), day.replace(year=day.year - 21, day=1))
        oldest = max(date(born.year + 20, 1, 1), day.replace(year=day.year - 30, day=1))
        joined = somewhen(random, oldest, day) if was_here else somewhen(random, day - timedelta(days=360), day)
        human = Human(
            number=self.number(),
            first=random.choice(FIRST) + random.choice(SECOND),
            last=random.choice(HOUSE) + random.choice(PLACE),
            born=born,
            joined_on=joined,
            sex=weighted(random, SEXES),
            ethnicity=weighted(random, ETHNICITIES),
            disability=weighted(random, DISABILITIES),
        )
        human.jobs.append(self.job(human, post, joined, day))
        if human.jobs[0].fte <= 0.5 and random.random() < 0.25:
            human.jobs.append(self.job(human, random.choice(POSTS), joined, day, most=0.5))
        return human

    def number(self) -> str:
        self.next_number += 1
        return f"{self.next_number:07}"

    def job(self, human: Human, post: Post, starts: date, day: date, *, most: float = 1.0) -> Job:
        random = self.random
        part = random.random() < 0.3 or most < 1
        fte = min(most, random.choice((0.2, 0.4, 0.5, 0.6, 0.8))) if part else 1.0
        fixed = random.random() < (0.6 if post.title == "Research Associate" else 0.12)
        since = somewhen(random, starts, day)
        end = day + timedelta(days=random.randrange(30, 900)) if fixed else None
        return Job(
            self.number(),
            post,
            random.choice(post.units),
            random.choice(post.grades[:2]),
            fte,
            starts,
            since,
            end,
            fixed,
        )

    def next_year(self) -> None:
        """A year passes: one in eight leaves, one in eleven moves up, some change hours, name or number, a few come back."""
        self.day = self.day.replace(year=self.day.year + 1)
        random = self.random
        self.gone = [human for human in self.gone if random.random() < 0.5]
        self.humans = [human for human in self.humans if not human.left_on]
        size = len(self.humans)
        for human in self.humans:
            self._year_of(human)
        leavers = [human for human in self.humans if human.left_on]
        # It grows by a hundredth.
        for _ in range(len(leavers) + size // 100):
            returns = bool(self.gone) and random.random() < 0.04
            self.humans.append(self.back(self.gone.pop()) if returns else self.newcomer(self.day))
        self.gone += leavers

    def _year_of(self, human: Human) -> None:
        random, day = self.random, self.day
        age = day.year - human.born.year
        job = human.jobs[0]
        if random.random() < (0.5 if age >= 66 else 0.11):
            self.leave(human, age)
        elif random.random() < 0.09 and job.grade < job.post.grades[-1]:
            job.grade, job.grade_since = job.grade + 1, somewhen(random, day - timedelta(days=360), day)
        elif random.random() < 0.05:
            job.fte = random.choice((0.6, 0.8, 1.0))
        elif random.random() < 0.01:
            human.last = random.choice(HOUSE) + random.choice(PLACE)
        elif random.random() < 0.006:
            human.number = self.number()
        elif random.random() < 0.02 and job.post.is_technical:
            human.jobs[0] = replace(
                job, post=random.choice(POSTS[-6:]), number=self.number(), starts_on=day - timedelta(days=90)
            )
        for one in human.jobs:
            if one.is_fixed and one.ends_on and one.ends_on < day and not human.left_on:
                one.ends_on = day + timedelta(days=random.randrange(90, 720))
        if len(human.jobs) > 1 and sum(one.fte for one in human.jobs) > 1:
            human.jobs[0].fte = 0.5

    def leave(self, human: Human, age: int) -> None:
        left = somewhen(self.random, self.day - timedelta(days=360), self.day - timedelta(days=1))
        human.left_on = left
        for job in human.jobs:
            job.ends_on = max(left, job.starts_on)
            job.reason = (
                "03" if age >= 60 else "02" if job.is_fixed else self.random.choice(("01", "01", "01", "04", "98"))
            )

    def back(self, human: Human) -> Human:
        """Somebody who had left is employed again; half of them under another number."""
        again = replace(human, left_on=None, jobs=[], joined_on=self.day - timedelta(days=100))
        if self.random.random() < 0.5:
            again.number = self.number()
        again.jobs.append(self.job(again, human.jobs[0].post, again.joined_on, self.day))
        return again
