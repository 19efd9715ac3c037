"""`dev.py`: what it sets up again and when, what it hands on, and what it says to an old Python."""

from __future__ import annotations

import ast
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

DEV = Path(__file__).parent.parent / "dev.py"
TREE = {
    "pyproject.toml": '[dependency-groups]\ntest = ["a-tool"]\n',
    "hatch_build.py": "pass\n",
    "README.md": "# Read me\n",
    "curriculum/curriculum.yaml": "format: 1\n",
    "curriculum/topics/a/b/topic.md": "$x$\n",
    "frontend/package.json": "{}\n",
    "frontend/src/style.css": "a {}\n",
    "frontend/node_modules/x/index.js": "1\n",
    "src/cairn/app.py": "pass\n",
    "bench/first.py": "pass\n",
    "bench/second.py": "pass\n",
    "bench/_shared.py": "pass\n",
}
RECORDER = '#!/bin/sh\necho "$@" >> "{log}"\nexit {code}\n'


@pytest.fixture
def tree(tmp_path):
    """A small project with a copy of dev.py in it."""
    for name, text in TREE.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text)
    return Path(shutil.copy(DEV, tmp_path / "dev.py")).parent


@pytest.fixture
def dev(tree):
    """The copy as a module."""
    spec = importlib.util.spec_from_file_location("dev_copy", tree / "dev.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def handed(tree, dev):
    """Run the copy in a project that is set up, with a Python that only notes what it is asked to run."""
    python = tree / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    for name in ("app", "test", "test-lint", "test-bench"):
        (tree / ".venv" / f".cairn-{name}").write_text(dev.fingerprint(assets=name == "app"))

    def go(*arguments, code=0):
        log = tree / "log"
        log.unlink(missing_ok=True)
        python.write_text(RECORDER.format(log=log, code=code))
        python.chmod(0o755)
        program = [sys.executable, str(tree / "dev.py"), *arguments]
        surroundings = {k: v for k, v in os.environ.items() if k != "CAIRN_REQUIRE_ALL"}
        done = subprocess.run(program, capture_output=True, text=True, check=False, env=surroundings)
        return done.returncode, log.read_text().splitlines(), done.stderr

    return go


def prints(dev):
    """The fingerprints without and with what is built while installing."""
    return dev.fingerprint(assets=False), dev.fingerprint(assets=True)


@pytest.mark.parametrize(
    ("name", "tools", "app"),
    [
        ("pyproject.toml", True, True),
        ("hatch_build.py", True, True),
        ("frontend/src/style.css", False, True),
        ("frontend/src/new.js", False, True),
        ("curriculum/topics/a/b/topic.md", False, True),
        ("curriculum/curriculum.yaml", False, False),
        ("frontend/node_modules/x/index.js", False, False),
        ("src/cairn/app.py", False, False),
        ("README.md", False, False),
        ("dev.py", False, False),
    ],
)
def test_only_what_is_built_in_is_set_up_again(tree, dev, name, tools, app):
    """A change to what an installation is made from changes its fingerprint; no other change does."""
    before = prints(dev)

    with (tree / name).open("a") as file:
        file.write("\n")

    after = prints(dev)
    assert [a != b for a, b in zip(before, after, strict=True)] == [tools, app]


def test_a_renamed_or_removed_source_counts(tree, dev):
    """The name of a source counts, not only its content."""
    found = [prints(dev)[1]]
    (tree / "frontend/src/style.css").rename(tree / "frontend/src/styles.css")
    found.append(prints(dev)[1])
    (tree / "frontend/src/styles.css").unlink()
    found.append(prints(dev)[1])

    assert len(set(found)) == 3


def test_asking_twice_gives_the_same(dev):
    """Nothing changed means nothing to do."""
    assert prints(dev) == prints(dev)


def test_a_moved_project_is_set_up_again(tree, dev, tmp_path_factory):
    """An environment does not survive a move, so the place counts."""
    elsewhere = tmp_path_factory.mktemp("elsewhere") / "tree"
    shutil.copytree(tree, elsewhere)
    spec = importlib.util.spec_from_file_location("dev_elsewhere", elsewhere / "dev.py")
    moved = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(moved)

    assert moved.fingerprint(assets=False) != dev.fingerprint(assets=False)


@pytest.mark.parametrize("version", [(2, 7, 18), (3, 8, 0), (3, 10, 14)])
def test_an_old_python_is_refused_in_a_line(tree, version):
    """The line names what is needed and what to type, and nothing is set up."""
    program = f"import sys; sys.version_info = {version}; import dev; sys.exit(dev.main(['up']))"
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=tree, capture_output=True, text=True, check=False
    )

    assert done.returncode == 1
    assert done.stdout == ""
    first, second = done.stderr.splitlines()
    assert first.startswith("Cairn needs Python 3.11 or newer; this is ")
    assert second.split() == ["python3.11", "dev.py", "up"]
    assert not (tree / ".venv").exists()


def test_an_old_python_can_read_the_file():
    """The refusal helps only where the file parses, so it is written in the Python of 2018."""
    assert ast.parse(DEV.read_text(), feature_version=(3, 7))


@pytest.mark.skipif(os.name == "nt", reason="the stand-in for Python is a shell script")
@pytest.mark.parametrize(
    ("arguments", "run"),
    [
        ([], ["-m cairn up"]),
        (["up", "--port", "0"], ["-m cairn up --port 0"]),
        (["gap", "attention", "--json"], ["-m cairn gap attention --json"]),
        (["frobnicate"], ["-m cairn frobnicate"]),
        (["test", "-q", "tests/cli"], ["-m pytest -q tests/cli"]),
    ],
)
def test_commands_are_handed_on(handed, arguments, run):
    """What is not dev.py's own goes to `cairn` as it is, with nothing installed on the way."""
    assert handed(*arguments) == (0, run, "")


@pytest.mark.skipif(os.name == "nt", reason="the stand-in for Python is a shell script")
def test_lint_runs_every_linter_and_bench_every_benchmark(handed, tree):
    """Style, types, architecture and content; and each benchmark but what they share."""
    linters = handed("lint")[1]
    benches = handed("bench", "--quick")[1]

    for word in ("ruff check", "ruff format", "mypy", "importlinter", "cairn lint --strict"):
        assert any(word in line for line in linters)
    assert benches == [f"{tree}/bench/first.py --quick", f"{tree}/bench/second.py --quick"]


@pytest.mark.skipif(os.name == "nt", reason="the stand-in for Python is a shell script")
def test_the_exit_code_is_handed_back(handed):
    """A failing command fails here too, and stops what would have come after it."""
    assert handed("gap", "nothing", code=7) == (7, ["-m cairn gap nothing"], "")
    code, ran, _ = handed("lint", code=3)
    assert (code, len(ran)) == (3, 1)


def test_the_tools_are_those_of_pyproject(dev):
    """What is installed for the tests is the dependency group of that name."""
    assert dev.requirements("test") == ["a-tool"]
