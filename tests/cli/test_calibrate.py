"""`cairn calibrate`: from a file of answers to parameters and a report."""

from __future__ import annotations

import json

import numpy as np
import pytest

from tests.learner.population import simulate

pl = pytest.importorskip("polars")


@pytest.fixture(scope="module")
def answers(tmp_path_factory):
    """A file of simulated answers in which two items are backward."""
    pop = simulate(np.random.default_rng(5), people=1600, backward=2)
    path = tmp_path_factory.mktemp("answers") / "answers.parquet"
    pl.DataFrame(
        {
            "person": pop.person,
            "item": [f"i{x:03d}" for x in pop.item],
            "skill": [f"s{x:02d}@use" for x in pop.skill],
            "at": (1.75e9 + pop.time * 86400).astype(np.int64),
            "correct": pop.correct,
        }
    ).write_parquet(path)
    return path, {f"i{k:03d}" for k in pop.reversed}


def test_the_parameters_go_to_the_data_folder(run, answers, tmp_path):
    """By default the file is written beside the database, and the report names it."""
    result = run("calibrate", "--from", str(answers[0]))
    assert result.exit_code == 0
    assert "may be wrong" in result.stdout
    assert "backward" in result.stdout
    path = tmp_path / "data" / "parameters.json"
    assert path.name in result.stdout.replace("\n", "")
    assert json.loads(path.read_text())["format"] == 1


def test_the_document_holds_alarms_and_parameters(run, answers):
    """The JSON document names the backward items and carries every parameter; a dry run writes nothing."""
    path, backward = answers
    found = json.loads(run("calibrate", "--from", str(path), "--dry-run", "--json").stdout)
    assert found["format"] == 1
    assert found["written"] is None
    assert {a["item"] for a in found["alarms"] if a["kind"] == "backward"} == backward
    assert len(found["parameters"]["items"]) == 96
    assert found["parameters"]["items"]["i000"]["minutes"] is None


def test_a_dry_run_writes_nothing(run, answers, tmp_path):
    """The data folder stays as it was."""
    run("calibrate", "--from", str(answers[0]), "--dry-run")
    assert not (tmp_path / "data" / "parameters.json").exists()


def test_another_place_can_be_named(run, answers, tmp_path):
    """`--to` names the file."""
    run("calibrate", "--from", str(answers[0]), "--to", str(tmp_path / "mine.json"))
    assert json.loads((tmp_path / "mine.json").read_text())["answers"] > 1000


def test_without_answers_it_says_what_to_do(run):
    """An empty store is an error with a way on, and exit code 1."""
    result = run("calibrate")
    assert result.exit_code == 1
    assert "no answers" in result.stderr
    assert "--from" in result.stderr


def test_a_missing_file_is_named(run, tmp_path):
    """The message holds the path."""
    result = run("calibrate", "--from", str(tmp_path / "none.csv"))
    assert result.exit_code == 1
    assert "none.csv" in result.stderr


def test_an_impossible_pause_is_refused(run, answers):
    """A pause of zero days is no pause."""
    result = run("calibrate", "--from", str(answers[0]), "--pause", "0")
    assert result.exit_code == 1
    assert "--pause" in result.stderr
