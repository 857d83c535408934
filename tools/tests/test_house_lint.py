"""Each linter of the house finds what it is for, where it is, and leaves good work alone."""

import pytest

from tools.house_lint import counts, days, docs, layout, machine, scopes, seeds, spelling, templates, views

PAGE = "src/desaga/plans/templates/plans/show_plan.html"
VIEWS = "src/desaga/plans/views.py"


@pytest.mark.parametrize(
    "markup",
    [
        "<script>alert(1)</script>",
        "<style>p { color: red }</style>",
        '<p style="color: red">x</p>',
        "<p class='a'\n style='color: red'>x</p>",
        '<button onclick="go()">Go</button>',
        '<a href="javascript:go()">Go</a>',
        '<form method="post"><button>Go</button></form>',
        '<a hx-get="/x/">More</a>',
        "{{ text|safe }}",
        "{% autoescape off %}{{ text }}{% endautoescape %}",
    ],
)
def test_templates_lint_finds_what_the_policy_forbids(markup):
    assert [problem.split(":")[1] for problem in templates.problems({PAGE: f"\n{markup}\n"})] == ["2"]


@pytest.mark.parametrize(
    "markup",
    [
        '<script src="{% static "ui/build/app.js" %}" defer></script>',
        '<form method="post">{% csrf_token %}<button>Go</button></form>',
        '<form method="get" action="/search/"><button>Go</button></form>',
        '<a href="/x/" hx-get="/x/">More</a>',
        "{# <script>old()</script> #}",
        "<p>Once on a time = long ago, in a style = plain</p>",
    ],
)
def test_templates_lint_leaves_good_markup_alone(markup):
    assert list(templates.problems({PAGE: markup})) == []


def test_templates_lint_keeps_mark_safe_in_ui():
    code = "x = mark_safe(text)"
    assert len(list(templates.problems({VIEWS: code, "src/desaga/ui/templatetags/ui.py": code}))) == 1


def test_templates_lint_lets_mails_style_themselves():
    assert list(templates.problems({"src/desaga/ui/templates/email/base.html": '<p style="margin: 0">x</p>'})) == []


@pytest.mark.parametrize(
    ("code", "count"),
    [
        ("plan = Plan.objects.get(pk=1)", 1),
        ("form.save()", 1),
        ("rows = plans_visible_to(user).select_related('unit')", 1),
        ("plan = get_object_or_404(plans_visible_to(user), pk=1)\nrename_plan(plan=plan, actor=user)", 0),
    ],
)
def test_views_lint_finds_the_database_in_a_view(code, count):
    assert len(list(views.problems({VIEWS: code}))) == count


def test_views_lint_leaves_queries_alone():
    assert list(views.problems({"src/desaga/plans/queries.py": "rows = Plan.objects.all()"})) == []


def test_layout_lint_finds_junk_drawers_and_slices_without_readme():
    files = {
        "src/desaga/plans/models.py": "",
        "src/desaga/plans/utils.py": "",
        "src/desaga/audit/models.py": "",
        "src/desaga/audit/README.md": "",
    }
    assert [problem.split(":")[0] for problem in layout.problems(files)] == [
        "src/desaga/plans/utils.py",
        "src/desaga/plans/README.md",
    ]


@pytest.mark.parametrize(
    ("path", "text", "count"),
    [
        ("src/desaga/workforce/pages.py", 'x = f"{people:,}"', 1),
        ("src/desaga/workforce/pages.py", 'x = f"{people:.1f}"', 1),
        ("src/desaga/workforce/pages.py", 'x = f"{name:>20} {day:%d %B}"', 0),
        ("src/desaga/workforce/pages.py", 'x = "{:,}".format(people)', 1),
        ("src/desaga/workforce/pages.py", 'x = "{0:,d} of {1}".format(people, all)', 1),
        ("src/desaga/workforce/pages.py", 'x = "{} in {:%d %B}".format(name, day)', 0),
        ("src/desaga/workforce/pages.py", 'x = "%d people" % people', 1),
        ("src/desaga/workforce/pages.py", 'x = "%-6.2f" % people', 1),
        ("src/desaga/workforce/pages.py", 'x = "%(people)d people" % found', 1),
        ("src/desaga/workforce/pages.py", 'x = "%s in %%d" % name', 0),
        ("src/desaga/workforce/pages.py", "x = round(people, -1)", 1),
        ("src/desaga/workforce/pages.py", "x = round(seconds)  # not a count of people: how long it took", 0),
        ("src/desaga/workforce/tests/test_pages.py", "x = round(people)", 0),
        ("src/desaga/workforce/templates/workforce/a.html", "<p>{{ people|intcomma }}</p>", 1),
        ("src/desaga/workforce/templates/workforce/a.html", "<p>{{ cell.shown }}</p>", 0),
        ("src/desaga/plans/money.py", "x = round(pounds)", 0),
        ("src/desaga/workforce/pages.py", 'x = f"{len(made)} answered"', 1),
        ("src/desaga/workforce/pages.py", "x = str(len(made))", 1),
        ("src/desaga/workforce/pages.py", 'x = f"{exact(len(made))} answered"', 0),
        ("src/desaga/workforce/pages.py", 'x = f"{len(made)} rules"  # not a count of people: of rules', 0),
        ("src/desaga/workforce/templates/workforce/a.html", "<p>{{ page_obj.paginator.count }}</p>", 1),
        ("src/desaga/workforce/templates/workforce/a.html", "<p>{{ people|length }}</p>", 1),
        ("src/desaga/workforce/templates/workforce/a.html", "<p>{{ people|length|exact }}</p>", 0),
        ("src/desaga/workforce/templates/workforce/a.html", "<p>{{ one.counts.new|exact }}</p>", 0),
        ("src/desaga/workforce/templates/workforce/a.html", "<p>{{ one.discount }}</p>", 0),
        ("src/desaga/plans/a.py", "from desaga.disclosure import show\nx = f'{len(made)} rows'", 0),
        ("src/desaga/indicators/states.py", 'x = f"{value:,}"', 1),
        ("src/desaga/indicators/presenting.py", "x = round(people)", 1),
        ("src/desaga/indicators/templates/indicators/a.html", "<p>{{ people|intcomma }}</p>", 1),
        ("src/desaga/plans/money.py", "from desaga.disclosure import show\nx = round(people)", 1),
        ("src/desaga/public/views.py", "from desaga.workforce.models import PublicFigures\nx = round(people)", 1),
        ("src/desaga/disclosure/cells.py", "from desaga.disclosure import Cell\nx = round(people)", 0),
    ],
)
def test_counts_lint_leaves_the_writing_of_counts_to_disclosure(path, text, count):
    assert len(list(counts.problems({path: text}))) == count


def test_counts_lint_watches_of_placements_what_imports_disclosure_alone():
    bare = 'told = f"{number:,}"\n'
    files = {
        "src/desaga/placements/figures.py": "from desaga.disclosure import show\n" + bare,
        "src/desaga/placements/awards.py": bare,
    }
    assert [line.split(":")[0] for line in counts.problems(files)] == ["src/desaga/placements/figures.py"]


def test_counts_lint_watches_no_slice_for_what_its_tests_import():
    files = {
        "src/desaga/plans/tests/test_a.py": "from desaga.workforce.models import Snapshot",
        "src/desaga/plans/money.py": "x = round(pounds)",
    }
    assert list(counts.problems(files)) == []


def test_scopes_lint_wants_a_reason():
    bare = "with scopes_disabled():\n    pass"
    told = "# The platform's administrator counts all plans.\n" + bare
    assert len(list(scopes.problems({"a.py": bare}))) == 1
    assert list(scopes.problems({"a.py": told})) == []


def test_spelling_lint_gives_the_british_word():
    found = list(spelling.problems({"README.md": "We recognized\nthe organisation, not the organization."}))
    assert found == [
        "README.md:1: “recognize”: we write “recognise”",
        "README.md:2: “organization”: we write “organisation”",
    ]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("see /" + "root/.cache/x", 1),
        ("from https://pypi" + ".org/simple", 1),
        ("open /o/wexcombe/plans/", 0),
        ("in ~/work/ or var/tmp/x", 0),
    ],
)
def test_machine_lint_finds_paths_and_hosts(text, count):
    assert len(list(machine.problems({"docs/x.md": text}))) == count


def test_seeds_lint_finds_eight_words_in_a_row(tmp_path, monkeypatch):
    (tmp_path / "seed.txt").write_text("Technicians should always be invited to the summer garden party.")
    monkeypatch.setenv("DESAGA_SEEDS", str(tmp_path))
    copied = "First line.\nIndeed technicians should always be given\nan invitation to the summer garden party."
    taken = "First line.\nIndeed technicians should always be invited\nto the summer garden party, they said."
    assert list(seeds.problems({"a.md": copied})) == []
    assert [problem.split(":")[:2] for problem in seeds.problems({"a.md": taken})] == [["a.md", "2"]]


def test_seeds_lint_finds_people_of_a_seed(tmp_path, monkeypatch):
    seed = "- AB Alma Brook, Technical Manager\nCarl Dene, Director, said:\nCode\tPerson or contact\nEF\tEve Fell/Gus Hill\n\nX\tMain Hall"
    (tmp_path / "seed.txt").write_text(seed + "\nplus a few more words to make shingles of it all")
    monkeypatch.setenv("DESAGA_SEEDS", str(tmp_path))
    assert sorted(seeds.people_in(seed)) == ["Alma Brook", "Carl Dene", "Eve Fell", "Gus Hill"]
    assert list(seeds.problems({"a.md": "x\nAsk Eve Fell."})) == ["a.md:2: names a person of a seed: leave them out"]


def test_seeds_lint_is_silent_without_seeds(tmp_path, monkeypatch):
    monkeypatch.setenv("DESAGA_SEEDS", str(tmp_path / "nowhere"))
    assert list(seeds.problems({"a.md": "Anything at all may stand here, as long as it likes."})) == []


def test_docs_lint_finds_broken_links_unknown_targets_and_twin_numbers():
    files = {
        "Makefile": "demo: setup\n\techo",
        "README.md": "[a](docs/first-hour.md), [gone](docs/gone.md), [out](https://a.example), `make demo`, `make tea`",
        "docs/first-hour.md": "[back](../README.md#top) and [all](how-to)",
        "docs/how-to/operate.md": "",
        "docs/adr/0001-a.md": "",
        "docs/adr/0001-b.md": "",
    }
    assert list(docs.problems(files)) == [
        "README.md:1: links to docs/gone.md, which is not there",
        "README.md:1: names make tea, which the Makefile lacks",
        "docs/adr:1: 2 decisions have the number 0001",
    ]


def test_docs_lint_wants_every_setting_told():
    files = {
        "src/desaga/config/settings.py": 'A = get("DESAGA_A")\nB = get("DESAGA_B")',
        "docs/reference/settings.md": "| `DESAGA_A` |",
    }
    assert list(docs.problems(files)) == [
        "src/desaga/config/settings.py:2: DESAGA_B is not in docs/reference/settings.md"
    ]


@pytest.mark.parametrize(
    ("code", "count"),
    [
        ("row.made_at.date()", 1),
        ("(row.made_at + MONTH).date()", 1),
        ("f'{row.at:%d %B}'", 1),
        ("now.date()", 1),
        ("timezone.localdate(row.made_at)", 0),
        ("timezone.localtime(row.made_at).date()", 0),
        ("row.made_at.astimezone(UTC).date()", 0),
        ("f'{now:%Y-%m-%dT%H:%M:%SZ}'", 0),
        ("f'{row.on:%d %B}'", 0),
    ],
)
def test_days_lint_wants_the_day_of_the_place(code, count):
    assert len(list(days.problems({"src/desaga/plans/x.py": f"told = {code}"}))) == count
