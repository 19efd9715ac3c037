"""Read a page the way a browser would: its title, headings, links, and everything in it that could run."""

from __future__ import annotations

from html.parser import HTMLParser

VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
)
FOREIGN = frozenset({"iframe", "object", "embed", "base", "style", "frame"})
ADDRESSES = frozenset({"href", "src", "action", "formaction", "data", "poster", "srcset", "xlink:href"})


class Page(HTMLParser):
    """What stands on a page.

    Attributes:
        title: the text of its title.
        headings: the text of each first-level heading.
        links: every address a person can follow.
        ids: every id, in order.
        scripts: the address of each script, or its text where it stands in the page.
        values: what stands in each field of a form.
        loaded: every address the browser fetches by itself.
        dangers: attributes and elements that would run something.
        open: elements that were never closed, and ends without a beginning.
        text: everything that can be read.
    """

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.title = self.text = ""
        self.headings: list[str] = []
        self.links: list[str] = []
        self.ids: list[str] = []
        self.scripts: list[str] = []
        self.values: list[str] = []
        self.loaded: list[str] = []
        self.dangers: list[str] = []
        self.open: list[str] = []
        self._stack: list[str] = []
        self.feed(html)
        self.close()
        self.open += self._stack

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element begins."""
        found = {name: value or "" for name, value in attrs}
        if tag not in VOID:
            self._stack.append(tag)
        if "id" in found:
            self.ids.append(found["id"])
        if tag == "a" and "href" in found:
            self.links.append(found["href"])
        if tag == "h1":
            self.headings.append("")
        if tag == "input":
            self.values.append(found.get("value", ""))
        if tag == "script":
            self.scripts.append(found.get("src", ""))
        if tag in {"link", "img", "script", "source", "image"}:
            self.loaded += [found[name] for name in ("href", "src", "srcset") if found.get(name)]
        if tag in FOREIGN or (tag == "meta" and "http-equiv" in found):
            self.dangers.append(f"<{tag}>")
        for name, value in found.items():
            plain = "".join(c for c in value if c > " ").lower()
            scheme = plain.partition(":")[0]
            if name.startswith("on") or (
                name in ADDRESSES and scheme in {"javascript", "vbscript"} and ":" in plain
            ):
                self.dangers.append(f"{tag} {name}={value}")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """An element that is closed where it begins, as in SVG."""
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self._stack.pop()

    def handle_endtag(self, tag: str) -> None:
        """An element ends."""
        if self._stack and self._stack[-1] == tag:
            self._stack.pop()
        elif tag in self._stack:  # some ends may be left out, such as that of an item before the next
            while self._stack.pop() != tag:
                pass
        else:
            self.open.append(f"/{tag}")

    def handle_data(self, data: str) -> None:
        """Text."""
        if "title" in self._stack and "svg" not in self._stack:
            self.title += data
        elif "script" in self._stack:
            self.scripts[-1] += data
        else:
            if "h1" in self._stack:
                self.headings[-1] += data
            self.text += data


def assert_page(response, status=200):
    """A sound page: found, titled, with one heading, nothing left open, nothing inline that runs."""
    assert response.status_code == status, (str(response.url), response.status_code)
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    page = Page(response.text)
    where = str(response.url)
    assert "Cairn" in page.title, where
    assert len(page.headings) == 1, where
    assert page.headings[0].strip(), where
    assert_harmless(page, where)
    assert page.open == [], (where, page.open)
    assert len(page.ids) == len(set(page.ids)), (where, sorted(i for i in page.ids if page.ids.count(i) > 1))
    assert "{{" not in page.title + page.headings[0], where
    assert "{%" not in page.text, where
    return page


def assert_harmless(page, where=""):
    """Scripts come from this server alone, and no attribute or element runs anything."""
    assert page.dangers == [], (where, page.dangers)
    assert all(script.startswith("/static/") and "\n" not in script for script in page.scripts), (
        where,
        page.scripts,
    )
