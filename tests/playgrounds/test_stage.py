"""The stage: scenes for a reader, and what the linter finds."""

from __future__ import annotations

import pytest

from cairn.claims.process import RunError
from tests.playgrounds.conftest import FOLDER, SIMPLE


def codes(stage):
    """The codes of what is wrong."""
    return [f.code for f in stage.examine(FOLDER)]


def test_a_form_is_answered(stage, write):
    """Named controls are read, others keep their default; a tick that a sent form lacks is off."""
    write(SIMPLE)
    (spec,) = stage.of(FOLDER)

    assert stage.show(spec).scene.says == "The number is 2!"
    assert stage.show(spec, {"n": "4"}).scene.says == "The number is 4!"
    assert stage.show(spec, {"n": "4", "shown": "1"}).scene.says == "The number is 4."


def test_a_wrong_value_keeps_the_default(stage, write):
    """What is no value is said beside the scene of the default."""
    write(SIMPLE)
    (spec,) = stage.of(FOLDER)
    shown = stage.show(spec, {"n": "nan"})

    assert shown.scene.says == "The number is 2!"
    assert shown.errors == {"n": "n is a whole number from 1 to 5"}


def test_a_refusal_reaches_the_reader(stage, write):
    """A playground may say what to type instead of showing something."""
    write("""
        @playground("words", "Words", "Count the words of a text here.")
        def words(text: Annotated[str, Text(9)] = "a b") -> Scene:
            if not text.strip():
                raise Refused("Type a word.")
            return Scene(f"{len(text.split())} words", table(text))
    """)
    (spec,) = stage.of(FOLDER)

    assert stage.show(spec, {"text": " "}).refused == "Type a word."
    assert codes(stage) == []


def test_an_endless_scene_is_stopped(stage, write, monkeypatch):
    """A loop without end costs the reader a sentence, and the next scene is shown."""
    monkeypatch.setattr("cairn.playgrounds.stage.SHOW_S", 1.5)
    write("""
        @playground("slow", "Slow", "Wait for something that never comes.")
        def slow(n: Annotated[int, Slider(0, 1)] = 0) -> Scene:
            while n:
                pass
            return Scene("Done.", table())
    """)
    (spec,) = stage.of(FOLDER)
    with pytest.raises(RunError, match="stopped"):
        stage.show(spec, {"n": "1"})

    assert stage.show(spec, {"n": "0"}).scene.says == "Done."


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("return 1 / (n - 5) and Scene('x', table())", "raises"),
        ("return Scene('', table())", "raises"),
        ("return Scene('Only words.', [Note('no picture')])", "raises"),
        ("return Scene('x', [Grid('g', [[1.0]], [['1']], 'short')])", "raises"),
        ("return Scene('x', [Plot('x', 'y', [Line('', [0, 1], [0, 1])], 'line')])", "raises"),
        ("return 'text'", "raises"),
        ("sum(i * i for i in range(6_000_000 if n == 5 else 1)); return Scene('x', table())", "slow"),
        ("raise Refused('never')", "refused"),
    ],
)
def test_the_linter_finds_it(stage, write, body, code):
    """What fails at an end of a control, has no alternative for the eye, or takes over 100 ms is an error."""
    write(f"""
        @playground("broken", "Broken", "See what the linter says about it.")
        def broken(n: Annotated[int, Slider(1, 5)] = 2) -> Scene:
            {body}
    """)
    found = stage.examine(FOLDER)

    assert {f.code for f in found} == {code}
    assert all(f.line for f in found)


def test_a_file_that_cannot_be_loaded_is_an_error(stage, write):
    """It shows nothing, and the linter names the line."""
    write("x = 1 / 0")

    assert stage.of(FOLDER) == ()
    assert [(f.code, f.line > 0) for f in stage.examine(FOLDER)] == [("load", True)]


def test_what_was_found_is_kept_until_a_file_changes(stage, write, tmp_path):
    """A second look reads the record; another text, or another file that it uses, makes a new one."""
    (tmp_path / "numbers.txt").write_text("3")
    body = """
        N = int(read("numbers.txt"))
        @playground("kept", "Kept", "Show the number that the file holds.")
        def kept(n: Annotated[int, Slider(1, 5)] = 2) -> Scene:
            return Scene(f"{6 // N}", table())
    """
    write(body)
    assert codes(stage) == []
    stage._process.close()
    assert codes(stage) == []
    assert stage._process._process is None

    (tmp_path / "numbers.txt").write_text("0")
    assert codes(stage) == ["raises"] * 5


def test_an_author_sees_the_new_text(stage, write):
    """After `forget` the file is read anew."""
    write(SIMPLE)
    stage.show(stage.of(FOLDER)[0])
    write(SIMPLE.replace("The number", "This"))
    stage.forget()

    assert stage.show(stage.of(FOLDER)[0]).scene.says == "This is 2!"
