#!/usr/bin/env python3
"""Set Cairn up and run it, with nothing but Python 3.11 or newer.

    python3 dev.py up      sets up on the first run, then opens the map and prints its address
    python3 dev.py test    sets up on the first run, then runs all tests
    python3 dev.py lint    style, types, architecture and content
    python3 dev.py bench   the benchmarks, each with its peers
    python3 dev.py ...     anything else is handed to the `cairn` command

The environment is made in `.venv` beside this file and is brought up to date only when something it is made
from has changed. Where `uv` is on the path it does the installing, which is quicker; otherwise pip does.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent
HOME = ROOT / ".venv"
BIN = HOME / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
GROUPS = {"test": ("test",), "lint": ("test", "lint"), "bench": ("test", "bench")}


def main(arguments: list[str]) -> int:
    """Set up what the command needs, then run it."""
    if sys.version_info < (3, 11):  # noqa: UP036  # this file is what an old Python meets first
        return refuse(
            f"Cairn needs Python 3.11 or newer; this is {sys.version.split()[0]}.", "python3.11 dev.py up"
        )
    command, rest = (arguments[0], arguments[1:]) if arguments else ("up", [])
    set_up(())
    set_up(GROUPS.get(command, ()))
    if os.environ.get("CAIRN_REQUIRE_ALL"):
        set_up(("torch",))  # half a gigabyte: not for a first look at the tests
    runners = {
        "test": [["-m", "pytest", *rest]],
        "lint": LINTERS,
        "bench": [[str(b), *rest] for b in benchmarks()],
    }
    worst = 0
    for run in runners.get(command, [["-m", "cairn", command, *rest]]):
        code = call([str(PYTHON), *run])
        if code and command != "bench":
            return code
        worst = worst or code  # a benchmark that misses its target does not keep the others from running
    return worst


LINTERS = [
    ["-m", "ruff", "check", "."],
    ["-m", "ruff", "format", "--check", "."],
    ["-m", "mypy"],
    ["-c", "from importlinter.cli import lint_imports_command as run; run()"],
    ["-m", "cairn", "lint", "--strict", "--exercises", "--items"],
]


def benchmarks() -> list[Path]:
    """The benchmarks, each a program of its own."""
    return sorted(p for p in (ROOT / "bench").glob("*.py") if not p.name.startswith("_"))


def set_up(groups: tuple[str, ...]) -> None:
    """Make or refresh the environment for the app (no groups) or for some groups of tools."""
    stamp = HOME / (".cairn-" + ("-".join(groups) or "app"))
    wanted = fingerprint(assets=not groups)
    if stamp.is_file() and stamp.read_text() == wanted and PYTHON.is_file():
        return
    if not groups:
        say("Setting Cairn up (about a minute the first time) ...")
        make_environment()
        install(["-e", str(ROOT)])
    else:
        say(f"Installing the tools for {', '.join(groups)} ...")
        install([r for group in groups for r in requirements(group)])
    stamp.write_text(wanted)


def make_environment() -> None:
    """The virtual environment, with pip where this Python can provide it."""
    if PYTHON.is_file():
        return
    uv = shutil.which("uv")
    if uv:
        subprocess.run([uv, "venv", "--quiet", "--python", sys.executable, str(HOME)], check=True)
        return
    try:
        venv.create(HOME, with_pip=True)
    except (subprocess.CalledProcessError, SystemExit):
        shutil.rmtree(
            HOME, ignore_errors=True
        )  # Debian's Python lacks ensurepip until python3-venv is installed
        venv.create(HOME, with_pip=False)


def install(what: list[str]) -> None:
    """Install into the environment, with uv where it is, else with pip."""
    uv = shutil.which("uv")
    if uv:
        command = [uv, "pip", "install", "--quiet", "--system-certs", "--python", str(PYTHON), *what]
        if subprocess.run(command, cwd=ROOT, check=False).returncode == 0:
            return
        say("uv could not do it; trying pip ...")
    pip = [str(PYTHON), "-m", "pip"]
    if subprocess.run([*pip, "--version"], capture_output=True, check=False).returncode != 0:
        pip = [sys.executable, "-m", "pip", "--python", str(PYTHON)]
    run = subprocess.run(
        [*pip, "install", "--quiet", "--disable-pip-version-check", *what], cwd=ROOT, check=False
    )
    if run.returncode:
        sys.exit(
            refuse(
                "The installation failed; pip's message stands above.", "python3 dev.py up   (tries again)"
            )
        )


def requirements(group: str) -> list[str]:
    """The tools of a dependency group in pyproject.toml."""
    import tomllib

    with (ROOT / "pyproject.toml").open("rb") as file:
        found: list[str] = tomllib.load(file)["dependency-groups"][group]
    return found


def fingerprint(*, assets: bool) -> str:
    """A hash of what an installation is made from; with `assets`, what is built while installing counts too."""
    digest = hashlib.sha256(sys.version.encode() + os.fsencode(ROOT))
    sources = [ROOT / "pyproject.toml", ROOT / "hatch_build.py"]
    if assets:
        sources += (ROOT / "curriculum").rglob("*.md")
        sources += [
            p for p in (ROOT / "frontend").rglob("*") if "node_modules" not in p.parts and p.is_file()
        ]
    for path in sorted(sources):
        digest.update(path.relative_to(ROOT).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def call(command: list[str]) -> int:
    """Run a command in this folder and hand on how it ended; Ctrl-C is no error."""
    try:
        return subprocess.run(command, cwd=ROOT, check=False).returncode
    except KeyboardInterrupt:
        return 0


def say(text: str) -> None:
    """A line for the person, at once."""
    print(text, file=sys.stderr, flush=True)


def refuse(problem: str, command: str) -> int:
    """Say what is wrong and what to type, and give the exit code."""
    say(f"{problem}\n  {command}")
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
