"""`import cairn`: everything that others may rely on, from one place."""

from __future__ import annotations

import ast
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import pytest

import cairn
from tests.conftest import MINI


@pytest.mark.parametrize("name", cairn.__all__)
def test_every_public_name_is_there(name):
    """And is documented, for it is a promise."""
    assert getattr(cairn, name).__doc__


def test_the_public_names_are_those_type_checkers_see():
    """What is imported for the checker is what is handed out when running."""
    tree = ast.parse(Path(cairn.__file__).read_text(encoding="utf-8"))
    imported = {a.name for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) for a in node.names}

    assert set(cairn.__all__) == imported - {"annotations", "import_module", "TYPE_CHECKING", "Any"}


def test_an_unknown_name_is_an_attribute_error():
    """As of any module."""
    with pytest.raises(AttributeError, match="module 'cairn' has no attribute 'atlantis'"):
        cairn.atlantis  # noqa: B018


def test_the_version_is_that_of_the_package():
    """Said once in the code and once in the package's metadata, and the same."""
    assert cairn.__version__ == version("cairn-ml")


def test_importing_cairn_imports_nothing_heavy():
    """Names are fetched when first used."""
    code = (
        "import sys, cairn; print(sorted({'pydantic', 'sqlalchemy', 'starlette', 'yaml'} & set(sys.modules)))"
    )

    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)

    assert shown.stdout.strip() == "[]"


def test_the_example_in_the_docstring_runs(monkeypatch, capsys):
    """It prints one line for each step, in learning order, with hours and a reason."""
    monkeypatch.delenv("CAIRN_CURRICULUM", raising=False)
    lines = [line[4:] for line in cairn.__doc__.splitlines() if line.startswith("    ")]

    exec("\n".join(lines), {})  # the example is our own

    printed = capsys.readouterr().out.splitlines()
    assert len(printed) > 3
    assert printed[-1].split()[0].endswith("attention@use")
    assert printed[-1].endswith("This is the goal.")
    assert not any(line.startswith("matrix-multiplication@use") for line in printed)


def test_a_curriculum_is_loaded_from_any_folder(tmp_path):
    """By path or by text; a folder that is not there is an error."""
    assert cairn.load(MINI).curriculum.title == cairn.load(str(MINI)).curriculum.title == "Miniature"
    with pytest.raises(FileNotFoundError):
        cairn.load(tmp_path / "nowhere")


def test_the_environment_names_the_curriculum(monkeypatch):
    """Where no folder is given."""
    monkeypatch.setenv("CAIRN_CURRICULUM", str(MINI))

    assert cairn.load().curriculum.title == "Miniature"


def test_the_gap_is_made_of_public_things(mini):
    """What comes back can be named in annotations."""
    gap = mini.gap("short")

    assert isinstance(gap, cairn.Gap)
    assert all(isinstance(step, cairn.Step) and isinstance(step.skill, cairn.Skill) for step in gap.steps)
    assert all(isinstance(skip, cairn.Skip) for skip in gap.skipped)
    assert isinstance(gap.targets[0], cairn.Target)
    assert isinstance(gap.targets[0].entry, cairn.Entry)
