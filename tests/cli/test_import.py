"""Importing foreign maps from the command line: a curriculum that answers, or an error and nothing."""

from __future__ import annotations

import json

import pytest

EDGES = (
    "prerequisite,concept\nset_theory,group_theory\ngroup_theory,galois_theory\nset_theory,galois_theory\n"
)
CONCEPTS = """\
tag,title,hours_estimate
set_theory,Set theory,2
group_theory,Group theory,4
galois_theory,Galois theory,
"""
ROADMAP = """\
topics:
  - {id: web, title: The web}
  - {id: html, title: HTML, parent: web, hours: [1, 2]}
  - {id: css, title: CSS, parent: web, prerequisites: [html], why: Pages need a look.}
"""
DRAWING = {
    "nodes": [{"id": "aB1", "data": {"label": "Learn HTML"}}, {"id": "aB2", "data": {"label": "Learn CSS"}}],
    "edges": [{"source": "aB1", "target": "aB2"}],
}


@pytest.fixture
def imported(run, tmp_path):
    """Import a text as a file and open what comes out."""

    def go(kind, name, text):
        (tmp_path / name).write_text(text)
        into = tmp_path / "new"
        result = run("import", kind, str(tmp_path / name), "--into", str(into))
        assert (result.exit_code, result.stderr) == (0, "")
        return lambda *arguments: run("--curriculum", str(into), *arguments)

    return go


def assert_sound(opened, topics, edges):
    """The new curriculum has no errors and this much in it."""
    report = json.loads(opened("lint", "--json").stdout)
    assert (report["errors"], report["topics"], report["edges"]) == ([], topics, edges)


def order(opened, target):
    """The titles of a gap, in order."""
    skills = json.loads(opened("gap", target, "--json").stdout)["skills"]
    return list(dict.fromkeys(step["title"] for step in skills))


def test_edges_alone(imported):
    """A bare edge list becomes a curriculum in which the gap follows the edges."""
    opened = imported("metacademy", "edges.csv", EDGES)

    assert_sound(opened, topics=3, edges=2)
    assert order(opened, "galois-theory") == ["Set theory", "Group theory", "Galois theory"]


@pytest.mark.parametrize("given", ["edges.csv", "concepts.csv", "."])
def test_edges_with_concepts_beside(run, tmp_path, given):
    """The two files are found together, whichever of them or their folder is named."""
    (tmp_path / "edges.csv").write_text(EDGES)
    (tmp_path / "concepts.csv").write_text(CONCEPTS)

    run("import", "metacademy", str(tmp_path / given), "--into", str(tmp_path / "new"))

    found = json.loads(run("--curriculum", str(tmp_path / "new"), "show", "Group theory", "--json").stdout)
    assert found["hours"] == pytest.approx([2, 4])
    assert [r["skill"] for r in found["requires"]] == ["set-theory@use"]


def test_a_roadmap_list(imported):
    """A YAML list becomes topics under the area of their parent."""
    opened = imported("roadmap", "web.yaml", ROADMAP)

    assert_sound(opened, topics=3, edges=1)
    assert order(opened, "css") == ["HTML", "CSS"]
    assert json.loads(opened("show", "css", "--json").stdout)["summary"] == "Pages need a look."


def test_a_roadmap_drawing(imported):
    """A JSON drawing becomes its boxes and arrows."""
    opened = imported("roadmap", "web.json", json.dumps(DRAWING))

    assert_sound(opened, topics=2, edges=1)
    assert order(opened, "Learn CSS") == ["Learn HTML", "Learn CSS"]


def test_a_byte_order_mark_does_no_harm(imported):
    """Files saved by a spreadsheet begin with one."""
    assert_sound(imported("metacademy", "edges.csv", "\N{BYTE ORDER MARK}" + EDGES), topics=3, edges=2)


def test_what_was_left_out_is_told(run, tmp_path):
    """Every change to the map stands among the notes."""
    (tmp_path / "edges.csv").write_text(EDGES + "galois_theory,set_theory\n")

    text = run("import", "metacademy", str(tmp_path / "edges.csv"), "--into", str(tmp_path / "new")).stdout

    assert text.startswith("wrote 3 topics and 2 requirements to ")
    assert "a cycle (" in text


def test_without_into_the_folder_is_named_after_the_file(run, tmp_path, monkeypatch):
    """The default is a new folder in the present one."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "web.yaml").write_text(ROADMAP)

    run("import", "roadmap", "web.yaml")

    assert (tmp_path / "web-curriculum" / "curriculum.yaml").is_file()


@pytest.mark.parametrize("occupied", ["file", "folder", "same"])
def test_only_a_new_or_empty_folder_is_written(run, tmp_path, occupied):
    """Where something stands already, nothing is written, not even beside it."""
    (tmp_path / "edges.csv").write_text(EDGES)
    into = tmp_path / "new"
    match occupied:
        case "file":
            into.write_text("mine")
        case "folder":
            (into / "sub").mkdir(parents=True)
        case "same":
            run("import", "metacademy", str(tmp_path / "edges.csv"), "--into", str(into))
            (into / "curriculum.yaml").write_text("mine")
    before = {p: p.is_file() and p.read_bytes() for p in tmp_path.rglob("*")}

    result = run("import", "metacademy", str(tmp_path / "edges.csv"), "--into", str(into))

    assert result.exit_code == 1
    assert "nothing was written" in result.stderr
    assert {p: p.is_file() and p.read_bytes() for p in tmp_path.rglob("*")} == before


@pytest.mark.parametrize(
    ("kind", "files", "place"),
    [
        ("metacademy", {"edges.csv": "a,b\n"}, "edges.csv:1"),
        ("metacademy", {"edges.csv": "prerequisite,concept\na,b\nc\n"}, "edges.csv:3"),
        ("metacademy", {"edges.csv": EDGES, "concepts.csv": CONCEPTS + "x,X,soon\n"}, "concepts.csv:5"),
        ("metacademy", {"mine.csv": EDGES, "concepts.csv": "tag\nx\n"}, "concepts.csv:1"),
        ("metacademy", {"concepts.csv": CONCEPTS}, "edges.csv"),
        ("metacademy", {"edges.csv": "prerequisite,concept\n"}, "edges.csv"),
        ("roadmap", {"a.yaml": "topics:\n  - id: a\n   askew: b\n"}, "a.yaml:3"),
        ("roadmap", {"a.yaml": "topics:\n  - id: a\n  - title: no id\n"}, "a.yaml:3"),
        ("roadmap", {"a.json": '{"topics": [\n  {"id": "a"},\n}'}, "a.json:3"),
        ("roadmap", {"a.json": '{"nodes": [\n  {"label": "no id"}\n]}'}, "a.json:2"),
        ("roadmap", {"a.yaml": "something: else\n"}, "a.yaml:1"),
        ("roadmap", {"a.yaml": "topics: []\n"}, "a.yaml"),
        ("roadmap", {"a.yaml": b"\xff\xfe\x00"}, "a.yaml"),
        ("metacademy", {"edges.csv": b"prerequisite,concept\n\xff,b\n"}, "edges.csv"),
    ],
)
def test_a_malformed_file_is_placed_and_writes_nothing(run, tmp_path, kind, files, place):
    """The error names the file, the line where there is one, and what to do; no folder is made."""
    for name, content in files.items():
        (tmp_path / name).write_bytes(content if isinstance(content, bytes) else content.encode())

    result = run("import", kind, str(tmp_path / next(iter(files))), "--into", str(tmp_path / "new"))

    assert result.exit_code == 1
    first, second = result.stderr.splitlines()
    assert first.startswith("cairn: ")
    assert f"{tmp_path / place}" in first
    assert second.startswith("       ")
    assert second.endswith("nothing was written")
    assert sorted(p.name for p in tmp_path.iterdir()) == sorted(files)


def test_a_folder_is_no_roadmap(run, tmp_path):
    """A roadmap is one file."""
    result = run("import", "roadmap", str(tmp_path), "--into", str(tmp_path / "new"))

    assert result.exit_code == 1
    assert "cannot be read" in result.stderr


def test_a_huge_file_is_refused_unread(run, tmp_path):
    """More than 50 MB is hardly a map."""
    with (tmp_path / "edges.csv").open("wb") as file:
        file.truncate(50_000_001)

    result = run("import", "metacademy", str(tmp_path / "edges.csv"), "--into", str(tmp_path / "new"))

    assert "larger than 50 MB" in result.stderr
    assert not (tmp_path / "new").exists()
