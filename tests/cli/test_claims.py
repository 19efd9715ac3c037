"""`cairn claims` and `cairn author`: run the checks of a page, and watch it while it is written."""

from __future__ import annotations

import json
import re
import shutil
import signal
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from tests.conftest import MINI

CHECKS = """from typing import Annotated

import numpy as np

from cairn.claims import Range, claim, equal, failure, figure, outcome


@claim("double", "Two is twice one")
def double(rng, n: Annotated[int, Range(1, 9)] = 1):
    return outcome(equal("2·n", 2 * n, n + n))


@failure("not-double", "Three is not twice one", of="double", without="two")
def not_double(rng):
    return outcome(equal("2·n", 3, 2))
"""
PLACES = "\n\n[Twice](claims.py#double)\n\n[Thrice](claims.py#not-double)\n"


@pytest.fixture
def topic(tmp_path):
    """The folder of a topic with two checks, in a copy of the miniature curriculum."""
    folder = Path(shutil.copytree(MINI, tmp_path / "mine")) / "topics" / "lines" / "slope"
    (folder / "claims.py").write_text(CHECKS, encoding="utf-8")
    page = folder / "topic.md"
    page.write_text(page.read_text(encoding="utf-8").rstrip() + PLACES, encoding="utf-8")
    return folder


@pytest.fixture
def go(run, topic):
    """Run a command on the copy."""
    return lambda *arguments: run("--curriculum", str(topic.parents[2]), *arguments)


def test_sound_checks_are_counted(go):
    """The command lists every check with its verdict, and the linter counts them."""
    result = go("claims", "slope")

    assert result.exit_code == 0
    assert re.search(r"✓ claim +double +holds", result.stdout)
    assert re.search(r"✓ failure +not-double +breaks", result.stdout)
    assert json.loads(go("lint", "--json").stdout)["claims"] == {"total": 5, "verified": 5}


def test_a_broken_check_fails_the_linter(go, topic):
    """A claim that does not hold is an error of the linter, with file and line."""
    file = topic / "claims.py"
    file.write_text(CHECKS.replace("n + n)", "n + 1)").replace("= 1)", "= 5)"), encoding="utf-8")

    found = json.loads(go("lint", "--json", "--only", "slope").stdout)
    assert found["claims"]["verified"] == 1
    assert "claim-verdict" in {p["code"] for p in found["errors"]}
    assert go("lint").exit_code == 1
    assert go("claims", "slope").exit_code == 1


def test_one_check_is_run_with_a_seed_and_a_parameter(go):
    """`--run` shows one outcome; a value out of range is refused in words."""
    assert (
        "2·n: 8, should be = 8"
        in go("claims", "slope", "--run", "double", "--set", "n=4", "--seed", "3").stdout
    )
    assert "n lies between 1 and 9" in go("claims", "slope", "--run", "double", "--set", "n=10").stderr
    assert "no parameter 'm'" in go("claims", "slope", "--run", "double", "--set", "m=1").stderr
    assert "no check 'triple'" in go("claims", "slope", "--run", "triple").stderr
    assert "one topic is needed" in go("claims", "--mutants").stderr


def test_changes_that_no_check_notices_are_listed(go, topic):
    """`--mutants` lists what is not noticed: another wrong number breaks a claim just as well."""
    result = go("claims", "slope", "--mutants")

    listed = [line.strip() for line in result.stdout.split("\n") if line.startswith("  ")]
    assert listed == ["15: 3 -> 4", "15: 2 -> 1"]
    assert "10 of 12 changes noticed" in result.stdout


def test_json_names_every_check(go):
    """The document holds one row for each check."""
    found = json.loads(go("claims", "slope", "--json").stdout)

    assert found["format"] == 1
    assert [(c["id"], c["verdict"], c["verified"]) for c in found["checks"]] == [
        ("double", "holds", True),
        ("not-double", "breaks", True),
    ]


def fetch(address):
    """The text at an address."""
    with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(address, timeout=20) as answer:
        return answer.read().decode()


def test_the_author_sees_a_save(real_environment, topic):
    """The author's server shows the page, loads it anew at a save, and lists what the linter finds."""
    cairn = [sys.executable, "-m", "cairn", "--curriculum", str(topic.parents[2])]
    server = subprocess.Popen(
        [*cairn, "author", "slope", "--no-open", "--port", "0"],
        env=real_environment, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        address = next(m[0] for line in server.stdout if (m := re.search(r"http://\S+/topics/slope", line)))
        home = address.removesuffix("/topics/slope")
        assert "Nothing to mend on this page" in fetch(address)
        version = json.loads(fetch(home + "/author/version"))["version"]

        page = topic / "topic.md"
        text = page.read_text(encoding="utf-8")
        page.write_text(text.replace("claims.py#double", "claims.py#treble"), encoding="utf-8")
        deadline = time.monotonic() + 20
        while json.loads(fetch(home + "/author/version"))["version"] == version:
            assert time.monotonic() < deadline
            time.sleep(0.1)

        text = fetch(address)
        assert "claim-dangling" in text
        assert "claim-unreferenced" in text
    finally:
        server.send_signal(signal.SIGINT)
        server.communicate(timeout=20)
