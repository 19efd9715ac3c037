"""How quickly the curriculum is loaded and linted, and how soon the server answers.

Beside Cairn's reader stand the readers that a project would otherwise use for the same front matter: PyYAML's
safe loader in C and in Python. They build values only; Cairn also checks them, keeps lines for errors, links
the graph and indexes every name.
"""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

import yaml
from _table import Row, arguments, report, timed

from cairn.curriculum import load
from cairn.curriculum.document import parse
from cairn.curriculum.linter import lint
from cairn.store.tree import read_tree

CURRICULUM = Path(__file__).parent.parent / "curriculum"


def first_page(times: int) -> list[Row]:
    """From typing the command to the first page, and the server's own time for the first two pages."""
    starts: list[float] = []
    pages: dict[str, list[float]] = {"/": [], "/gap?target=scaled-dot-product-attention": []}
    sizes = dict.fromkeys(pages, 0)
    for _ in range(times):
        with tempfile.TemporaryDirectory() as data:
            begin = time.perf_counter()
            server = subprocess.Popen(
                [sys.executable, "-m", "cairn", "up", "--no-open", "--port", "0"],
                env={**os.environ, "CAIRN_DATA": data, "NO_COLOR": "1"}, stdout=subprocess.PIPE, text=True,
            )  # fmt: skip
            try:
                assert server.stdout is not None
                address = next(m[0] for line in server.stdout if (m := re.search(r"http://\S+?(?=/)", line)))
                fetch(address + "/")
                starts.append((time.perf_counter() - begin) * 1000)
                for page, spans in pages.items():
                    for _ in range(10):
                        begin = time.perf_counter()
                        sizes[page] = fetch(address + page)
                        spans.append((time.perf_counter() - begin) * 1000)
            finally:
                server.send_signal(signal.SIGINT)
                server.wait(10)
    rows = [
        Row(
            "start of the server to first page",
            "cairn",
            sorted(starts)[len(starts) // 2],
            min(starts),
            max(starts),
            2000.0,
        )
    ]
    for page, spans in pages.items():
        note = f"{sizes[page] / 1000:.1f} kB of HTML, compressed"
        rows.append(
            Row(
                f"server time of {page}",
                "cairn",
                sorted(spans)[len(spans) // 2],
                min(spans),
                max(spans),
                20.0,
                note,
            )
        )
    return rows


def fetch(address: str) -> int:
    """Ask for a page as a browser would; the bytes that came over the wire."""
    request = urllib.request.Request(address, headers={"Accept-Encoding": "gzip"})
    with urllib.request.urlopen(request, timeout=30) as answer:
        return len(answer.read())


def main() -> int:
    """Run and print."""
    options = arguments(__doc__ or "")
    times = 3 if options.quick else 9
    files, _ = read_tree(CURRICULUM)
    fronts = [
        text.split("\n---\n", 1)[0][4:]
        for name, data in files.items()
        if name.endswith("topic.md")
        for text in [data.decode()]
    ]
    loaded = load(files)
    topics = len(loaded.curriculum.topics)
    rows = [
        timed(
            f"load and lint {topics} topics, {len(files)} files",
            "cairn",
            lambda: lint(load(read_tree(CURRICULUM)[0])),
            times,
            1000.0,
        ),
        timed("lint alone", "cairn", lambda: lint(loaded), times),
        timed("parse the front matter alone", "cairn", lambda: [parse(t) for t in fronts], times),
        timed(
            "parse the front matter alone",
            "PyYAML in C",
            lambda: [yaml.load(t, yaml.CSafeLoader) for t in fronts],
            times,
        ),
        timed("parse the front matter alone", "PyYAML", lambda: [yaml.safe_load(t) for t in fronts], 3),
        *first_page(times),
    ]
    return report("Loading and serving", rows, options.json)


if __name__ == "__main__":
    sys.exit(main())
