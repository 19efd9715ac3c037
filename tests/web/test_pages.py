"""The pages: every one of them stands, is titled, and leads only to others that stand."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest

from cairn.app import App
from cairn.curriculum import Skill
from cairn.settings import Settings
from tests.web.conftest import client
from tests.web.reading import Page, assert_page

FIXED = [
    "/", "/areas", "/paths", "/comparisons", "/resources", "/questions", "/search", "/map", "/practice", "/diagnose",
    "/review", "/today", "/plan", "/plan/new", "/playgrounds", "/drills", "/interview", "/checkpoints", "/log",
    "/log/experiments", "/reading", "/audit", "/profile", "/frontier",
]  # fmt: skip
FILES = ("/log.md", "/log.csv")
DEEPER = ("/playgrounds/", "/checkpoints/", "/reading/", "/drills/", "/log/", "/paths/", "/questions/")


@pytest.fixture
def site(quiet_site):
    """The miniature's site; nothing here is kept."""
    return quiet_site


def things(curriculum):
    """The address and title of every single thing that has a page."""
    return {
        "/topics/": {t.id: t.title for t in curriculum.topics.values()},
        "/areas/": {a.id: a.title for a in curriculum.areas.values()},
        "/paths/": {p.id: p.title for p in curriculum.paths.values()},
        "/papers/": {p.id: p.title for p in curriculum.papers.values()},
        "/resources/": {r.id: r.title for r in curriculum.resources.values()},
        "/questions/": {q.id: q.ask for q in curriculum.questions.values()},
        "/practice/": {x.id: x.title for x in curriculum.exercises.values()},
        "/comparisons/": {c.id: c.title for c in curriculum.comparisons.values()},
    }


def visited(site, curriculum):
    """Every page by its address, each one checked."""
    pages = {address: assert_page(site.get(address)) for address in (*FIXED, "/drills", "/interview")}
    for folder, titles in things(curriculum).items():
        for item, title in titles.items():
            page = assert_page(site.get(folder + item))
            assert " ".join(title.split()) in " ".join(page.headings[0].split()), folder + item
            assert title in page.title, folder + item
            pages[folder + item] = page
    new = set(pages)
    while new:
        linked = {urlsplit(link).path for address in new for link in pages[address].links}
        new = {a for a in linked - set(pages) if a.startswith(DEEPER)}
        pages |= {address: assert_page(site.get(address)) for address in sorted(new)}
    return pages


def dead_links(pages, curriculum):
    """Links to a page, a heading or a goal that does not exist."""
    dead = set()
    for address, page in pages.items():
        for link in page.links:
            parts = urlsplit(link)
            if parts.netloc or parts.scheme:
                sound = parts.scheme in {"http", "https"} and bool(parts.netloc)
            elif parts.path in FILES:
                sound = True
            elif parts.path.startswith("/ask/"):
                sound = bool(curriculum.items.of(Skill.parse(parts.path.removeprefix("/ask/"))))
            elif parts.path == "/diagnose" and "target=everything" in parts.query:
                sound = True
            elif parts.path.startswith("/drills/") and parts.path != "/drills/all":
                sound = bool(curriculum.items.drills(parts.path.removeprefix("/drills/")))
            elif parts.path == "/drills/all":
                sound = any(curriculum.items.drills(t) for t in curriculum.topics)
            elif parts.path in {"/gap", "/map", "/diagnose"} and parts.query:
                sound = all(curriculum.resolve(t) for t in parse_qs(parts.query).get("target", [None]))
            else:
                target = pages.get(parts.path or address)
                sound = target is not None and (not parts.fragment or parts.fragment in target.ids)
            if not sound:
                dead.add((address, link))
    return dead


def test_every_page_of_the_miniature_stands(site, mini):
    """Each page answers, is titled after its thing, and every link on it leads somewhere."""
    pages = visited(site, mini.curriculum)

    assert dead_links(pages, mini.curriculum) == set()


def test_every_page_of_the_real_curriculum_stands(real_site, real):
    """The same for every topic, area, path, paper, resource, question and comparison that Cairn ships."""
    pages = visited(real_site, real.curriculum)

    assert len(pages) > 700
    assert dead_links(pages, real.curriculum) == set()


@pytest.mark.parametrize("kind", ["paths", "areas", "comparisons", "papers", "questions", "topics"])
def test_gaps_to_real_goals_stand(real_site, real, kind):
    """The gap to something of every kind, the largest paths and areas among them, is a page."""
    some = list(getattr(real.curriculum, kind).values())[:6]

    for thing in some:
        response = real_site.get("/gap", params={"target": thing.id})
        if response.status_code != 404:  # what asks for no skills cannot be a goal
            assert_page(response)


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("carrying", "/topics/addition#carrying"),
        ("addition@use", "/topics/addition#levels"),
        ("short-phase-1", "/paths/short#short-phase-1"),
        ("book-sums", "/resources/book-sums"),
        ("q-slope", "/questions/q-slope"),
        ("Line fitting", "/topics/fitting"),
    ],
)
def test_any_name_leads_to_its_page(site, name, place):
    """A section's id, a skill or another thing's id, asked for as a topic, is sent to where it stands."""
    response = site.get(f"/topics/{name}")

    assert (response.status_code, response.headers["location"]) == (308, place)
    page, _, anchor = place.partition("#")
    assert not anchor or anchor in assert_page(site.get(page)).ids


@pytest.mark.parametrize(
    "address",
    [
        "/nowhere",
        "/topics/nowhere",
        "/topics/",
        "/areas/slope",
        "/paths/slope",
        "/papers/slope",
        "/resources/slope",
        "/questions/slope",
        "/comparisons/slope",
        "/topics/slope/more",
        "/topics/%00",
        "/topics/%2e%2e",
        "/topics/" + "x" * 5000,
        "/favicon.ico",
    ],
)
def test_what_is_not_there_is_said_kindly(site, address):
    """A wrong address is a 404 with a page that leads back."""
    response = site.get(address)

    assert response.status_code == 404
    page = Page(response.text)
    assert len(page.headings) == 1
    assert "/" in page.links


def test_head_is_get_without_a_body(site):
    """A link checker that asks only for the head gets the same status."""
    for address in FIXED:
        response = site.head(address)
        assert (response.status_code, response.content) == (200, b"")


@pytest.mark.parametrize("text", ["slope", "carrying", "multiplicaton"])
def test_a_search_lists_links_to_what_it_finds(site, text):
    """Results are links that stand; a slip of the finger still finds."""
    page = assert_page(site.get("/search", params={"q": text}))
    results = [link for link in page.links if link.startswith("/topics/")]

    assert results
    assert all(site.get(link.partition("#")[0]).status_code == 200 for link in results)


@pytest.mark.parametrize(
    "text", ["", " ", "qqqzzz", "\x00\x07", "x" * 10_000, "%", "漢字", "'; DROP TABLE people; --"]
)
def test_a_search_for_anything_is_a_page(site, text):
    """Whatever is typed, the answer is a page."""
    assert_page(site.get("/search", params={"q": text}))


def test_the_start_page_offers_the_goals(site):
    """The curriculum's goals are offered with what each costs."""
    page = assert_page(site.get("/"))

    assert "/gap?target=fitting" in page.links
    assert "Fit a line" in page.text


def test_the_map_has_every_topic(site, mini):
    """Each topic can be reached from the map, with or without a goal lit."""
    for address in ("/map", "/map?target=fitting", "/map?target=short"):
        page = assert_page(site.get(address))
        assert all(f"/topics/{topic}" in page.text + " ".join(page.links) for topic in mini.curriculum.topics)


def test_a_curriculum_without_files_still_serves(tmp_path):
    """An empty folder gives empty pages, not faults."""
    app = App(
        Settings(curriculum=tmp_path, data=tmp_path, database_url=f"sqlite:///{tmp_path / 'c.sqlite3'}")
    )
    site = client(app)

    for address in FIXED:
        assert_page(site.get(address))
    app.close()
