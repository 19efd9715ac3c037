"""The folder on disk: everything that is content is read, everything else is named and left alone."""

from __future__ import annotations

import os
import tempfile
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest

from cairn.app import load
from cairn.store import tree
from cairn.store.tree import read_tree, write_new
from tests.conftest import MINI

NOBODY = 65534


@pytest.fixture
def ordinary_user() -> Iterator[Path]:
    """A folder of somebody who is not root, since nothing is unreadable to root."""
    with tempfile.TemporaryDirectory() as name:
        if os.geteuid() != 0:
            yield Path(name)
            return
        os.chown(name, NOBODY, NOBODY)
        os.seteuid(NOBODY)
        try:
            yield Path(name)
        finally:
            os.seteuid(0)


def codes(problems):
    """The kind of each problem, by file."""
    return {p.file: p.code for p in problems}


def test_files_are_named_by_their_path_below_the_folder(tmp_path):
    """Names use `/` and begin below the folder, whatever its own name."""
    (tmp_path / "a" / "b").mkdir(parents=True)
    (tmp_path / "a" / "b" / "c.md").write_bytes(b"\xffraw")
    (tmp_path / "top.yaml").write_bytes(b"")

    assert read_tree(tmp_path) == ({"a/b/c.md": b"\xffraw", "top.yaml": b""}, [])


def test_the_miniature_curriculum_is_read_whole(mini_files):
    """A sound folder gives every file and no problem."""
    assert read_tree(MINI) == (mini_files, [])


def test_hidden_files_and_caches_are_passed_over(tmp_path):
    """What begins with a dot, and what tools leave behind, is no content and no problem."""
    for name in (".git/config", ".hidden.md", "topics/.DS_Store", "__pycache__/a.pyc", "node_modules/x/y.js"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()

    assert read_tree(tmp_path) == ({}, [])


def test_links_are_refused(tmp_path):
    """A link to a file or folder, inside or outside, whole or broken, is a problem and is not followed."""
    outside = tmp_path / "secret"
    outside.mkdir()
    (outside / "key").write_text("private")
    inside = tmp_path / "curriculum"
    inside.mkdir()
    (inside / "real.md").write_text("text")
    targets = {
        "file.md": outside / "key",
        "folder": outside,
        "near.md": inside / "real.md",
        "gone": "nowhere",
    }
    for name, target in targets.items():
        (inside / name).symlink_to(target)

    files, problems = read_tree(inside)

    assert files == {"real.md": b"text"}
    assert codes(problems) == dict.fromkeys(targets, "link")


def test_a_link_to_its_own_folder_ends(tmp_path):
    """A folder that links to itself is no endless curriculum."""
    (tmp_path / "loop").symlink_to(tmp_path)

    assert codes(read_tree(tmp_path)[1]) == {"loop": "link"}


def test_a_huge_file_is_refused_unread(tmp_path):
    """A file of 50 MB costs no memory: it is refused by its size before it is opened."""
    with (tmp_path / "huge.md").open("wb") as file:
        file.truncate(50_000_000)

    tracemalloc.start()
    files, problems = read_tree(tmp_path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert files == {}
    assert [(p.code, p.message) for p in problems] == [("too-large", "50.0 MB; the limit is 1 MB")]
    assert peak < 1_000_000


def test_the_limit_itself_is_allowed(tmp_path):
    """A file of exactly 1 MB is read; one byte more is refused."""
    (tmp_path / "fits.md").write_bytes(b"x" * tree.MAX_BYTES)
    (tmp_path / "over.md").write_bytes(b"x" * (tree.MAX_BYTES + 1))

    files, problems = read_tree(tmp_path)

    assert list(files) == ["fits.md"]
    assert codes(problems) == {"over.md": "too-large"}


def test_a_pipe_does_not_hang_the_reader(tmp_path):
    """Something that is neither file nor folder is refused without being opened."""
    os.mkfifo(tmp_path / "pipe.md")

    assert codes(read_tree(tmp_path)[1]) == {"pipe.md": "not-a-file"}


def test_what_may_not_be_read_is_a_problem(ordinary_user):
    """An unreadable file and an unreadable folder are named; the rest is read."""
    (ordinary_user / "closed.md").touch(mode=0)
    (ordinary_user / "closed").mkdir(mode=0)
    (ordinary_user / "open.md").write_text("text")

    files, problems = read_tree(ordinary_user)

    assert files == {"open.md": b"text"}
    assert codes(problems) == {"closed.md": "unreadable", "closed": "unreadable"}
    assert all("Permission denied" in p.message for p in problems)


def test_a_name_that_is_no_text_is_a_problem(tmp_path):
    """A file name that is not UTF-8 could not even be printed, so it is refused under a printable name."""
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/bad\xff.md")).touch()

    (problem,) = read_tree(tmp_path)[1]

    assert problem.code == "name"
    assert problem.file.encode("utf-8") == "bad\N{REPLACEMENT CHARACTER}.md".encode()


def test_too_many_files_stop_the_reading(tmp_path, monkeypatch):
    """A folder that is plainly no curriculum is given up after a number of files, with one problem."""
    monkeypatch.setattr(tree, "MAX_FILES", 3)
    for i in range(9):
        (tmp_path / f"{i}.md").touch()

    files, problems = read_tree(tmp_path)

    assert len(files) == 3
    assert [p.code for p in problems] == ["too-many"]


def test_a_missing_folder_raises(tmp_path):
    """There is nothing to serve without a folder, so that is an exception and not a finding."""
    with pytest.raises(FileNotFoundError):
        read_tree(tmp_path / "nowhere")


def test_a_file_is_no_folder(tmp_path):
    """Naming a file where a folder belongs raises."""
    (tmp_path / "file").touch()

    with pytest.raises(NotADirectoryError):
        read_tree(tmp_path / "file")


def test_what_the_reader_finds_reaches_the_linter(tmp_path):
    """A refused file stands among the errors of the loaded curriculum; the rest of it serves."""
    (tmp_path / "curriculum.yaml").write_bytes((MINI / "curriculum.yaml").read_bytes())
    (tmp_path / "link.md").symlink_to("/etc/hosts")

    atlas = load(tmp_path)

    assert ("link.md", "link") in {(p.file, p.code) for p in atlas.lint().errors}
    assert atlas.curriculum.title == "Miniature"


def test_a_new_file_is_written_with_its_folders(tmp_path):
    """The text arrives as UTF-8 with plain line ends."""
    write_new(tmp_path / "a" / "b.md", "é\n")

    assert (tmp_path / "a" / "b.md").read_bytes() == b"\xc3\xa9\n"


@pytest.mark.parametrize("kind", ["file", "folder", "link", "broken link"])
def test_what_stands_there_is_never_overwritten(tmp_path, kind):
    """Whatever has the name already stays as it is."""
    place, other = tmp_path / "a.md", tmp_path / "other"
    match kind:
        case "file":
            place.write_text("old")
        case "folder":
            place.mkdir()
        case "link":
            other.write_text("old")
            place.symlink_to(other)
        case "broken link":
            place.symlink_to(other)
    before = {p.name: (p.is_symlink(), p.is_file() and p.read_text()) for p in tmp_path.iterdir()}

    with pytest.raises(FileExistsError):
        write_new(place, "new")

    assert {p.name: (p.is_symlink(), p.is_file() and p.read_text()) for p in tmp_path.iterdir()} == before
