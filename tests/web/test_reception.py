"""Handing code in over HTTP: kept before it is acknowledged, judged once, and refused only when too much waits."""

from __future__ import annotations

import http.client
import json
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest
import uvicorn

from cairn.study.practice import MAX_CODE
from cairn.study.worker import Worker
from cairn.web.server import create

GOOD = "def add(a, b):\n    return a + b  # {}\n"
WRONG = "def add(a, b):\n    return a - b  # {}\n"
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


class Site:
    """A browser without a face, on a real connection."""

    def __init__(self, port, asgi):
        self.port, self.asgi = port, asgi
        home = f"127.0.0.1:{port}"
        self.headers = {"Origin": f"http://{home}", "Cookie": f"cairn-{port}={asgi.door.cookie}"}

    def ask(self, method, path, body=None, **headers):
        """Status, headers and text of an answer."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)
        try:
            connection.request(method, path, body, self.headers | headers)
            answer = connection.getresponse()
            return answer.status, answer.headers, answer.read().decode()
        finally:
            connection.close()

    def hand_in(self, code):
        """Status and document for a submission to the miniature's exercise."""
        body = json.dumps({"code": code})
        status, headers, text = self.ask(
            "POST", "/api/practice/write-add", body, **{"Content-Type": "application/json"}
        )
        return status, headers, json.loads(text)

    def verdict(self, number, wait=0):
        """The document of a submission."""
        return json.loads(self.ask("GET", f"/api/submissions/{number}?wait={wait}")[2])


@contextmanager
def serving(app, **options):
    """A real server in a thread, with its life from start to end."""
    asgi = create(app, **options)
    server = uvicorn.Server(
        uvicorn.Config(asgi, port=0, log_level="critical", lifespan="on", ws="none", backlog=2048)
    )
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        until = time.monotonic() + 30
        while not server.started:
            assert time.monotonic() < until
            time.sleep(0.01)
        yield Site(server.servers[0].sockets[0].getsockname()[1], asgi)
    finally:
        server.should_exit = True
        thread.join(timeout=60)
        app.close()


def test_two_hundred_at_once_are_all_answered(app):
    """Each is acknowledged, and each has the right verdict in the end, with its evidence once."""
    with serving(app) as site:
        codes = [(GOOD if i % 2 else WRONG).format(i) for i in range(200)]
        with ThreadPoolExecutor(200) as pool:
            answers = list(pool.map(site.hand_in, codes))
            found = list(pool.map(lambda a: site.verdict(a[2]["submission"], wait=30), answers))
        again = [site.verdict(d["submission"], wait=30) for d in found]

    assert [status for status, _, _ in answers] == [202] * 200
    assert len({document["submission"] for _, _, document in answers}) == 200
    assert [d["state"] for d in again] == ["judged"] * 200
    assert [d["verdict"]["outcome"] for d in again] == ["wrong", "accepted"] * 100
    assert len(app.desk().log.of("local")) == 100


def test_two_hundred_forms_at_once_are_all_answered(app):
    """The page's form goes back to the page for everybody, and nothing that was sent is missing."""
    with serving(app) as site:
        with ThreadPoolExecutor(200) as pool:
            forms = [f"code=def+add(a,+b):+return+a+%2B+b+%23+{i}" for i in range(200)]
            answers = list(pool.map(lambda f: site.ask("POST", "/practice/write-add", f, **FORM), forms))
        kept = app.practice().submissions.of("local", limit=1000)

    assert {(status, headers["location"]) for status, headers, _ in answers} == {
        (303, "/practice/write-add#verdict")
    }
    assert len(kept) == 200
    assert len({s.code for s in kept}) == 200


def test_where_nobody_judges_it_waits(app):
    """Without a worker a submission is kept and shown as waiting; a worker that comes later judges it."""
    with serving(app, worker=False) as site:
        status, headers, document = site.hand_in(GOOD)
        waiting = site.verdict(document["submission"], wait=1)
        page = site.ask("GET", "/practice/write-add")[2]
        asked = ThreadPoolExecutor(1).submit(site.verdict, document["submission"], 30)
        Worker(app.practice()).drain()
        judged = asked.result(timeout=30)
        after = site.ask("GET", "/practice/write-add")[2]

    assert (status, headers["location"]) == (202, f"/api/submissions/{document['submission']}")
    assert (waiting["state"], waiting["verdict"]) == ("queued", None)
    assert "Waiting for the judge" in page
    assert f'data-waits="{document["submission"]}"' in page
    assert (judged["state"], judged["verdict"]["outcome"]) == ("judged", "accepted")
    assert "Waiting for the judge" not in after


def test_what_waited_is_judged_when_the_server_starts(app):
    """A submission that an earlier run left is judged without anybody asking."""
    number = app.practice().submit("write-add", GOOD)
    with serving(app) as site:
        document = site.verdict(number, wait=30)

    assert document["verdict"]["outcome"] == "accepted"


def test_when_too_much_waits_no_more_is_taken(app):
    """Beyond the limit the answer is 503 with a time to come back, and nothing is kept; below it all goes on."""
    with serving(app, worker=False) as site:
        site.asgi.app.state.reception.most_waiting = 3
        taken = [site.hand_in(GOOD.format(i))[0] for i in range(3)]
        status, headers, document = site.hand_in(GOOD)
        form = site.ask("POST", "/practice/write-add", "code=x", **FORM)
        kept = app.practice().submissions.waiting()
        Worker(app.practice()).drain()
        later = site.hand_in(GOOD)[0]

    assert taken == [202] * 3
    assert (status, headers["retry-after"]) == (503, "5")
    assert "3 submissions are waiting" in document["error"]
    assert (form[0], form[1]["retry-after"]) == (503, "5")
    assert "Nothing was kept" in form[2]
    assert kept == 3
    assert later == 202


def test_stopping_the_server_loses_nothing(app):
    """Whatever was acknowledged before the end is judged or waits for the next run."""
    with serving(app) as site:
        numbers = [site.hand_in(GOOD.format(i))[2]["submission"] for i in range(30)]
    found = [app.practice().submissions.get(n) for n in numbers]
    app.close()

    assert all(s.accepted or s.state.value == "queued" for s in found)


@pytest.mark.parametrize(
    ("path", "body", "kind", "status"),
    [
        ("/api/practice/nowhere", '{"code": "x"}', "application/json", 404),
        ("/api/practice/write-add", '{"code": "x"}', "text/plain", 415),
        ("/api/practice/write-add", "code=x", "application/x-www-form-urlencoded", 415),
        ("/api/practice/write-add", "{", "application/json", 400),
        ("/api/practice/write-add", "[" * 100_000, "application/json", 400),
        ("/api/practice/write-add", "[]", "application/json", 400),
        ("/api/practice/write-add", '{"code": 1}', "application/json", 400),
        ("/api/practice/write-add", '{"code": "x", "hints": "2"}', "application/json", 400),
        ("/api/practice/write-add", json.dumps({"code": "#" * (MAX_CODE + 1)}), "application/json", 413),
        ("/api/practice/write-add", '"' + "x" * 900_000 + '"', "application/json", 413),
    ],
)
def test_nonsense_is_refused_and_nothing_is_kept(app, site, path, body, kind, status):
    """Each kind of mistake has its status, and an error in words."""
    response = site.post(path, content=body, headers={"content-type": kind})

    assert response.status_code == status
    assert response.json()["error"]
    assert app.practice().submissions.waiting() == 0
    app.close()


@pytest.mark.parametrize("number", ["0", "1", "99999999999999999999"])
def test_only_ones_own_submissions_are_shown(app, site, number):
    """A number that is nobody's, or somebody else's, is 404."""
    app.desk("eve").person()
    app.practice("eve").submit("write-add", GOOD)

    assert site.get(f"/api/submissions/{number}").status_code == 404
    app.close()
