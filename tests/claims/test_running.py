"""Loading `claims.py` and running it: what is verified, and what an author is told."""

from __future__ import annotations

import json

import pytest

from cairn.claims import running
from cairn.claims.running import CheckError, examine, load, run

SOUND = """
    @claim("mean-zero", "The mean of many signs is near 0", assumes="fair signs")
    def mean_zero(rng, n: Annotated[int, Range(10, 1000)] = 100):
        return outcome(equal("mean", rng.choice([-1, 1], size=n).mean(), 0, tolerance=6 / np.sqrt(n)))

    @failure("unfair", "Signs that lean have another mean", of="mean-zero", without="fair signs")
    def unfair(rng, lean: Annotated[float, Range(0, 1)] = 1.0):
        signs = np.where(rng.uniform(size=100) < lean, 1, rng.choice([-1, 1], size=100))
        return outcome(equal("mean", signs.mean(), 0, tolerance=0.6))
"""


def problems(file):
    """Code and line of everything found wrong."""
    return [(p["code"], p["line"]) for p in examine(file)["problems"]]


def line_of(file, text):
    """The line of a text in a file."""
    return next(i for i, line in enumerate(file.read_text().split("\n"), 1) if text in line)


def test_sound_checks_are_verified(write):
    """A claim that holds and a failure mode that breaks are both verified, with three seeds and nothing said."""
    record = examine(write(SOUND))

    assert record["problems"] == []
    assert [(c["id"], c["verified"], len(c["runs"])) for c in record["checks"]] == [
        ("mean-zero", True, 3),
        ("unfair", True, 3),
    ]
    assert json.loads(json.dumps(record)) == record


def test_a_seed_gives_the_same_run(write):
    """The generator is the only source of chance: the same seed finds the same figures, another seed others."""
    check = load(write(SOUND)).checks["mean-zero"]
    one, same, other = (run(check, seed, {})[0].figures[0].value for seed in (5, 5, 6))

    assert one == same
    assert one != other


def test_a_broken_claim_is_named(write):
    """A claim that breaks is an error at its line."""
    file = write(SOUND.replace('"mean", rng.choice([-1, 1]', '"mean", rng.choice([0, 1]'))

    assert ("verdict", line_of(file, '@claim("mean-zero"')) in problems(file)


def test_a_failure_mode_must_break(write):
    """A counterexample that breaks nothing is an error."""
    file = write(
        SOUND.replace(
            "lean: Annotated[float, Range(0, 1)] = 1.0", "lean: Annotated[float, Range(0, 1)] = 0.0"
        )
    )

    assert problems(file) == [("verdict", line_of(file, '@failure("unfair"'))] * 3


def test_a_claim_must_hold_at_its_edges(write):
    """A claim that holds at the default but not at the end of a range is an error that names the value."""
    file = write("""
        @claim("small", "Every n lies below one hundred")
        def small(rng, n: Annotated[int, Range(1, 100)] = 5):
            return outcome(at_most("n", n, 99))
    """)

    [found] = examine(file)["problems"]
    assert "with n=100" in found["message"]


def test_a_condition_that_is_not_given_voids_the_run(write):
    """An experiment that does not meet its own assumptions proves no failure."""
    file = write(SOUND.replace("tolerance=0.6))", 'tolerance=0.6), given=[that("fair", False)])'))

    assert any("unfair is void" in p["message"] for p in examine(file)["problems"])


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("def broken(:", "not valid Python"),
        ("1 / 0", "ZeroDivisionError"),
        ('@claim("Bad Id", "it says a thing")\ndef f(rng): ...', "is no id"),
        ('@claim("a", "too short")\ndef f(rng): ...', "say in a sentence"),
        ('@claim("a", "it says a thing")\ndef f(x): ...', "takes rng"),
        ('@claim("a", "it says a thing")\ndef f(rng, n): ...', "no default"),
        ('@claim("a", "it says a thing")\ndef f(rng, n: int = 3): ...', "needs a type a reader can set"),
        (
            '@claim("a", "it says a thing")\ndef f(rng, n: Annotated[int, Range(5, 9)] = 3): ...',
            "outside 5 to 9",
        ),
        (
            '@claim("a", "it says a thing")\ndef f(rng, n: Literal["x", "y"] = "z"): ...',
            "none of its choices",
        ),
        ('@failure("a", "it says a thing", of="b", without="c")\ndef f(rng): ...', "no claim 'b'"),
        (
            '@claim("a", "it says a thing")\ndef f(rng): ...\n@claim("a", "it says a thing")\ndef g(rng): ...',
            "two checks",
        ),
        ('use("../../../etc/passwd")', "no file"),
    ],
)
def test_a_bad_declaration_says_what_to_mend(write, body, said):
    """A file that cannot be loaded is refused with a reason, never with a traceback."""
    with pytest.raises(CheckError, match=said):
        load(write(body))


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("return 5", "not an outcome"),
        ("return outcome(equal('x', [1], [1, 2]))", "shapes"),
        ("import warnings; warnings.warn('odd'); return outcome(that('x', True))", "odd"),
        ("raise KeyError('k')", "KeyError"),
    ],
)
def test_a_check_that_cannot_run_is_a_problem(write, body, said):
    """What a check raises, warns of or wrongly returns is reported with its line."""
    file = write(f'@claim("a", "it says a thing")\ndef f(rng):\n    {body}')

    [found] = examine(file)["problems"]
    assert found["code"] == "raises"
    assert said in found["message"]
    assert found["line"] > 0
    assert "--run" in found["hint"]


def test_a_slow_check_is_a_problem(write, monkeypatch):
    """More processor time than the limit is too much for a page."""
    monkeypatch.setattr(running, "LIMIT_S", 0.05)
    file = write("""
        import time
        @claim("slow", "It takes its time to hold")
        def slow(rng):
            end = time.process_time() + 0.06
            while time.process_time() < end: pass
            return outcome(that("x", True))
    """)

    assert [code for code, _ in problems(file)] == ["slow"]


def test_another_file_of_the_curriculum_can_be_used(write, tmp_path):
    """`use` runs a file of the curriculum once, and the record names it with its hash."""
    (tmp_path / "code.py").write_text("def twice(x):\n    return 2 * x\n")
    file = write("""
        code = use("code.py")
        @claim("twice", "Twice three is six")
        def twice(rng):
            return outcome(equal("2·3", code.twice(3), 6))
    """)

    record = examine(file)
    assert record["problems"] == []
    assert list(record["depends"]) == ["code.py"]
