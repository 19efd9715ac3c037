"""The playgrounds that Cairn ships: sound at every end, quick, and each with something to read."""

from __future__ import annotations

import pytest

from cairn.app import App
from cairn.settings import Settings
from cairn.study.playing import audit_playgrounds, playgrounds
from tests.conftest import REAL


@pytest.fixture(scope="module")
def app(tmp_path_factory):
    """The shipped curriculum with nothing kept."""
    made = App(Settings(curriculum=REAL, data=tmp_path_factory.mktemp("data"), database_url="sqlite://"))
    yield made
    made.close()


def test_the_linter_is_silent(app):
    """Each is shown at its defaults and at both ends of each control, within 100 ms, and its sources resolve."""
    found = audit_playgrounds(app.atlas, app.stage)

    assert [str(p) for p in found.problems] == []
    assert found.total >= 10


def test_hostile_input_gets_a_sentence(app):
    """Long, empty and odd texts and numbers beyond all bounds give a scene, a sentence, or both."""
    hostile = [
        "",
        "nan",
        "-inf",
        "1e999",
        "9" * 400,
        "x" * 5000,
        "\x00\ud7ff\uffff",
        "<script>",
        "🙂" * 200,
        "'; --",
        "1e-999",
    ]
    for _, spec in playgrounds(app.atlas, app.stage).values():
        for text in hostile:
            shown = app.stage.show(spec, {"shown": "1"} | {c.name: text for c in spec.controls})
            assert shown.scene is not None or shown.refused
