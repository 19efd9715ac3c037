"""The example that authors are given is a playground that the linter accepts."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from tests.conftest import REAL
from tests.playgrounds.conftest import FOLDER

DOCS = Path(__file__).parents[2] / "docs" / "authoring.md"


def test_the_example_is_sound(stage, write, tmp_path):
    """Copied from the page into a topic's folder it is shown, uses the exercise it names, and has no problem."""
    section = DOCS.read_text(encoding="utf-8").partition("## A playground")[2]
    code = re.search(r"```python\n(.*?)```", section, re.DOTALL)[1]
    exercise = "exercises/softmax-from-scratch"
    shutil.copytree(REAL / exercise, tmp_path / exercise)
    write("")
    (tmp_path / FOLDER / "playground.py").write_text(code, encoding="utf-8")
    (spec,) = stage.of(FOLDER)

    assert stage.examine(FOLDER) == ()
    assert spec.exercises == ("softmax-from-scratch",)
    assert stage.show(spec, {"temperature": "5", "best": "-3"}).scene.says == "The largest share is 45%."
