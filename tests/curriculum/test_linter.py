"""The linter: each finding is made where it is due, and not where it only looks so."""

from __future__ import annotations

import pytest

from cairn.curriculum import Problem, Severity, load
from cairn.curriculum.linter import REQUIRED, SECTIONS, lint
from tests.curriculum.breaking import (
    ADDITION,
    BOOKS,
    FITTING,
    MULTIPLICATION,
    PAPER,
    PATH,
    ROOT,
    SLOPE,
    changed,
    found,
)

WARNINGS = {"no-source", "alias", "filler", "empty-area", "stray"}
USE = "  use:\n    slope@use"
SOURCES = "sources:\n  - {of: paper-lines, role: proof, at: theorem 1}\n"
LEAF = "\n## Failure modes\n\n- **One point.** Every line through it fits.\n"


def test_the_miniature_curriculum_is_without_fault(mini_files):
    """Nothing is found where nothing is wrong, so each test below breaks exactly one thing."""
    assert found(mini_files) == []


def test_the_report_counts_what_there_is(mini_files):
    """Four topics, all of them drafts, ten skills, seven written requirements."""
    report = lint(load(mini_files))

    assert (report.topics, report.skills, report.edges, report.pages, report.drafts) == (4, 10, 7, 0, 4)


def test_the_loaders_findings_are_in_the_report(mini_files):
    """Linting is everything that is wrong, not only what loading leaves open."""
    loaded = load({**mini_files, "notes.txt": b""}, [Problem("x", 0, "link", "a link", "remove it")])

    report = lint(loaded)

    assert [p.code for p in report.errors] == ["link"]
    assert [p.code for p in report.warnings] == ["stray"]
    assert set(report.problems) == set(loaded.problems)


TEXT = "Springs pull the line to the points."
ON_A_PAGE = [
    ("a lone dollar", "It costs $5.", 29, "math"),
    ("a third dollar", "From $a$ to $b.", 29, "math"),
    ("a dollar after an escaped one", r"It costs \$5 or $5.", 29, "math"),
    ("a formula never closed", "$$\na + b", 29, "unclosed"),
    ("code never closed", "```python\na + b", 29, "unclosed"),
    ("a tag", "A <b>bold</b> word.", 29, "html"),
    ("a tag with attributes", "<img src='x' onerror='y'>", 29, "html"),
    ("a closed tag", "A break.<br/>", 29, "html"),
    ("a comment", "<!-- a\nremark -->", 29, "html"),
    ("a script", "<script>x</script>", 29, "html"),
    ("a filler word", "We simply fit.", 29, "filler"),
    ("a filler word in capitals", "Leveraged fits are good.", 29, "filler"),
    ("a filler compound", "A game-changing fit.", 29, "filler"),
    ("a control character", "A\0B", 29, "control"),
    ("a control character in code", "```\n\x1b[31m\n```", 30, "control"),
    ("a line end that no editor shows", "A\u2028B", 29, "control"),
]
FAULTS = [
    (
        "a requirement that follows",
        FITTING,
        USE,
        "  use:\n    addition@use: Why.\n    slope@use",
        13,
        "implied",
    ),
    (
        "one that a level implies",
        FITTING,
        USE,
        "  use:\n    slope@recognise: Why.\n    slope@use",
        13,
        "implied",
    ),
    (
        "one that an own level has",
        FITTING,
        "  derive:\n    add",
        "  derive:\n    slope@use: W.\n    add",
        16,
        "implied",
    ),
    (
        "a topic that contains itself",
        MULTIPLICATION,
        "addition@use: 0.5",
        "multiplication@use: 0.5",
        15,
        "self",
    ),
    ("no sources", FITTING, SOURCES, "", 2, "no-source"),
    ("an alias that is the title", FITTING, "[line fitting]", "[Fitting A Line]", 3, "alias"),
    ("an outline with a page", FITTING, "status: draft", "status: outline", 20, "status"),
    ("a section unheard of", FITTING, LEAF, "\n## Pictures" + LEAF, 35, "section"),
    ("a section written otherwise", FITTING, LEAF, "\n## Failure Modes" + LEAF, 35, "section"),
    ("a section twice", FITTING, LEAF, LEAF + LEAF, 39, "section"),
    ("a section too late", FITTING, LEAF, LEAF + "\n## Derivation\n\nIt follows.\n", 39, "section"),
    (
        "an area without topics",
        ROOT,
        "  lines:",
        "  arcs: {title: A, summary: A.}\n  lines:",
        8,
        "empty-area",
    ),
    ("a path in two shapes", PATH, "rules:", "steps:\n  - {title: More}\nrules:", 14, "shape"),
]


@pytest.mark.parametrize(
    ("name", "old", "new", "line", "code"), [c[1:] for c in FAULTS], ids=[c[0] for c in FAULTS]
)
def test_a_fault_is_found_on_its_line(mini_files, name, old, new, line, code):
    """One fault is one finding, with a hint, and a warning only where the content may land with it."""
    [problem] = lint(load(changed(mini_files, name, old, new))).problems

    assert (problem.file, problem.line, problem.code) == (name, line, code)
    assert problem.hint
    assert problem.severity is (Severity.WARNING if code in WARNINGS else Severity.ERROR)


@pytest.mark.parametrize(("text", "line", "code"), [c[1:] for c in ON_A_PAGE], ids=[c[0] for c in ON_A_PAGE])
def test_a_fault_on_a_page_is_found_on_its_line(mini_files, text, line, code):
    """What must not stand on a page is named where it stands, counted from the top of the file."""
    [problem] = lint(load(changed(mini_files, FITTING, TEXT, text))).problems

    assert (problem.file, problem.line, problem.code) == (FITTING, line, code)
    assert problem.hint
    assert problem.severity is (Severity.WARNING if code in WARNINGS else Severity.ERROR)


@pytest.mark.parametrize("title", REQUIRED)
def test_a_page_without_a_required_section_is_found(mini_files, title):
    """The finding stands on the last line before the page."""
    files = changed(mini_files, FITTING, f"## {title}", f"### {title}")

    problems = lint(load(files)).problems

    assert [(p.file, p.line, p.code) for p in problems] == [(FITTING, 21, "section")]
    assert problems[0].hint == f"add '## {title}'"


def test_sections_in_the_wrong_order_are_found(mini_files):
    """The section that stands too late in the fixed order is named."""
    text = mini_files[FITTING].decode().replace("## Why", "## X").replace("## Intuition", "## Why")
    files = {**mini_files, FITTING: text.replace("## X", "## Intuition").encode()}

    assert found(files) == [(FITTING, 27, "section")]


SOUND = [
    ("an escaped dollar", r"It costs \$5."),
    ("two escaped dollars", r"From \$5 to \$6."),
    ("an escaped dollar beside a formula", r"It costs \$5 for $x$ and \$6 for $y$."),
    ("a formula", "For $a < b$ and $b > c$ we have $a<c>d$."),
    ("a formula on its own", "$$\na < b > c\n$$"),
    ("a formula on one line", "$$a <b> c$$"),
    ("a formula begun on a line", "So $$a\n<b>\nc$$ holds."),
    ("a dollar in code", "The variable `$HOME`."),
    ("dollars in a block of code", "```bash\necho $$ $HOME\n```"),
    ("a tag in code", "The tag `<b>` is not for us."),
    ("a tag in a block of code", "~~~html\n<b>simply</b>\n~~~"),
    ("code in a list", "- one\n\n  ```\n  <b> $\n  ```"),
    ("a heading in a block of code", "```\n## Nothing\n```"),
    ("less than", "Where a < b, and 1 <2, it holds."),
    ("an arrow", "From a -> b and a <- b and a <= b."),
    ("a link", "See <https://example.org/a>."),
    ("a filler word in code", "Call `simply()`."),
    ("a word that holds a filler", "An oversimplymeasured powerfulness."),
    ("a section of a section", "### Springs {#springs}\n\nThey pull."),
    ("a section without an id", "### Springs"),
    ("a tab", "A\tB"),
    ("letters of all kinds", "Poincaré, 数学 and 🪨."),
    ("an empty heading", "## "),
]


@pytest.mark.parametrize("text", [c[1] for c in SOUND], ids=[c[0] for c in SOUND])
def test_what_only_looks_like_a_fault_is_left_alone(mini_files, text):
    """Formulas, code and ordinary prose are free."""
    assert found(changed(mini_files, FITTING, TEXT, text)) == []


def test_every_section_in_order_is_allowed(mini_files):
    """The optional sections have their places too."""
    page = "\n".join(f"## {title}\n\nText.\n" for title in SECTIONS)
    text = mini_files[FITTING].decode().split("## Why")[0]

    assert found({**mini_files, FITTING: (text + page).encode()}) == []


def test_an_outline_needs_neither_page_nor_sources(mini_files):
    """A topic that is only on the map yet is no fault."""
    text = mini_files[FITTING].decode().split("\n## Why")[0].replace("status: draft", "status: outline")
    text = text.replace(SOURCES, "")

    assert found({**mini_files, FITTING: text.encode()}) == []


def test_a_wider_area_needs_no_topics_of_its_own(mini_files):
    """`everything` holds areas, and that is enough."""
    assert "everything" not in {t.area for t in load(mini_files).curriculum.topics.values()}
    assert found(mini_files) == []


def test_a_requirement_of_another_level_is_not_implied_by_a_shallower_one(mini_files):
    """`addition@derive` asks for more than anything below `fitting@use` does."""
    files = changed(mini_files, SLOPE, "    addition@use: Dif", "    addition@derive: Dif")

    assert found(files) == [(FITTING, 16, "implied")]


def test_a_level_that_follows_from_a_requirement_is_no_fault(mini_files):
    """Nobody wrote that `addition@derive` needs `addition@use`, so nobody can take it out."""
    files = changed(mini_files, ADDITION, "sources:", "requires:\n  derive:\n    slope@use: Why.\nsources:")

    assert found(files) == []


def test_a_source_may_be_a_paper_or_a_resource(mini_files):
    """What a topic cites and what a collection holds may be either."""
    files = changed(mini_files, FITTING, "of: paper-lines", "of: book-sums")

    assert found(changed(files, BOOKS, "    year: 1900", "    members: [paper-lines]")) == []


def test_a_goal_may_go_by_any_name(mini_files):
    """A suggestion for the first screen is whatever a person could ask for."""
    files = changed(mini_files, ROOT, "target: fitting", "target: line-fitting")

    assert found(files) == []


def test_a_paper_may_be_nothing_but_a_reference(mini_files):
    """A paper that needs and teaches nothing is allowed."""
    files = changed(mini_files, PAPER, "needs: [slope@use]\nteaches: [fitting@use]\n", "")

    assert found(files) == []
