"""The linter of items: every rule fires on what breaks it, and on nothing else."""

# ruff: noqa: E501  # tables of answers read better in one line each

from __future__ import annotations

import pickle
from textwrap import indent

import pytest

from cairn.curriculum import load
from cairn.curriculum.items.linter import QUICK, VARIANTS, conclude, examine, lint_items
from tests.conftest import MINI
from tests.curriculum.breaking import changed

FILES = {p.relative_to(MINI).as_posix(): p.read_bytes() for p in MINI.rglob("*") if p.is_file()}
ADDITION = "topics/sums/addition/questions.yaml"
MULTIPLICATION = "topics/sums/multiplication/questions.yaml"
SLOPE = "topics/lines/slope/questions.yaml"


def found(files, variants=VARIANTS, *, thin=False):
    """Code and severity of everything found; what is merely thin only if asked for."""
    report = lint_items(load(files).curriculum, variants=variants)
    return {(p.file, p.code, p.severity.value) for p in report.problems if thin or p.code != "thin"}


def with_item(text, name=SLOPE):
    """The miniature curriculum with one more item, which is not made from a template."""
    return {**FILES, name: FILES[name] + ("\n" + indent(text.strip("\n"), "  ") + "\n").encode()}


CHOICE = """
extra:
  level: use
  kind: choice
  vary: {n: 2..9}
  ask: A question about <<n>> that no other item asks
  answer: RIGHT
  distractors:
    - {text: Some option one, misconception: idea-one, says: It is not., repairs: addition#statement}
    - {text: Some option two, misconception: idea-two, says: It is not., repairs: addition#statement}
    - {text: Some option thr, misconception: idea-three, says: It is not., repairs: addition#statement}
  explain: So.
"""


def choice(right="The right optio", old="", new=""):
    """The miniature curriculum with one more choice."""
    assert old in CHOICE
    return with_item(CHOICE.replace("RIGHT", right).replace(old, new))


BROKEN = [
    ("dangling", "error", changed(FILES, ADDITION, "repairs: addition#carrying", "repairs: addition#no-such-place")),
    ("dangling", "error", choice(old="says: It is not., repairs: addition#statement}\n    - {text: Some option two", new="says: It is not., repairs: addition#statement, lacks: no-topic@use}\n    - {text: Some option two")),
    ("lacks", "error", choice(old="says: It is not., repairs: addition#statement}\n    - {text: Some option two", new="says: It is not., repairs: addition#statement, lacks: fitting@derive}\n    - {text: Some option two")),
    ("repairs", "error", choice(old="says: It is not., repairs: addition#statement}\n    - {text: Some option two", new="says: It is not.}\n    - {text: Some option two")),
    ("level", "error", changed(FILES, SLOPE, "  in-words:\n    level: use", "  in-words:\n    level: derive")),
    ("item", "error", changed(FILES, ADDITION, "answer: a + b\n", "answer: a + c\n")),
    ("item", "error", changed(FILES, ADDITION, "check: sum([a, b])", "check: a - b")),
    ("item", "error", changed(FILES, MULTIPLICATION, "check: y*<<c>> + x", "check: y*<<c>> - x")),
    ("item", "error", changed(FILES, MULTIPLICATION, "check: broadcast([n, m], [n, m])", "check: broadcast([n, m], [n, 1, m])")),
    ("item", "error", changed(FILES, SLOPE, "answer: <<a + b>>", "answer: <<a - b>>")),
    ("text", "error", choice(old="ask: A", new="ask: $x a A")),
    ("text", "error", choice(old="ask: A", new="ask: $3 + -<<n>>$ A")),
    ("text", "error", choice(old="ask: A", new="ask: Simply a A")),
    ("text", "error", choice(old="ask: A question about <<n>> that no other item asks", new='ask: "About $A^\\top$ and <<n>> a question"')),
    ("text", "error", choice(old="ask: A", new="ask: a A >> b")),
    ("variety", "error", changed(FILES, SLOPE, "    vary:\n      a: 2..9\n      b: 2..9\n    where: [a != b]\n", "    vary: {a: 2, b: 3}\n")),
    ("variety", "warning", choice(old="n: 2..9", new="n: 2..2")),
    ("few-options", "warning", choice(old="    - {text: Some option thr, misconception: idea-three, says: It is not., repairs: addition#statement}\n")),
    ("length", "warning", choice(right="The right option, which is written out at far greater length than any of the others are")),
    ("no-mistakes", "warning", with_item("extra:\n  level: use\n  kind: numeric\n  vary: {n: 1..99}\n  ask: How much is twice <<n>> and one\n  answer: 2 * n + 1\n  explain: So.")),
    ("draws", "warning", with_item("extra:\n  level: use\n  kind: numeric\n  vary: {n: 1..999}\n  where: [n % 33 == 0]\n  ask: How much is twice <<n>> and one\n  answer: 2 * n + 1\n  mistakes: [{value: n, misconception: half-done, says: Not yet., repairs: addition#why}]\n  explain: So.")),
    ("rubric", "error", changed(FILES, SLOPE, "passes: 1", "passes: 9")),
    ("misconception", "error", changed(FILES, SLOPE, "- point: A heap has no order.", "- {point: A heap has no order., misconception: nowhere-described}")),
    ("duplicate", "error", with_item(CHOICE.replace("RIGHT", "The right optio") + CHOICE.replace("RIGHT", "The right optio").replace("extra:", "again:"))),
]  # fmt: skip


def test_the_miniature_curriculum_breaks_no_rule():
    """So that what the tests below find is what they broke."""
    assert found(FILES) == set()
    assert found(FILES, QUICK, thin=True) == set()
    assert found(choice()) == set()


@pytest.mark.parametrize(
    ("code", "severity", "files"), BROKEN, ids=[f"{i}-{code}" for i, (code, _, _) in enumerate(BROKEN)]
)
def test_a_rule_fires_on_what_breaks_it_and_no_other_does(code, severity, files):
    """One fault in one item: one kind of finding, in that file."""
    got = found(files)

    assert {(c, s) for _, c, s in got} - {("item", "error")} <= {(code, severity)}
    assert (code, severity) in {(c, s) for _, c, s in got}
    assert len({file for file, _, _ in got}) == 1


def test_the_same_question_in_two_topics_is_found_by_its_rendered_text():
    """Though the templates differ: other holes, other names of parameters."""
    one = CHOICE.replace("RIGHT", "The right optio")
    other = one.replace("n: 2..9", "count: 4..8").replace("<<n>>", "<<count + 1>>")
    files = {**with_item(one), ADDITION: with_item(other, ADDITION)[ADDITION]}

    assert {(f, c) for f, c, _ in found(files)} == {(ADDITION, "duplicate")} or {
        (f, c) for f, c, _ in found(files)
    } == {(SLOPE, "duplicate")}


def test_questions_with_one_stem_and_other_options_are_not_the_same():
    """Which of these is true? may be asked twice."""
    other = (
        CHOICE.replace("RIGHT", "Quite another key")
        .replace("Some option", "Whatever else is")
        .replace("extra:", "again:")
    )

    assert found(with_item(CHOICE.replace("RIGHT", "The right optio") + other)) == set()


def test_the_longest_option_must_not_be_the_right_one_all_over_an_area():
    """A habit of one author, which no single item shows; several right options count too."""
    items = []
    for i, word in enumerate(["alpha", "beta", "gamma", "delta", "omega", "sigma", "kappa", "theta"]):
        text = CHOICE.replace("RIGHT", "The right, longer").replace("extra:", f"extra-{i}:")
        if i % 2:
            text = text.replace(
                "answer: The right, longer",
                "multiple: true\n  answer: [The right; longer, The other; longer]",
            )
        items.append(text.replace("A question", f"{word} " * 9).replace("Some option", f"The {word}"))
    report = lint_items(load(with_item("".join(items))).curriculum)

    assert [(p.file, p.code) for p in report.problems if p.code == "length"] == [("topics/lines", "length")]
    assert "longest in 8 of 8" in next(p.message for p in report.problems if p.code == "length")


def test_a_right_option_that_keeps_its_place_is_an_error(monkeypatch):
    """Options are shuffled by the seed; were they not, this would say so."""
    from cairn.curriculum.items.rng import Rng

    monkeypatch.setattr(Rng, "shuffled", lambda self, values: list(values)[1:] + list(values)[:1])

    assert (SLOPE, "position", "error") in found(choice())


def test_a_skill_with_fewer_than_two_items_is_a_warning_when_all_are_drawn():
    """At the levels that everyone passes through, in topics that have items."""
    report = lint_items(load(FILES).curriculum)

    assert sorted(p.message.split(" has ")[0] for p in report.problems if p.code == "thin") == [
        "addition@recognise",
        "addition@use",
        "multiplication@recognise",
        "slope@recognise",
    ]


def test_items_of_no_topic_are_an_error():
    """A folder without a page."""
    files = {**FILES, "topics/lines/ghost/questions.yaml": FILES[SLOPE]}

    assert ("topics/lines/ghost/questions.yaml", "dangling", "error") in found(files, 2)


def test_the_report_counts():
    """Items, variants, kinds, coverage, and the keys that no second route proves."""
    report = lint_items(load(FILES).curriculum, variants=3)

    assert (report.items, report.variants) == (8, 24)
    assert report.kinds == {
        "choice": 2,
        "numeric": 1,
        "expression": 1,
        "shape": 1,
        "output": 1,
        "order": 1,
        "free": 1,
    }
    assert {str(k): v for k, v in report.coverage.items()} == {
        "addition@recognise": 1,
        "addition@use": 1,
        "multiplication@recognise": 1,
        "multiplication@use": 2,
        "slope@use": 3,
    }
    assert report.unproved == 0


def test_topics_may_be_examined_apart_and_in_other_processes():
    """What one topic gave travels, and the conclusion is that of all at once."""
    curriculum = load(with_item(CHOICE.replace("RIGHT", "The right optio") * 1)).curriculum
    parts = [pickle.loads(pickle.dumps(examine(curriculum, t, 5))) for t in curriculum.items.topics]

    assert conclude(parts) == lint_items(curriculum, variants=5)
