"""Hostile content: nothing an author or an attacker writes makes loading slow, large or wrong."""

from __future__ import annotations

from itertools import pairwise
from time import process_time

import pytest

from cairn.curriculum import load
from cairn.curriculum.document import MAX_DEPTH, DocumentError, parse
from cairn.curriculum.linter import lint
from tests.curriculum.breaking import ADDITION, FITTING, QUESTIONS, assert_serves, the_problem

SIZE = 900_000
SECONDS = 6.0
"""Ample: each of these takes about one second of one core; without care, minutes or for ever."""


def filled(part: str) -> bytes:
    """A text repeated to just under the largest file that is read."""
    return part.encode() * (SIZE // len(part.encode()))


def laughs() -> bytes:
    """Nine lines that would be a billion values if aliases were followed."""
    names = "abcdefghi"
    lines = ["a: &a [ha, ha, ha, ha, ha, ha, ha, ha, ha, ha]"]
    lines += [f"{n}: &{n} [{', '.join([f'*{p}'] * 10)}]" for p, n in pairwise(names)]
    return "\n".join(lines).encode()


YAML = {
    "billion laughs": laughs(),
    "an alias to itself": b"questions: &q {q: *q}\n",
    "merge keys": b"base: &b {x: 1}\nquestions:\n  <<: *b\n",
    "deep lists": filled("["),
    "deep mappings": filled("{a: "),
    "deep dashes": filled("- "),
    "deep indentation": "\n".join(" " * i + "a:" for i in range(1300)).encode(),
    "question marks": filled("? "),
    "ampersands": filled("&a "),
    "exclamation marks": filled("!a "),
    "one long word": filled("x"),
    "one long line of words": filled("word "),
    "quotes": filled('"'),
    "an open quote": b'"' + filled("\\"),
    "spaces": filled(" "),
    "tabs": filled("\t"),
    "line ends": filled("\n"),
    "colons": filled(": "),
    "comments": filled("# \n"),
    "documents": filled("---\n"),
    "directives": filled("%YAML 1.1\n"),
    "block scalars": filled("|\n "),
    "zero bytes": filled("\0"),
    "high bytes": filled("ÿ").replace(b"\xc3", b"\xff"),
    "surrogates": b"\xed\xa0\x80" * 1000,
}


@pytest.mark.parametrize("data", YAML.values(), ids=YAML)
def test_a_hostile_yaml_file_is_refused_at_once(mini_files, data):
    """It costs one problem and no time, and everything else serves."""
    files = {**mini_files, QUESTIONS: data}
    start = process_time()

    problem = the_problem(files, QUESTIONS)

    assert process_time() - start < SECONDS
    assert problem.code in {"yaml", "encoding"}
    assert 1 <= problem.line <= data.count(b"\n") + 1
    assert problem.hint
    assert_serves(load(files))


WIDE = {
    "unknown keys": "".join(f"k{i}: v\n" for i in range(70_000)),
    "wrong entries": "questions:\n" + "".join(f"  k{i}: v\n" for i in range(60_000)),
    "keys the loader sets": "questions:\n" + "".join(f"  k{i}: {{id: x}}\n" for i in range(40_000)),
    "references to nowhere": "questions:\n"
    + "".join(f"  k{i}: {{ask: a, kind: [code], targets: [a@use]}}\n" for i in range(12_000)),
}


@pytest.mark.parametrize("text", WIDE.values(), ids=WIDE)
def test_many_mistakes_cost_no_more_than_one_reading(mini_files, text):
    """The lines of a long file are looked up once, not once for each mistake."""
    files = {**mini_files, QUESTIONS: text.encode()}
    start = process_time()

    problems = lint(load(files)).errors

    assert process_time() - start < SECONDS
    assert {p.file for p in problems} >= {QUESTIONS}


PAGES = {
    "comments that never end": "<!--",
    "tags that never end": "<a ",
    "dollars": "$ ",
    "dollars and quotes": "`$",
    "backslashes and dollars": "\\$",
    "spaces in a heading": "## a" + " " * 5000 + "b",
    "spaces in a section": "\n### a" + " " * 5000 + "b",
    "braces in a section": "### a" + "{#" * 5000,
    "sections": "\n### A {#a}",
    "headings": "\n## Why",
    "fences": "\n```\n~~~",
    "filler": "simply ",
    "letters": "x",
}


@pytest.mark.parametrize("part", PAGES.values(), ids=PAGES)
def test_a_hostile_page_is_linted_in_linear_time(mini_files, part):
    """No line makes a regular expression look back over and over."""
    files = {**mini_files, ADDITION: mini_files[ADDITION] + filled(part)}
    start = process_time()

    loaded = load(files)
    report = lint(loaded)

    assert process_time() - start < SECONDS
    assert {p.file for p in report.problems} <= {ADDITION}
    assert_serves(loaded)


@pytest.mark.parametrize("front", ["---\n", "---\n- ", "x", "\n", "---\n---x"])
def test_hostile_front_matter_is_refused_at_once(mini_files, front):
    """Whatever stands at the head of a topic file, it costs one problem."""
    files = {**mini_files, FITTING: filled(front)}
    start = process_time()

    problem = the_problem(files, FITTING)

    assert process_time() - start < SECONDS
    assert problem.code in {"front-matter", "yaml"}
    assert_serves(load(files), without="fitting")


@pytest.mark.parametrize(("before", "after"), [("[", "]"), ("{a: ", "}")])
def test_nesting_is_allowed_to_a_depth_and_no_deeper(before, after):
    """The deepest value that is read stands `MAX_DEPTH` levels down."""
    assert parse(before * MAX_DEPTH + "x" + after * MAX_DEPTH) is not None
    with pytest.raises(DocumentError, match="nested too deeply"):
        parse(before * (MAX_DEPTH + 1) + "x" + after * (MAX_DEPTH + 1))


def test_a_topic_that_requires_thousands_of_unknown_topics_still_loads(mini_files):
    """Each dangling requirement is named on its own line."""
    lines = "".join(f"    a{i}@use: Why.\n" for i in range(5000))
    text = mini_files[FITTING].decode().replace("    slope@use: The slope is computed.\n", lines)
    files = {**mini_files, FITTING: text.encode()}

    problems = load(files).errors

    assert [p.line for p in problems] == list(range(13, 5013))
    assert_serves(load(files))


def test_a_map_full_of_cycles_still_loads(mini_files):
    """Where every topic requires every other, one order is left and every other edge is an error."""
    names = [f"t{i}" for i in range(12)]
    head = "---\ntitle: {}\nsummary: S.\nlevels:\n  recognise: {{hours: [1, 1], can: x}}\nstatus: outline\n"
    files = dict(mini_files)
    for name in names:
        needs = "\n".join(f"    {other}@recognise: Why." for other in names if other != name)
        front = f"{head.format(name)}requires:\n  recognise:\n{needs}\n---\n"
        files[f"topics/lines/{name}/topic.md"] = front.encode()

    loaded = load(files)

    assert [p.code for p in loaded.problems] == ["cycle"] * (12 * 11 // 2)
    assert len(loaded.curriculum.graph.nodes) == 22
    assert_serves(loaded)
