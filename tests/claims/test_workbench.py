"""The workbench: what is kept, what is run again, and what happens to a check that never ends."""

from __future__ import annotations

import os
import time

import pytest

from cairn.claims import workbench as module
from cairn.claims.outcome import Verdict
from cairn.claims.workbench import RunError, Workbench

FOLDER = "topics/area/topic"
CLAIM = """
    import pathlib
    pathlib.Path(__file__).with_name("runs.txt").open("a").write("x")

    @claim("true", "A true thing is true")
    def true(rng, n: Annotated[int, Range(1, 9)] = 1):
        return outcome(at_most("n", n, 9), figure("draw", rng.uniform()))
"""


def runs(tmp_path):
    """How often `claims.py` was loaded."""
    return len((tmp_path / FOLDER / "runs.txt").read_text())


def test_a_record_is_made_once(workbench, write, tmp_path):
    """The second look, and a second workbench on the same cache, take the kept record."""
    write(CLAIM)
    first = workbench.record(FOLDER)
    again = workbench.record(FOLDER)
    later = Workbench(tmp_path, tmp_path / "cache").record(FOLDER)

    assert first == again == later
    assert first.checks[0].verified
    assert runs(tmp_path) == 1


def test_a_changed_file_is_run_again(workbench, write):
    """A record belongs to one text."""
    write(CLAIM)
    assert workbench.record(FOLDER).checks[0].verified
    write(CLAIM.replace("n, 9", "n, 0"))

    assert not workbench.record(FOLDER).checks[0].verified


def test_a_changed_dependency_is_noticed(workbench, write, tmp_path):
    """A record belongs to the files that the checks use, too."""
    code = tmp_path / "code.py"
    code.write_text("x = 1\n")
    write("""
        code = use("code.py")
        @claim("one", "The number is one")
        def one(rng):
            return outcome(equal("x", code.x, 1))
    """)
    assert workbench.record(FOLDER).checks[0].verified
    code.write_text("x = 2\n")
    workbench.forget()

    assert not workbench.record(FOLDER).checks[0].verified


@pytest.mark.parametrize("content", ["", "{", '{"engine": 1}', "[]"])
def test_a_damaged_record_is_made_anew(workbench, write, tmp_path, content):
    """A cache that was cut off or altered costs a run, nothing else."""
    write(CLAIM)
    workbench.record(FOLDER)
    for file in (tmp_path / "cache").iterdir():
        file.write_text(content)

    assert Workbench(tmp_path, tmp_path / "cache").record(FOLDER).checks[0].verified


def test_a_cache_that_cannot_be_written_costs_only_time(write, tmp_path):
    """Where no record can be kept, pages are still checked."""
    (tmp_path / "file").write_text("in the way")
    write(CLAIM)
    bench = Workbench(tmp_path, tmp_path / "file" / "cache")

    assert bench.record(FOLDER).checks[0].verified
    bench.close()


def test_a_reader_runs_with_a_seed_and_a_parameter(workbench, write):
    """Seed and parameter reach the check."""
    write(CLAIM)
    one, two = (workbench.run(FOLDER, "true", seed, {"n": 7}) for seed in (1, 2))

    assert one.figures[0].value == 7
    assert one.figures[1].value != two.figures[1].value
    assert one.verdict is Verdict.HOLDS


def test_an_endless_check_is_ended(workbench, write, monkeypatch):
    """A check that never ends costs its time limit, says so, and the next one runs."""
    write("""
        @claim("endless", "It goes on and on")
        def endless(rng, stop: bool = True):
            while not stop: pass
            return outcome(that("x", True))
    """)
    workbench.run(FOLDER, "endless", 0, {"stop": True})  # starting the process takes its time, too
    start = time.monotonic()
    monkeypatch.setattr(module, "RUN_S", 0.5)
    with pytest.raises(RunError, match=r"stopped after 0\.5 s"):
        workbench.run(FOLDER, "endless", 0, {"stop": False})

    assert time.monotonic() - start < 8
    monkeypatch.undo()
    assert workbench.run(FOLDER, "endless", 0, {"stop": True}).verdict is Verdict.HOLDS


def test_a_check_that_kills_its_process_is_survived(workbench, write):
    """The process that runs checks may die; the server does not, and starts another."""
    write("""
        import os
        @claim("dies", "It ends the process")
        def dies(rng, die: bool = False):
            if die: os._exit(3)
            return outcome(that("x", True))
    """)
    with pytest.raises(RunError, match="ended"):
        workbench.run(FOLDER, "dies", 0, {"die": True})

    assert workbench.run(FOLDER, "dies", 0, {}).verdict is Verdict.HOLDS


def test_printing_does_not_disturb(workbench, write):
    """What a check prints never gets between the answers."""
    write(
        '@claim("loud", "It prints a line")\ndef loud(rng):\n    print("{}"); return outcome(that("x", True))'
    )

    assert workbench.run(FOLDER, "loud", 0, {}).verdict is Verdict.HOLDS


def test_the_process_ends_with_its_workbench(workbench, write):
    """Nothing is left behind."""
    write(CLAIM)
    workbench.run(FOLDER, "true", 0, {})
    process = workbench._process._process
    workbench.close()

    assert process.poll() is not None
    with pytest.raises(ProcessLookupError):
        os.kill(process.pid, 0)


def test_a_topic_without_checks_has_an_empty_record(workbench):
    """Most topics have none, and nothing is started for them."""
    assert workbench.record("topics/area/none").checks == ()
    assert workbench._process._process is None
