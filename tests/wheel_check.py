"""Whether an installed wheel is whole: run by a Python that has only the wheel, from outside the source tree.

    python wheel_check.py

Needs nothing but Cairn and the standard library. Prints what it checked; exits with 1 and one clear line at
the first thing that is wrong.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import ProxyHandler, build_opener

FETCH = build_opener(ProxyHandler({}))
TOPICS = 300
TREE = Path(__file__).resolve().parents[1]


class BrokenWheelError(Exception):
    """Raised when something is missing. The message says what."""


def main() -> int:
    """Run every check, in an empty data folder."""
    with tempfile.TemporaryDirectory() as data:
        environment = {k: v for k, v in os.environ.items() if not k.startswith(("CAIRN_", "PYTHON"))}
        environment |= {"CAIRN_DATA": data}
        checks: list[Callable[[], str]] = [
            installed,
            lambda: curriculum(environment),
            lambda: gap(environment),
            lambda: site(environment),
        ]
        for check in checks:
            try:
                sys.stdout.write(f"wheel: {check()}\n")
            except (BrokenWheelError, ImportError, OSError, ValueError, subprocess.SubprocessError) as error:
                sys.stderr.write(f"wheel: BROKEN: {error}\n")
                return 1
    return 0


def need(found: object, problem: str) -> None:
    """Raise unless something is so."""
    if not found:
        raise BrokenWheelError(problem)


def installed() -> str:
    """The package comes from this environment's site-packages, with its types and its content."""
    if Path.cwd() == TREE or TREE in Path.cwd().parents:
        raise BrokenWheelError(f"run this from outside the source tree, not from {Path.cwd()}")
    sys.path[:] = [p for p in sys.path if p and Path(p).resolve() not in {TREE, TREE / "src", TREE / "tests"}]
    import cairn  # only now, from where it is installed

    need(cairn.__file__, f"cairn is not installed for {sys.executable}")
    home = Path(cairn.__file__).resolve().parent
    need(home.parent.name == "site-packages", f"cairn is imported from {home}, not from site-packages")
    need(
        home.is_relative_to(Path(sys.prefix).resolve()),
        f"cairn is imported from {home}, outside {sys.prefix}",
    )
    need((home / "py.typed").is_file(), "py.typed is missing, so its types are not seen")
    need((home / "_content" / "curriculum.yaml").is_file(), "the curriculum is not in the package")
    return f"cairn {cairn.__version__} in {home}"


def run(environment: dict[str, str], *arguments: str) -> str:
    """What the installed `cairn` script prints."""
    script = command()
    done = subprocess.run(
        [script, *arguments], env=environment, capture_output=True, text=True, timeout=120, check=False
    )
    said = (done.stderr or done.stdout).strip()[-500:]
    need(done.returncode == 0, f"`cairn {' '.join(arguments)}` ended with {done.returncode}: {said}")
    return done.stdout


def command() -> str:
    """The console script of this environment."""
    for name in ("cairn", "cairn.exe"):
        script = Path(sys.executable).parent / name
        if script.is_file():
            return str(script)
    raise BrokenWheelError(f"there is no `cairn` command beside {sys.executable}")


def curriculum(environment: dict[str, str]) -> str:
    """The packaged curriculum is the whole one, and sound."""
    import cairn

    atlas = cairn.load()
    topics = len(atlas.curriculum.topics)
    need(topics > TOPICS, f"the packaged curriculum has {topics} topics; more than {TOPICS} are expected")
    report = json.loads(run(environment, "lint", "--json"))
    need(report["errors"] == [], f"the packaged curriculum has errors, the first is {report['errors'][:1]}")
    need(report["topics"] == topics, f"the command sees {report['topics']} topics and the library {topics}")
    return f"{topics} topics, no errors"


def gap(environment: dict[str, str]) -> str:
    """The console script answers, and agrees with the library."""
    import cairn

    document = json.loads(run(environment, "gap", "attention", "--json"))
    skills = [step["skill"] for step in document["skills"]]
    need(document["format"] == 1 and skills, "`cairn gap attention --json` lists no skills")
    expected = [str(step.skill) for step in cairn.load().gap("attention").steps]
    need(skills == expected, "`cairn gap attention` and atlas.gap('attention') differ")
    return f"cairn gap attention: {len(skills)} skills"


def site(environment: dict[str, str]) -> str:
    """The server serves its first page with everything that the page asks for."""
    with serving(environment) as address:
        page = fetch(address, "text/html").decode()
        need("<title>" in page, "the first page has no title")
        wanted = re.findall(r'(?:href|src)="(/static/[^"]+)"', page)
        sheets = [a for a in wanted if ".css" in a]
        need(sheets, "the first page has no style sheet")
        fetched = {a: fetch(address + a[1:], kind(a)) for a in dict.fromkeys(wanted)}
        for sheet in sheets:
            fonts = set(re.findall(r"url\([\"']?([^\"')]+\.woff2)", fetched[sheet].decode()))
            need(fonts, f"{sheet} names no fonts")
            for font in fonts:
                place = font if font.startswith("/") else f"/static/{font.removeprefix('./')}"
                need(fetch(address + place[1:], "font/woff2")[:4] == b"wOF2", f"{place} is no font")
        topic = fetch(f"{address}topics/softmax", "text/html").decode()
        need("katex" in topic, "the formulas on a topic's page were not set")
    return f"cairn up: the first page with {len(fetched)} assets, fonts, and formulas"


def kind(address: str) -> str:
    """The content type an asset must have."""
    name = address.partition("?")[0]
    kinds = {".css": "text/css", ".js": "javascript", ".woff2": "font/woff2"}
    return next((k for ending, k in kinds.items() if name.endswith(ending)), "")


def fetch(address: str, content_type: str) -> bytes:
    """The body at an address, which must be there and of the right type."""
    try:
        with FETCH.open(address, timeout=30) as response:
            found = response.headers["content-type"]
            body: bytes = response.read()
    except OSError as error:
        raise BrokenWheelError(f"{address}: {error}") from None
    need(content_type in found, f"{address} is {found}, not {content_type}")
    need(body, f"{address} is empty")
    return body


@contextmanager
def serving(environment: dict[str, str]) -> Iterator[str]:
    """A running `cairn up` and its address."""
    server = subprocess.Popen(
        [command(), "up", "--port", "0", "--no-open"],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert server.stdout is not None
        assert server.stderr is not None
        line = server.stdout.readline()
        found = re.search(r"http://\S+/", line)
        if found is None:
            server.kill()
            raise BrokenWheelError(f"`cairn up` prints no address: {line}{server.stderr.read()[-500:]}")
        yield found[0]
    finally:
        server.terminate()
        server.communicate(timeout=30)


if __name__ == "__main__":
    sys.exit(main())
