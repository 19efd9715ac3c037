"""Accessibility, stillness and weight of the pages, measured in a real browser."""

from __future__ import annotations

from pathlib import Path

import pytest

pytestmark = pytest.mark.browser

CURRICULUM = Path(__file__).parents[2] / "curriculum"
COMPLETE = sorted(
    f"/topics/{file.parent.name}"
    for file in CURRICULUM.glob("topics/*/*/topic.md")
    if "\nstatus: complete\n" in file.read_text(encoding="utf-8")
)
AXE = Path(__file__).parents[2] / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
PAGES = (
    "/", "/gap?target=attention", "/topics/backpropagation", "/topics/hoeffding-inequality",
    "/topics/scaled-dot-product-attention", "/topics/adam", "/topics/singular-value-decomposition",
    "/topics/vc-dimension", "/topics/byte-pair-encoding", "/topics/dpo",
    "/areas", "/areas/linear-algebra", "/paths",
    "/paths/llm-roadmap", "/comparisons", "/comparisons/compare-reinforcement-learning", "/map",
    "/map?target=attention", "/resources", "/resources/book-mml", "/papers/paper-attention", "/questions",
    "/questions/q-vc-define", "/search?q=atention", "/practice", "/diagnose", "/diagnose?target=attention",
    "/diagnose/picture?target=attention", "/review", "/today", "/plan",
    "/ask/softmax@recognise", "/ask/softmax@use", "/map?show=belief",
    "/nothing-here", "/playgrounds", "/checkpoints", "/checkpoints/llm-roadmap-phase-1", "/paths/llm-roadmap/later",
    "/log", "/checkpoints/llm-roadmap-phase-1/ask/q-cp1-broadcasting", "/checkpoints/llm-roadmap-phase-3/yourself",
    "/log/experiments", "/reading", "/reading/paper-attention", "/audit", "/profile", "/frontier",
)  # fmt: skip
LIMIT = 150_000
FORMULAS_LIMIT = 120_000


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing_serious(visit, path, scheme):
    """No page violates a rule of level serious or critical, in light or dark."""
    page = visit(path, color_scheme=scheme)
    page.evaluate(AXE.read_text(encoding="utf-8") + ";0")

    found = page.evaluate(
        "axe.run().then(r => r.violations.map(v => [v.impact, v.id, v.nodes.map(n => n.target.join(' '))]))"
    )

    assert [v for v in found if v[0] in {"serious", "critical"}] == []


@pytest.mark.parametrize(
    ("path", "limit"),
    [("/", LIMIT), ("/gap?target=attention", LIMIT), *((path, FORMULAS_LIMIT) for path in COMPLETE)],
)
def test_the_first_visit_is_light_and_still(visit, path, limit):
    """With an empty cache a page weighs under 150 kB over the wire, one with formulas under 120 without what only its
    playground needs, and nothing shifts.
    """
    page = visit("/nothing-here")
    page.context.clear_cookies()
    weights, addresses = [], {}
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.clearBrowserCache")
    session.on("Network.requestWillBeSent", lambda e: addresses.update({e["requestId"]: e["request"]["url"]}))
    session.on(
        "Network.loadingFinished",
        lambda e: weights.append(
            0 if "/playground." in addresses[e["requestId"]] else e["encodedDataLength"]
        ),
    )
    page.add_init_script(
        "window.shift = 0; new PerformanceObserver(l => l.getEntries().forEach(e => { window.shift += e.value; }))"
        ".observe({type: 'layout-shift', buffered: true})"
    )
    page.goto(page.url.replace("/nothing-here", path))
    page.wait_for_load_state("networkidle")

    assert 10_000 < sum(weights) < limit
    assert page.evaluate("window.shift") == 0


@pytest.mark.parametrize("path", [*PAGES, *COMPLETE])
def test_nothing_is_wider_than_a_phone(visit, path):
    """On a phone no page scrolls sideways."""
    page = visit(path, is_mobile=True, device_scale_factor=2, screen={"width": 390, "height": 844})
    page.set_viewport_size({"width": 390, "height": 844})

    assert page.evaluate("document.scrollingElement.scrollWidth") <= 390
