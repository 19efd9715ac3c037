"""`cairn up`: a real server in a real process, from the printed address to a clean end."""

from __future__ import annotations

import json
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.error import HTTPError
from urllib.request import ProxyHandler, Request, build_opener

import pytest

from cairn.cli import serve

DIRECT = build_opener(ProxyHandler({}))


@contextmanager
def running(environment, *arguments) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A server that has printed its address."""
    process = subprocess.Popen(
        [sys.executable, "-m", "cairn", "up", "--no-open", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment,
    )
    try:
        line = process.stdout.readline()
        found = re.fullmatch(r"Cairn is at (http://\S+)\n", line)
        assert found, line + process.stderr.read()
        yield process, found[1]
    finally:
        process.kill()
        process.communicate(timeout=30)


def cookie_for(process, address):
    """The cookie for the key that a server printed after its address."""
    link = re.search(r"http://\S+", process.stdout.readline())[0]
    assert link.startswith(address)
    return fetched(link)[1]["set-cookie"].partition(";")[0]


def fetched(address, **headers):
    """Status, headers and body of a page."""
    with DIRECT.open(Request(address, headers=headers), timeout=30) as response:
        return response.status, response.headers, response.read().decode()


@pytest.fixture
def taken() -> Iterator[int]:
    """A port that somebody else listens on."""
    with socket.create_server(("127.0.0.1", 0)) as other:
        yield other.getsockname()[1]


def test_it_prints_its_address_serves_and_ends_cleanly(real_environment):
    """The printed address answers with the start page and the API; Ctrl-C ends it with exit code 0."""
    with running(real_environment, "--port", "0") as (process, address):
        status, headers, page = fetched(address)
        gap = json.loads(fetched(f"{address}api/gap?target=fitting")[2])
        process.send_signal(signal.SIGINT)
        said, complaints = process.communicate(timeout=30)

    assert re.fullmatch(r"http://127\.0\.0\.1:\d+/", address)
    assert (status, "<title>" in page) == (200, True)
    assert "default-src 'none'" in headers["content-security-policy"]
    assert "server" not in headers
    assert gap["skills"][-1]["skill"] == "fitting@use"
    assert complaints == ""
    assert "Traceback" not in said
    assert process.returncode == 0


def test_the_terminal_and_the_browser_see_the_same(real_environment, shell):
    """What is said in the terminal counts in a running server at once."""
    with running(real_environment, "--port", "0") as (process, address):
        cookie = cookie_for(process, address)
        before = json.loads(fetched(f"{address}api/gap?target=fitting", Cookie=cookie)[2])
        assert shell("know", "multiplication").returncode == 0
        after = json.loads(fetched(f"{address}api/gap?target=fitting", Cookie=cookie)[2])
        strangers = json.loads(fetched(f"{address}api/gap?target=fitting")[2])
        listed = json.loads(shell("gap", "fitting", "--json").stdout)

    assert (len(before["skills"]), len(after["skills"])) == (8, 4)
    assert after == listed
    assert strangers == before


def test_another_browser_is_let_in_by_the_terminal(real_environment, shell):
    """`cairn open` prints an address that is good once; after the server has ended it says so."""
    with running(real_environment, "--port", "0") as (process, address):
        printed = shell("open", "--no-open")
        link = printed.stdout.strip()
        _, headers, page = fetched(link)
        with pytest.raises(HTTPError) as caught:
            fetched(link)
        caught.value.close()
        cookie = cookie_for(process, address)
        process.send_signal(signal.SIGINT)
        process.wait(timeout=30)
    after = shell("open", "--no-open")

    assert link.startswith(f"{address}enter?token=")
    assert "url=/" in page
    assert headers["set-cookie"].startswith(cookie)
    assert {"httponly", "samesite=strict", "path=/"} <= {
        p.strip().lower() for p in headers["set-cookie"].split(";")
    }
    assert caught.value.code == 403
    assert (after.returncode, after.stderr.splitlines()[0]) == (1, "cairn: Cairn is not running")


def test_a_cookie_outlives_the_server(real_environment):
    """A browser that was let in once need not be let in again when the server starts anew."""
    with running(real_environment, "--port", "0") as (process, address):
        cookie = cookie_for(process, address)
        process.kill()
        process.wait(timeout=30)
    port = address.rstrip("/").rpartition(":")[2]
    with running(real_environment, "--port", port) as (_, again):
        _, _, page = fetched(again, Cookie=cookie)

    assert again == address
    assert "Reading only" not in page


def test_a_foreign_name_is_refused_over_the_wire(real_environment):
    """A real request that names another host is turned away, as a rebound DNS name would be."""
    with running(real_environment, "--port", "0") as (_, address), pytest.raises(HTTPError) as caught:
        fetched(address, Host="evil.example")
    caught.value.close()

    assert caught.value.code == 421


def test_it_can_be_given_a_port(real_environment, taken):
    """A free port that is asked for is the one it serves on."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        free = probe.getsockname()[1]

    with running(real_environment, "--port", str(free)) as (_, address):
        assert address == f"http://127.0.0.1:{free}/"
        assert fetched(address)[0] == 200


def test_two_may_run_at_once(real_environment):
    """Without a port a second server takes another one instead of failing."""
    with running(real_environment) as (_, one), running(real_environment) as (_, two):
        assert one != two
        assert [fetched(a)[0] for a in (one, two)] == [200, 200]


def test_a_port_in_use_is_said(shell, taken):
    """A port that is asked for and taken is an error that names it."""
    result = shell("up", "--no-open", "--port", str(taken))

    assert result.returncode == 1
    assert result.stderr.startswith(f"cairn: port {taken} is in use\n")
    assert result.stdout == ""


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.0.1", "example.org", ""])
def test_only_this_machine_is_served(run, host):
    """An address that others could reach is refused before anything listens."""
    result = run("up", "--no-open", "--port", "0", "--host", host)

    assert result.exit_code == 1
    assert "loopback" in result.stderr
    assert result.stdout == ""


def test_a_broken_database_stops_it_before_it_promises_an_address(run):
    """An address is printed only once everything behind it works."""
    result = run("up", "--no-open", "--port", "0", CAIRN_DATABASE_URL="mysql://host/name")

    assert result.exit_code == 1
    assert result.stderr.startswith("cairn: ")
    assert "http://" not in result.stdout


def test_an_answer_does_not_wait_for_an_acknowledgement():
    """What listens sends small pieces at once: on a kept connection each page was 40 ms late."""
    listening = serve._listen("127.0.0.1", 0)
    try:
        assert listening.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
    finally:
        listening.close()
