"""Hostile text stays text: in what is typed, and in every field that a curriculum can fill."""

from __future__ import annotations

from pathlib import Path

import pytest

from cairn.app import App
from cairn.settings import Settings
from tests.web.conftest import client
from tests.web.reading import Page, assert_harmless

ATTACKS = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "'><svg onload=alert(1)>",
    "javascript:alert(1)",
    "{{ 7 * 7 }}{% raw %}",
    "</title><script>alert(1)</script>",
    "<!--",
    "&lt;script&gt;",
    "\N{FULLWIDTH LESS-THAN SIGN}script\N{FULLWIDTH GREATER-THAN SIGN}",
]
MARKS = ["<script>alert(1)", "<img src=x", "<svg onload", "<iframe"]
WORDS = (
    "Addition / Putting amounts together. / say what a sum is / A product is a repeated sum. / "
    "chapter 1 / Sums for everybody. / The Book of Sums / C. Author / On Lines / "
    "Fits a line to points. / A. Author / What is the slope of a line? / Rise over run. / "
    "When does it not exist? / The short path / From sums to lines. / add again / "
    "the proof, which nobody asks for / One hour a day. / Drawing / Proofs or not? / "
    "Must one prove that order does not matter? / It depends. / you meet data / Adds all day. / "
    "Fit a line / All of it. / Adding and multiplying. / page 7 / Clerk / Miniature"
)
BODY = """
## Why

<script>alert(1)</script> <img src=x onerror=alert(1)> <iframe src="//evil.example"></iframe>

<div onclick="alert(1)">

[a](javascript:alert(1)) [b](JaVaScRiPt&colon;alert(1)) [c](data:text/html,<script>alert(1)</script>)
![d](javascript:alert(1)) <javascript:alert(1)> [e]: javascript:alert(1)
[f](vbscript:x) [g](//evil.example "x\\" onmouseover=\\"alert(1)")

### Heading {#h" onclick="alert(1)}

$x^{"><img src=x onerror=alert(1)>}$ $$</span><script>alert(1)</script>$$

`<script>alert(1)</script>`

```html" onload="alert(1)
<script>alert(1)</script>
```

## Intuition

I.

## Statement

S.

## Failure modes

F[^1].

[^1]: <script>alert(1)</script>
"""


@pytest.fixture
def site(quiet_site):
    """The miniature's site; nothing here is kept."""
    return quiet_site


def checked(response):
    """A page on which nothing hostile became more than text."""
    page = Page(response.text)
    assert_harmless(page, str(response.url))
    assert not any(mark in response.text for mark in MARKS), str(response.url)
    return page


@pytest.mark.parametrize("text", ATTACKS)
def test_what_is_typed_stays_text(site, text):
    """A search, a goal, a level, a skill or an address that looks like markup is shown as it was typed."""
    for address, query in [
        ("/search", {"q": text}),
        ("/gap", {"target": ["slope", text]}),
        ("/gap", {"target": "slope", "level": text}),
        ("/gap", {"target": "slope", "anything": text}),
        ("/map", {"target": text}),
        (f"/topics/{text}", {}),
        (f"/{text}", {}),
    ]:
        checked(site.get(address, params=query))
    for address, fields in [
        ("/know", {"skill": text}),
        ("/background", {"background": text}),
        ("/forget", {"keep": text}),
    ]:
        checked(site.post(address, data=fields))
    assert text in checked(site.get("/search", params={"q": text})).values


@pytest.mark.parametrize("text", ATTACKS)
def test_an_api_error_is_no_page(site, text):
    """Text that an error repeats is sent as JSON, which no browser shows as a page."""
    for address in (f"/api/show/{text}", "/api/gap"):
        response = site.get(address, params={"target": text})
        assert response.headers["content-type"] == "application/json"
        assert response.headers["x-content-type-options"] == "nosniff"


@pytest.fixture
def hostile(tmp_path, mini_files):
    """A site over the miniature curriculum with an attack in every text that it shows."""
    evil = "<script>alert(1)</script>\\\"'><img src=x onerror=alert(1)>"
    words = dict.fromkeys(WORDS.split(" / "), 0)
    folder = tmp_path / "hostile"
    for name, content in mini_files.items():
        text = content.decode()
        front, mark, body = text.partition("\n---\n")
        for word in words:
            for quoted in (f'"{word}"', word):
                if quoted in front:
                    words[word] += 1
                    front = front.replace(quoted, f'"{word} {evil}"', 1)
                    break
        place = folder / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(front + mark + (BODY if mark else body))
    assert all(words.values()), [word for word, times in words.items() if not times]
    made = App(
        Settings(curriculum=Path(folder), data=tmp_path, database_url=f"sqlite:///{tmp_path / 'c.sqlite3'}")
    )
    yield made
    made.close()


def test_a_hostile_curriculum_runs_nothing(hostile):
    """Whatever its titles, reasons, notes and pages say, they are shown and never run."""
    assert [p for p in hostile.atlas.problems if p.code not in {"section-id", "anchor"}] == []
    site = client(hostile)
    c = hostile.atlas.curriculum
    pages = [
        "/", "/areas", "/paths", "/comparisons", "/resources", "/questions", "/search?q=addition", "/map",
        "/map?target=fitting", "/gap?target=fitting&level=derive", "/gap?target=short", "/gap?target=proofs",
        *(f"/topics/{x}" for x in c.topics), *(f"/areas/{x}" for x in c.areas),
        *(f"/paths/{x}" for x in c.paths), *(f"/papers/{x}" for x in c.papers),
        *(f"/resources/{x}" for x in c.resources),
        *(f"/questions/{x}" for x in c.questions), *(f"/comparisons/{x}" for x in c.comparisons),
    ]  # fmt: skip

    shown = [checked(site.get(address)) for address in pages]

    assert sum("alert(1)" in page.text for page in shown) > len(pages) / 2


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "data:text/html,x", "//evil.example", "file:///etc/passwd"]
)
@pytest.mark.parametrize("file", ["papers/paper-lines.yaml", "resources/books.yaml"])
def test_an_address_in_a_curriculum_is_a_web_address(tmp_path, mini_files, file, address):
    """A link that is not to the web is an error of the file, and no page carries it."""
    for name, content in mini_files.items():
        (tmp_path / "c" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "c" / name).write_bytes(content)
    place = tmp_path / "c" / file
    indent = "    " if "resources" in file else ""
    text = place.read_text().replace("url: https://example.org/lines\n", "")
    place.write_text(text.rstrip("\n") + f"\n{indent}url: {address}\n")

    app = App(
        Settings(curriculum=tmp_path / "c", data=tmp_path, database_url=f"sqlite:///{tmp_path / 'c.sqlite3'}")
    )

    assert file in {p.file for p in app.atlas.problems}
    assert not any(
        address in client(app).get(page).text
        for page in ("/resources", "/topics/slope", "/papers/paper-lines")
    )
    app.close()
