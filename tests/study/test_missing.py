"""A reader's note as a patch: it applies, it adds one quotation, and nothing a reader types can break it."""

from __future__ import annotations

import subprocess

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cairn.study.missing import stub


def text_of(atlas, topic):
    """The whole file of a topic."""
    return atlas.loaded.texts[topic.file].text


def apply(folder, topic, text, patch):
    """The file after `git apply`, or what git said."""
    file = folder / "curriculum" / topic.file
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8", newline="")
    run = subprocess.run(
        ["git", "apply", "-"], cwd=folder, input=patch.encode(), capture_output=True, check=False
    )
    assert run.returncode == 0, run.stderr.decode()
    return file.read_text(encoding="utf-8")


@pytest.mark.parametrize("section", ["Why", "Failure modes", "no such section"])
def test_the_patch_applies(mini, tmp_path, section):
    """Git accepts the patch, and the words stand at the end of the section that was named, or of the page."""
    topic = mini.curriculum.topics["slope"]
    before = text_of(mini, topic)
    after = apply(tmp_path, topic, before, stub(topic, before, section, "Why not\n\nthe other way?"))

    assert "> **Something is missing here.**\n> Why not\n>\n> the other way?" in after
    assert len(after) > len(before)
    if section == "Why":
        assert after.index("Something is missing") < after.index("## Intuition")


@settings(max_examples=40)
@given(said=st.text(max_size=300), section=st.sampled_from(["Why", "Statement", ""]))
def test_anything_said_becomes_a_quotation(mini, tmp_path_factory, said, section):
    """Whatever a reader types, every added line is empty or begins as a quotation, and the patch applies."""
    topic = mini.curriculum.topics["slope"]
    before = text_of(mini, topic)
    patch = stub(topic, before, section, said)
    if not patch:
        return
    added = [line[1:] for line in patch.split("\n")[3:] if line.startswith("+")]

    assert all(line == "" or line.startswith(">") for line in added)
    apply(tmp_path_factory.mktemp("tree"), topic, before, patch)


def test_nothing_said_is_no_patch(mini):
    """Blank words make no patch."""
    topic = mini.curriculum.topics["slope"]

    assert stub(topic, text_of(mini, topic), "Why", " \n\t ") == ""
