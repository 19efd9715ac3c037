"""Calibration from frames to a file: what is read, what is refused, what is written, and that it is right."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from cairn.store.answers import Answered, Answers
from cairn.store.database import connect, upgrade
from cairn.store.people import People
from cairn.study.calibration import CalibrationError, Parameters, calibrate, frames, load, save
from cairn.study.calibration.pace import minutes
from cairn.study.calibration.predictor import restore
from cairn.study.calibration.table import Table
from tests.learner.population import simulate

pl = pytest.importorskip("polars")

NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)
ROWS = {
    "person": ["ada", "ada", "bob", "bob"],
    "item": ["softmax/a", "softmax/b", "softmax/a", "svd/a"],
    "skill": ["softmax@use", "softmax@use", "softmax@use", "svd@use"],
    "at": [NOON, NOON, NOON, NOON],
    "correct": [True, False, True, True],
    "seconds": [30.0, 60.0, None, 20.0],
}


def frame(**changes):
    """A small frame with some columns changed."""
    return pl.DataFrame(ROWS | changes, strict=False)


def population_frame(seed=5, **wanted):
    """A simulated population as a frame, rows mixed as a store keeps them, and the truth."""
    rng = np.random.default_rng(seed)
    pop = simulate(rng, **wanted)
    table = pl.DataFrame(
        {
            "person": [f"p{x:04d}" for x in pop.person],
            "item": [f"i{x:03d}" for x in pop.item],
            "skill": [f"s{x:02d}@use" for x in pop.skill],
            "at": 1.75e9 + pop.time * 20 * 86400,
            "correct": pop.correct,
            "seconds": np.exp(rng.normal(3.4, 0.5, len(pop.item))),
        }
    )
    return table.sample(fraction=1, shuffle=True, seed=1), pop


def edges_of(pop):
    """The population's requirements by name."""
    return [(f"s{a:02d}@use", f"s{b:02d}@use") for a, b in pop.leaks]


@pytest.fixture(scope="module")
def found():
    """A calibration of a population with known faults, and the truth."""
    table, pop = population_frame(people=1600, backward=2, giveaways=2, loose=2)
    return calibrate(frames.gather([table]), edges_of(pop), NOON), pop


def test_rows_become_sorted_columns():
    """People, then skills, then time; names sorted; a missing time taken is no reason to drop a row."""
    table = frames.gather([frame()])
    assert table.items == ("softmax/a", "softmax/b", "svd/a")
    assert (table.people, table.dropped) == (2, 0)
    assert table.person.tolist() == [0, 0, 1, 1]
    assert table.correct.tolist() == [True, False, True, True]
    assert np.isnan(table.seconds).tolist() == [False, False, True, False]


def test_rows_with_something_missing_are_counted_and_left_out():
    """A null in a column that is needed, or a correct that is neither 0 nor 1, drops the row."""
    table = frames.gather([frame(person=["ada", None, "bob", "bob"]), frame(correct=[1.0, 0.0, 0.5, None])])
    assert len(table.item) == 5
    assert table.dropped == 3


@pytest.mark.parametrize(
    "at",
    [
        ["2026-05-01T12:00:00Z"] * 4,
        [NOON.timestamp()] * 4,
        [int(NOON.timestamp())] * 4,
        [datetime(2026, 5, 1, 12)] * 4,  # noqa: DTZ001  # a frame's time without a zone is UTC
    ],
)
def test_times_are_read_in_every_form(at):
    """ISO texts, seconds since 1970 and times give the same second."""
    table = frames.gather([frame(at=pl.Series(at, strict=False))])
    assert set(table.at.tolist()) == {int(NOON.timestamp())}


def test_columns_of_another_type_are_refused():
    """Texts as outcomes and lists as times are named, with what to write instead."""
    with pytest.raises(CalibrationError, match="correct holds String") as caught:
        frames.gather([frame(correct=["yes", "no", "yes", "no"])])
    assert "true and false" in caught.value.hint
    with pytest.raises(CalibrationError, match="at holds List"):
        frames.gather([frame(at=[[1], [2], [3], [4]])])


def test_nothing_to_read_says_so():
    """Without answers there is a message, not a file of nothing."""
    with pytest.raises(CalibrationError, match="no answers"):
        frames.gather([])


def test_files_are_read_in_both_kinds(tmp_path):
    """Parquet and CSV give the same columns."""
    frame().write_parquet(tmp_path / "a.parquet")
    frame().with_columns(pl.col("correct").cast(pl.Int8)).write_csv(tmp_path / "a.csv")
    one, two = (frames.gather(frames.from_file(tmp_path / f"a.{kind}")) for kind in ("parquet", "csv"))
    for name in ("person", "item", "skill", "at", "correct"):
        assert np.array_equal(getattr(one, name), getattr(two, name))


def test_files_that_cannot_be_used_are_named(tmp_path):
    """No file, another kind, a missing column, damage: each says which file and what to do."""
    for name, text in (("a.txt", "x"), ("b.csv", "person,item\n1,2\n"), ("c.parquet", "no parquet")):
        (tmp_path / name).write_text(text)
    for name, words in {
        "none.csv": "there is no file",
        "a.txt": "neither .parquet nor .csv",
        "b.csv": "lacks the column skill, at, correct",
        "c.parquet": "cannot be read",
    }.items():
        with pytest.raises(CalibrationError, match=words) as caught:
            frames.gather(frames.from_file(tmp_path / name))
        assert name in str(caught.value)


def test_without_polars_there_is_a_message(monkeypatch):
    """What to install is said where Polars is missing."""
    monkeypatch.setattr(frames, "find_spec", lambda name: None)
    with pytest.raises(CalibrationError) as caught:
        frames.gather([])
    assert "extra 'calibrate'" in caught.value.hint


def test_a_database_without_answers_has_none(tmp_path):
    """A store that keeps no answers to items yields no batches."""
    engine = connect(f"sqlite:///{tmp_path}/x.sqlite3")
    assert list(frames.from_store(engine)) == []
    engine.dispose()


def test_answers_are_read_from_a_database(tmp_path):
    """What people answered in Cairn is read as it was kept; "I don't know" counts as not right."""
    engine = connect(f"sqlite:///{tmp_path}/x.sqlite3")
    upgrade(engine)
    People(engine).ensure("ada", "Ada", NOON)
    answers = Answers(engine)
    for seed, mark in enumerate(["right", "wrong", "passed"]):
        at = NOON + timedelta(minutes=seed)
        answers.keep(
            Answered("ada", f"svd/{mark}", "1", seed, "svd@use", {}, None, mark, 9.5, "practice", at), []
        )
    table = frames.gather(frames.from_store(engine))
    engine.dispose()
    assert dict(zip((table.items[i] for i in table.item), table.correct.tolist(), strict=True)) == {
        "svd/right": True, "svd/wrong": False, "svd/passed": False,
    }  # fmt: skip
    assert sorted(table.at.tolist()) == [int(NOON.timestamp()) + 60 * k for k in range(3)]


def test_a_pause_starts_a_new_group():
    """What was known before a pause longer than the limit is not taken to hold after it."""
    days = np.array([0, 1, 40, 41])
    zeros = np.zeros(4, dtype=np.int32)
    table = Table(
        zeros,
        zeros,
        zeros,
        days * 86400,
        np.ones(4, dtype=bool),
        np.full(4, np.nan, np.float32),
        1,
        ("a",),
        ("s",),
    )
    assert table.grouped(30).starts.tolist() == [0, 2]
    assert table.grouped(50).starts.tolist() == [0]


def test_faults_come_out_as_alarms(found):
    """The backward items and the loose requirements are named, and no sound requirement is."""
    result, pop = found
    backward = {a.item for a in result.items if a.flag.kind == "backward"}
    assert backward == {f"i{k:03d}" for k in pop.reversed}
    doubtful = {(a.requirement.requires, a.requirement.skill) for a in result.requirements}
    loose = {edge for edge, leak in zip(edges_of(pop), pop.leaks.values(), strict=True) if leak > 0.2}
    assert doubtful == loose


def test_the_order_of_rows_does_not_matter(found):
    """The same answers in another order give the same parameters to the last digit written."""
    result, _ = found
    table, pop = population_frame(people=1600, backward=2, giveaways=2, loose=2)
    batches = [table.sort("at", descending=True)[a : a + 7000] for a in range(0, len(table), 7000)]
    again = calibrate(frames.gather(batches), edges_of(pop), NOON)
    assert again.parameters.document() == result.parameters.document()


def test_parameters_survive_the_file(found, tmp_path):
    """What is saved is what is loaded, to the digits written, and no draft is left behind."""
    result, _ = found
    path = tmp_path / "deep" / "parameters.json"
    save(result.parameters, path)
    back = load(path)
    assert isinstance(back, Parameters)
    assert back.document() == result.parameters.document()
    assert [p.name for p in path.parent.iterdir()] == ["parameters.json"]


def test_the_predictor_comes_back_from_the_file(found):
    """Its scores on other people beat chance, and it can be restored over other items."""
    result, _ = found
    assert result.predictor.auc > 0.65
    tracer = restore(result.parameters.document()["predictor"], ["i000", "new"], ["s00@use"])
    assert tracer.item[1] == 0
    assert 0 < tracer.alone(np.array([0]), np.array([0]))[0] < 1


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda d: "{", "is not JSON"),
        (lambda d: json.dumps([1]), "has format None"),
        (lambda d: json.dumps(d | {"format": 99}), "has format 99"),
        (lambda d: json.dumps({k: v for k, v in d.items() if k != "skills"}), "'skills' is missing"),
        (lambda d: json.dumps(d | {"items": {"a": {"slip": 1.5, "guess": 0.1}}}), "items: a: slip is 1.5"),
        (lambda d: json.dumps(d | {"items": {"a": {"slip": 0.5, "guess": 0.1}}}), "missing"),
        (lambda d: json.dumps(d | {"skills": {"s": {"bias": float("nan"), "slope": 1}}}), "must be finite"),
        (lambda d: json.dumps(d | {"requirements": [{"skill": "s", "leak": -1}]}), "leak is -1"),
    ],
)
def test_a_damaged_file_is_refused_with_its_place(found, tmp_path, change, words):
    """Each damage is named, with the command that mends it."""
    path = tmp_path / "parameters.json"
    path.write_text(change(found[0].parameters.document()))
    with pytest.raises(CalibrationError, match=words) as caught:
        load(path)
    assert "cairn calibrate" in caught.value.hint


def test_four_answers_give_the_class():
    """With almost nothing answered there is a result: means of the class, wide intervals, no alarms."""
    result = calibrate(frames.gather([frame()]), [("softmax@use", "svd@use")], NOON)
    one = result.parameters.items["svd/a"]
    assert one.slip_interval[0] < 0.05 < 0.15 < one.slip_interval[1]
    assert one.slip_from_data < 0.2
    assert (result.items, result.requirements, result.predictor) == ((), (), None)
    assert result.slip_known == 0
    [edge] = result.parameters.requirements
    assert edge.interval[0] < 0.05 < 0.3 < edge.interval[1]


def test_kinds_keep_their_own_guess():
    """Items of a kind that cannot be guessed get another mean guess than the choices beside them."""
    table, pop = population_frame(people=500)
    typed = pl.DataFrame({"item": [f"i{k:03d}" for k in range(0, 96, 2)]})
    half = table.join(typed, on="item", how="semi").with_columns(correct=pl.lit(value=False))
    rest = table.join(typed, on="item", how="anti")
    kinds = dict.fromkeys(typed["item"].to_list(), "numeric")
    result = calibrate(frames.gather([half, rest]), [], NOON, kinds)
    guess = {c.kind: c.guess for c in result.parameters.classes}
    assert guess["numeric"] < 0.05 < guess["item"]
    assert {c.level for c in result.parameters.classes} == {"use"}
    assert len(pop.slip) == 96


def test_minutes_do_not_hang_on_who_answered():
    """A slow person's items are not taken for long ones: pace and length are told apart."""
    rng = np.random.default_rng(3)
    pace, length = np.exp(rng.normal(0, 0.7, 200)), np.exp(rng.normal(4, 0.5, 20))
    person = np.repeat(np.arange(200), 10).astype(np.int32)
    slow = np.argsort(np.argsort(pace)) >= 100
    item = np.where(slow[person], rng.integers(5, 20, 2000), rng.integers(0, 15, 2000)).astype(np.int32)
    seconds = (pace[person] * length[item] * np.exp(rng.normal(0, 0.2, 2000))).astype(np.float32)
    zeros = np.zeros(2000, dtype=np.int32)
    table = Table(person, item, zeros, zeros, zeros == 0, seconds, 200, tuple(map(str, range(20))), ("s",))
    ratio = np.log(minutes(table) * 60 / length)
    assert np.abs(ratio - ratio.mean()).max() < 0.25


def test_no_times_no_minutes():
    """Where no time taken is known, no minutes are claimed."""
    table = replace(frames.gather([frame()]), seconds=np.full(4, np.nan, np.float32))
    assert np.isnan(minutes(table)).all()
