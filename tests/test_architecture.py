"""What the house's drawing promises and import-linter can't see: sizes, names, start-up imports."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import aimux

PACKAGE = Path(aimux.__file__).resolve().parent
ROOT = PACKAGE.parent
SOURCES = sorted(
    path
    for top in ("aimux", "migrate_tmux", "tests")
    for path in (ROOT / top).rglob("*.py")
    if "__pycache__" not in path.parts
)
MAX_LINES = 800
NAMELESS = {"utils", "util", "helpers", "helper", "manager", "misc", "common"}
FORBIDDEN = {
    "aimux.cli": {"asyncio", "msgspec", "pathlib", "rich", "socket", "textual", "typing"},
    "aimux.guard.run": {"asyncio", "msgspec", "rich", "socket", "textual"},
    "aimux.server.main": {"aimux.client", "migrate_tmux", "rich", "textual"},
    "aimux.client.main": {"aimux.model", "aimux.pty", "aimux.server", "ptyprocess", "sqlite3"},
}


def modules_with(module: str) -> set[str]:
    """The modules that importing one brings, beyond a bare Python's."""
    script = (
        "import sys, json; bare = set(sys.modules); "
        f"import {module}; json.dump(sorted(set(sys.modules) - bare), sys.stdout)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        env={"PYTHONPATH": str(ROOT), "PATH": os.environ["PATH"]},
        capture_output=True,
        text=True,
        check=True,
    )
    return set(json.loads(done.stdout))


@pytest.mark.parametrize("module", FORBIDDEN)
def test_a_process_imports_only_what_is_its_own(module: str) -> None:
    assert modules_with(module) & FORBIDDEN[module] == set()


def test_no_file_is_too_long() -> None:
    lines = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in SOURCES}
    assert {path: count for path, count in lines.items() if count > MAX_LINES} == {}


def test_every_module_is_named_after_what_it_holds() -> None:
    assert [path for path in SOURCES if path.stem in NAMELESS or path.parent.name in NAMELESS] == []


def test_every_module_says_what_it_holds() -> None:
    modules = [path for path in SOURCES if "tests" not in path.relative_to(ROOT).parts]
    assert [path for path in modules if not path.read_text().startswith('"""')] == []
