"""The graders beside us: how each is installed, given the same questions, and run once.

otter-grader and nbgrader bring a hundred packages each, so they live in environments of their own under a cache
folder (`CAIRN_BENCH_CACHE`, else the user's cache), made when they are first needed.
"""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
import subprocess
import sys
import venv
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from platformdirs import user_cache_path

from cairn.judge import Exercise

SECONDS = 300
ENVIRONMENTS = {"otter-grader": ("otter-grader", "ipykernel", "numpy"), "nbgrader": ("nbgrader", "numpy")}
_ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")

NUMPY = """
import numpy as np

rng = np.random.default_rng(0)
CASES = [rng.normal(size=tuple(rng.integers(1, 6, size=d))) for d in (1, 2, 3) * 5] + [np.zeros((1, 1))]

def right(x):
    e = np.exp(x - x.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)

def test_rows():
    for x in CASES: np.testing.assert_allclose(softmax(x).sum(axis=-1), 1)
def test_values():
    for x in CASES: np.testing.assert_allclose(softmax(x), right(x))
def test_logsumexp():
    for x in CASES: np.testing.assert_allclose(logsumexp(x), np.log(np.exp(x).sum(axis=-1)))
def test_alone():
    x = rng.normal(size=(4, 3))
    for row in x: np.testing.assert_allclose(softmax(x)[[0]], softmax(x[[0]]))
def test_order():
    x = rng.normal(size=(2, 4))
    np.testing.assert_allclose(softmax(x[:, ::-1]), softmax(x)[:, ::-1])
def test_dtype():
    assert softmax(np.ones((2, 3), dtype=np.float32)).dtype == np.float32
def test_untouched():
    x = rng.normal(size=(3, 4)); y = x.copy(); softmax(x)
    np.testing.assert_array_equal(x, y)
def test_large():
    for m in (1, 10, 100, 1000, 1e4): np.testing.assert_allclose(softmax(CASES[1] * m), right(CASES[1] * m))
def test_large_logsumexp():
    for m in (1, 10, 100, 1000, 1e4): assert np.isfinite(logsumexp(CASES[1] * m)).all()
def test_names():
    assert "scipy" not in softmax.__code__.co_names + logsumexp.__code__.co_names
"""

TORCH = """
import torch

torch.manual_seed(0)
CASES = [(torch.randn(d, k), torch.randn(n, d), torch.randint(0, k, (n,)))
         for n in (1, 2, 5) for d in (1, 3) for k in (2, 4)]
CASES = [(W.double(), x.double(), y) for W, x, y in CASES]

def right(W, x, y):
    return torch.nn.functional.cross_entropy(x @ W, y)

def test_loss():
    for case in CASES: torch.testing.assert_close(cross_entropy(*case), right(*case))
def test_scalar():
    assert cross_entropy(*CASES[-1]).shape == ()
def test_differences():
    W, x, y = CASES[-1]
    g = gradients(W, x, y)
    for i in range(W.shape[0]):
        for j in range(W.shape[1]):
            step = torch.zeros_like(W); step[i, j] = 1e-5
            slope = (right(W + step, x, y) - right(W - step, x, y)) / 2e-5
            torch.testing.assert_close(g[i, j], slope, rtol=1e-4, atol=1e-6)
def test_autograd():
    for W, x, y in CASES:
        W = W.clone().requires_grad_(); right(W, x, y).backward()
        torch.testing.assert_close(gradients(W.detach(), x, y), W.grad)
def test_dtype():
    W, x, y = CASES[0]
    assert gradients(W.float(), x.float(), y).dtype == torch.float32
def test_parameters():
    assert sum(p.numel() for p in Classifier(3, 4).parameters()) == 12
def test_steps():
    W, x, y = CASES[-1]
    model = Classifier(x.shape[1], 4)
    losses = [step(model, x, y, 0.5) for _ in range(3)]
    assert losses[2] < losses[0]
def test_untouched():
    W, x, y = CASES[-1]; before = W.clone(); gradients(W, x, y)
    assert torch.equal(W, before)
def test_large():
    for m in (1, 5, 10, 30):
        W, x, y = CASES[-1]
        assert torch.isfinite(cross_entropy(m * W, m * x, y))
def test_names():
    assert "functional" not in cross_entropy.__code__.co_names
"""

RUN = """
def run():
    for name, test in list(globals().items()):
        if name.startswith("test_"): test()
    return True
"""


@dataclass(frozen=True)
class Peer:
    """A grader that is ready to run.

    Attributes:
        name: as the table shows it.
        once: judges the right submission once, cold, as its own command does.
    """

    name: str
    once: Callable[[], object]


def peers(exercise: Exercise, folder: Path, *, notebooks: bool) -> tuple[list[Peer], list[str]]:
    """The graders that can be had here, and for each other one why not.

    Args:
        exercise: its solution is what they judge.
        folder: an empty one, for their files.
        notebooks: whether otter-grader and nbgrader are to be among them.
    """
    names = ", ".join(exercise.sheet.entry)
    tests = TORCH if exercise.runtime == "torch" else NUMPY
    (folder / "solution.py").write_text(exercise.solution, encoding="utf-8")
    (folder / "test_it.py").write_text(f"from solution import {names}\n{tests}", encoding="utf-8")
    main = f"{tests}{RUN}\nif __name__ == '__main__':\n    run()\n"
    (folder / "cold.py").write_text(f"from solution import {names}\n{main}", encoding="utf-8")
    found, missing = [Peer("cold process", _command([sys.executable, "cold.py"], folder))], []
    if importlib.util.find_spec("pytest") is not None:
        command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "test_it.py"]
        found.append(Peer("pytest", _command(command, folder)))
    else:
        missing.append("pytest: not installed")
    for name, make in (("otter-grader", _otter), ("nbgrader", _nbgrader)) if notebooks else ():
        try:
            found.append(Peer(name, make(exercise, folder / name, _environment(name))))
        except (OSError, subprocess.SubprocessError, RuntimeError) as error:
            missing.append(f"{name}: {str(error).strip().splitlines()[-1][:160]}")
    return found, missing


def _command(command: list[str], folder: Path, path: Path | None = None) -> Callable[[], str]:
    home = {"PATH": f"{path}{os.pathsep}{os.environ.get('PATH', '')}"} if path else {}

    def once() -> str:
        done = subprocess.run(
            command, cwd=folder, capture_output=True, text=True, timeout=SECONDS, check=False,
            env={**os.environ, **_ONE_THREAD, **home},
        )  # fmt: skip
        if done.returncode:
            raise RuntimeError(f"{command[0]} failed: {(done.stderr or done.stdout).strip()[-600:]}")
        return done.stdout + done.stderr

    return once


def _environment(name: str) -> Path:
    """The programs of a peer's own environment; makes it where it is not there yet."""
    cache = Path(os.environ.get("CAIRN_BENCH_CACHE") or user_cache_path("cairn") / "bench")
    home = cache / name
    programs = home / ("Scripts" if os.name == "nt" else "bin")
    done = home / "installed"
    if not done.exists():
        print(f"installing {name} into {home} (once) ...", file=sys.stderr, flush=True)
        shutil.rmtree(home, ignore_errors=True)
        venv.create(home, with_pip=True)
        pip = [str(programs / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        ran = subprocess.run([*pip, *ENVIRONMENTS[name]], capture_output=True, text=True, check=False)
        if ran.returncode:
            raise RuntimeError(f"could not be installed: {ran.stderr.strip()}")
        done.touch()
    return programs


def _module(exercise: Exercise, folder: Path) -> None:
    """The questions as a module that is handed the functions."""
    folder.mkdir(parents=True, exist_ok=True)
    tests = TORCH if exercise.runtime == "torch" else NUMPY
    lend = (
        f"def judge({', '.join(exercise.sheet.entry)}):\n    globals().update(locals())\n    return run()\n"
    )
    (folder / "questions.py").write_text(f"{tests}{RUN}\n{lend}", encoding="utf-8")


def _otter(exercise: Exercise, folder: Path, programs: Path) -> Callable[[], str]:
    """`otter check` of one question."""
    _module(exercise, folder)
    (folder / "tests").mkdir(exist_ok=True)
    (folder / "solution.py").write_text(exercise.solution, encoding="utf-8")
    code = f">>> import questions\n>>> questions.judge({', '.join(exercise.sheet.entry)})\nTrue"
    case = {"code": code, "hidden": False, "locked": False}
    suite = {"cases": [case], "scored": True, "setup": "", "teardown": "", "type": "doctest"}
    test = {"name": "q1", "points": 1, "suites": [suite]}
    (folder / "tests" / "q1.py").write_text(f"OK_FORMAT = True\ntest = {test!r}\n", encoding="utf-8")
    command = [str(programs / "otter"), "check", "solution.py", "-t", "tests", "-q", "q1"]
    once = _command(command, folder, programs)
    said = once()
    if "All tests passed" not in said:
        raise RuntimeError(f"did not pass the reference: {said.strip()[-200:]}")
    return once


def _nbgrader(exercise: Exercise, folder: Path, programs: Path) -> Callable[[], str]:
    """`nbgrader autograde` of one notebook."""
    for place in (folder / "source/ps1", folder / "submitted/ann/ps1"):
        _module(exercise, place)
        (place / "it.ipynb").write_text(json.dumps(_notebook(exercise)), encoding="utf-8")
    (folder / "nbgrader_config.py").write_text("c = get_config()\nc.CourseDirectory.course_id = 'bench'\n")
    program = str(programs / "nbgrader")
    _command([program, "generate_assignment", "ps1", "--force"], folder, programs)()
    once = _command([program, "autograde", "ps1", "--force"], folder, programs)
    once()
    graded = json.loads((folder / "autograded/ann/ps1/it.ipynb").read_text(encoding="utf-8"))
    if any(o["output_type"] == "error" for cell in graded["cells"] for o in cell.get("outputs", ())):
        raise RuntimeError("did not pass the reference")
    return once


def _notebook(exercise: Exercise) -> dict[str, object]:
    """A notebook with the solution and one graded cell."""
    question = f"import questions\nassert questions.judge({', '.join(exercise.sheet.entry)})"
    plain = {"schema_version": 3, "locked": False, "solution": False, "grade": False, "task": False}
    cells = [
        {**plain, "grade_id": "code", "solution": True, "source": exercise.solution},
        {**plain, "grade_id": "tests", "grade": True, "locked": True, "points": 10, "source": question},
    ]
    return {
        "nbformat": 4,
        "nbformat_minor": 5,
        "metadata": {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}},
        "cells": [
            {
                "cell_type": "code", "id": str(cell["grade_id"]), "execution_count": None, "outputs": [],
                "source": cell.pop("source"), "metadata": {"nbgrader": cell},
            }
            for cell in cells
        ],
    }  # fmt: skip
