"""Break one thing in the miniature curriculum, and say what is then found wrong, and what still serves."""

from __future__ import annotations

from collections.abc import Mapping

from cairn.curriculum import Loaded, Problem, load
from cairn.curriculum.linter import lint
from cairn.study.atlas import Atlas

ROOT = "curriculum.yaml"
ADDITION = "topics/sums/addition/topic.md"
MULTIPLICATION = "topics/sums/multiplication/topic.md"
SLOPE = "topics/lines/slope/topic.md"
FITTING = "topics/lines/fitting/topic.md"
PATH = "paths/short.yaml"
PAPER = "papers/paper-lines.yaml"
BOOKS = "resources/books.yaml"
QUESTIONS = "questions/basics.yaml"
COMPARISON = "comparisons/proofs.yaml"
TOPICS = frozenset({"addition", "multiplication", "slope", "fitting"})

Files = Mapping[str, bytes]
Place = tuple[str, int, str]


def changed(files: Files, name: str, old: str, new: str) -> dict[str, bytes]:
    """The files with one text in one of them replaced. The text must stand there exactly once."""
    text = files[name].decode()
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {name}"
    return {**files, name: text.replace(old, new).encode()}


def places(problems: tuple[Problem, ...]) -> list[Place]:
    """Where and what each problem is."""
    return [(p.file, p.line, p.code) for p in problems]


def found(files: Files) -> list[Place]:
    """Where and what everything is that the loader and the linter find wrong."""
    return places(lint(load(files)).problems)


def the_problem(files: Files, name: str) -> Problem:
    """The one problem of a file. Whatever else is wrong must be a reference to what that file held."""
    report = lint(load(files))
    here = [p for p in report.problems if p.file == name]
    assert len(here) == 1, here
    assert {p.code for p in report.problems if p.file != name} <= {"dangling"}
    return here[0]


def assert_serves(loaded: Loaded, *, without: str | None = None) -> None:
    """Every topic but one is there, and has a gap that ends in it."""
    atlas = Atlas(loaded)
    assert TOPICS - {without} <= set(atlas.curriculum.topics)
    for topic in atlas.curriculum.topics:
        assert atlas.gap(topic).steps[-1].skill.topic == topic
