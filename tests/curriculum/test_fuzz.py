"""Random damage: whatever happens to a file, loading and linting end, and say where."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cairn.curriculum import load
from cairn.curriculum.linter import lint
from tests.conftest import MINI
from tests.curriculum.breaking import ROOT, assert_serves

FILES = {p.relative_to(MINI).as_posix(): p.read_bytes() for p in sorted(Path(MINI).rglob("*")) if p.is_file()}
CODE = re.compile(r"[a-z]+(-[a-z]+)*")
LINE_END = re.compile(rb"\r\n|\r|\n")
quick = settings(max_examples=120, deadline=timedelta(seconds=3))

WORDS = """
--- ... - ? : { } [ ] &a *a !!str | > # % ' " = ~ <<: *a 1e999 .nan -1 null true é
$ $$ ` ``` <b> <!-- \\ ### {#a} ## Why
addition@use: fitting@derive: requires: use: levels: status: outline aliases: sum within: lines id: kind:
"""
TOKENS = [word.encode() for word in WORDS.split()]
TOKENS += [b" ", b"\t", b"\n", b"\r", b"\r\n", b"\0", b"\x85", b"\xff", b"9" * 30]
TOKENS += ["\u2028".encode(), "\ufeff".encode()]

names = st.sampled_from(sorted(FILES))
pieces = st.one_of(st.sampled_from(TOKENS), st.binary(max_size=6), st.text(max_size=8).map(str.encode))


@st.composite
def damaged(draw, separator):
    """A file's name, and its bytes after a few lines or bytes were deleted, doubled, swapped or added."""
    name = draw(names)
    parts = FILES[name].split(separator) if separator else [bytes([b]) for b in FILES[name]]
    for _ in range(draw(st.integers(1, 4))):
        i, j = (draw(st.integers(0, max(len(parts) - 1, 0))) for _ in range(2))
        act = draw(st.sampled_from(["delete", "double", "swap", "insert", "replace"]))
        if act == "insert" or not parts:
            parts.insert(i, draw(pieces))
        elif act == "delete":
            del parts[min(i, j) : max(i, j) + 1]
        elif act == "double":
            parts.insert(j, parts[i])
        elif act == "swap":
            parts[i], parts[j] = parts[j], parts[i]
        else:
            parts[i] = draw(pieces)
    return name, (separator or b"").join(parts)


def assert_sound(files):
    """Loading and linting give problems that point into the files, and a graph that is whole and acyclic."""
    loaded = load(files)
    report = lint(loaded)
    for problem in report.problems:
        assert problem.file in files or problem.file == ROOT
        assert 0 <= problem.line <= len(LINE_END.findall(files.get(problem.file, b""))) + 1
        assert CODE.fullmatch(problem.code)
        assert problem.message
        assert problem.hint
    graph = loaded.curriculum.graph
    assert all(p < i for i, needed in enumerate(graph.needs) for p in needed)
    assert {s for t in loaded.curriculum.topics.values() for s in t.skills} == set(graph.nodes)
    assert set(loaded.curriculum.reasons) <= {
        (n, graph.nodes[p]) for n, ps in zip(graph.nodes, graph.needs, strict=True) for p in ps
    }
    return loaded


@quick
@given(names, st.binary(max_size=300))
def test_random_bytes_in_place_of_a_file(name, data):
    """A file of noise is a few problems."""
    assert_sound({**FILES, name: data})


@quick
@given(names, st.lists(pieces, max_size=60).map(b"".join))
def test_random_tokens_in_place_of_a_file(name, data):
    """A file of YAML and Markdown signs in any order is a few problems."""
    assert_sound({**FILES, name: data})


@quick
@given(st.sampled_from([n for n in sorted(FILES) if n.startswith("topics/")]), st.lists(pieces, max_size=40))
def test_random_tokens_as_a_page(name, parts):
    """A page of noise leaves its topic in place, for the front matter alone makes it one."""
    data = FILES[name].split(b"\n## Why")[0] + b"\n" + b" ".join(parts)
    try:
        data.decode()
    except UnicodeDecodeError:
        assert_sound({**FILES, name: data})
    else:
        assert_serves(assert_sound({**FILES, name: data}))


@quick
@given(damaged(b"\n"))
def test_lines_lost_doubled_moved_and_added(change):
    """A slip of an editor is a few problems, and topics in other files stay."""
    name, data = change

    loaded = assert_sound({**FILES, name: data})

    others = {n.split("/")[2] for n in FILES if n.endswith("/topic.md") and n != name}
    assert others <= set(loaded.curriculum.topics)


@quick
@given(damaged(None))
def test_bytes_lost_doubled_moved_and_added(change):
    """A slip of a disk is a few problems."""
    assert_sound({**FILES, change[0]: change[1]})


@quick
@given(damaged(b"\n"), damaged(None))
def test_two_files_damaged_at_once(one, two):
    """Damage adds up without surprises."""
    assert_sound({**FILES, **dict([one, two])})


@quick
@given(st.sets(names))
def test_files_missing(missing):
    """Any part of a curriculum is a curriculum."""
    assert_sound({name: data for name, data in FILES.items() if name not in missing})


@quick
@given(names, st.lists(st.text(max_size=10), min_size=1, max_size=5).map("/".join))
def test_files_moved_anywhere(name, place):
    """A file under any name is content or a problem, never an exception."""
    assert_sound({**FILES, place: FILES[name]})


@quick
@given(damaged(b"\n"), st.randoms(use_true_random=False))
def test_loading_is_deterministic(change, rng):
    """The same files give the same curriculum and problems, in whatever order they are handed over."""
    files = {**FILES, change[0]: change[1]}
    shuffled = list(files.items())
    rng.shuffle(shuffled)

    one, two = load(files), load(dict(shuffled))

    assert one.curriculum == two.curriculum
    assert one.curriculum.graph.nodes == two.curriculum.graph.nodes
    assert list(one.curriculum.entries) == list(two.curriculum.entries)
    assert one.problems == two.problems
    assert lint(one) == lint(two)


@pytest.mark.parametrize("name", sorted(FILES))
def test_any_first_part_of_a_file(name):
    """A file that was cut short anywhere is a few problems."""
    for end in range(0, len(FILES[name]), 7):
        assert_sound({**FILES, name: FILES[name][:end]})
