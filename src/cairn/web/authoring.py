"""What an author sees beside the page: the curriculum loaded anew at every save, and the linter's findings."""

from __future__ import annotations

import os
import shutil
import subprocess
import threading
from pathlib import Path

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

import cairn
from cairn.app import App, load
from cairn.curriculum import Problem
from cairn.study.checking import audit_pages
from cairn.study.playing import audit_playgrounds
from cairn.web import assets
from cairn.web.views import Views

POLL_S = 0.3


def routes() -> list[Route]:
    """The routes that only an author's server has."""
    return [Route("/author/version", version)]


def version(request: Request) -> Response:
    """A number that grows with every change; the page asks for it and reloads itself."""
    live: Live = request.app.state.author
    return JSONResponse({"version": live.version})


class Live:
    """The curriculum as it stands on the disk, watched by a thread until the process ends."""

    def __init__(self, asgi: Starlette, app: App) -> None:
        self._asgi, self._app = asgi, app
        self.version = 0
        self.problems: tuple[Problem, ...] = ()
        self.note = ""
        self._seen = _signature(app.settings.curriculum)
        self.refresh()

    def watch(self) -> None:
        """Begin to look for changes."""
        threading.Thread(target=self._loop, name="author", daemon=True).start()

    def findings(self, topic: str) -> list[Problem]:
        """What is wrong with one topic."""
        return [p for p in self.problems if f"/{topic}/" in p.file]

    def refresh(self) -> None:
        """Load everything anew, and put it in the place of what was there."""
        self.note = self._set_formulas()
        app = self._app
        app.__dict__["atlas"] = load(app.settings.curriculum)
        app.workbench.forget()
        app.stage.forget()
        self._asgi.state.views = Views(app)
        audit = audit_pages(app.atlas, app.workbench, app.settings.curriculum)
        plays = audit_playgrounds(app.atlas, app.stage)
        self.problems = tuple(sorted({*app.atlas.lint().problems, *audit.problems, *plays.problems}))
        self.version += 1

    def _loop(self) -> None:
        pause = threading.Event()
        while not pause.wait(POLL_S):
            now = _signature(self._app.settings.curriculum)
            if now != self._seen:
                self._seen = now
                self.refresh()

    def _set_formulas(self) -> str:
        """Set the formulas of changed pages; returns why that was not possible, or nothing."""
        frontend = Path(cairn.__file__).resolve().parents[2] / "frontend"
        node = shutil.which("node")
        if node is None or not (frontend / "node_modules").is_dir():
            return (
                "Formulas changed since the last build are shown as TeX: Node or the source tree is missing."
            )
        out = self._app.settings.data / "cache" / "author"
        command = [
            node,
            "build.mjs",
            str(out.resolve()),
            str(self._app.settings.curriculum.resolve()),
            "formulas",
        ]
        run = subprocess.run(command, cwd=frontend, capture_output=True, text=True, check=False)  # noqa: S603  # our own build
        assets.look_first_in(out / "formulas")
        return run.stderr.strip()


def _signature(folder: Path) -> tuple[int, int]:
    """How many files there are, and when the last one changed."""
    count, latest = 0, 0
    pending = [str(folder)]
    while pending:
        with os.scandir(pending.pop()) as entries:
            for entry in entries:
                if entry.name.startswith((".", "__pycache__")):
                    continue
                if entry.is_dir(follow_symlinks=False):
                    pending.append(entry.path)
                    continue
                count += 1
                latest = max(latest, entry.stat(follow_symlinks=False).st_mtime_ns)
    return count, latest
