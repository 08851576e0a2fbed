"""The agents of npm, in the versions that these tests know: installed once, kept in a cache."""

from __future__ import annotations

import fcntl
import os
import platform
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from zlib import crc32

VARIABLE = "AIMUX_TEST_AGENTS"
"""Names a directory into which the agents are, or will be, installed."""
SECONDS = 100
"""How long installing may take; a registry that answers needs 15."""
_CPUS = {"x86_64": "x64", "aarch64": "arm64"}
_CPU = _CPUS.get(platform.machine(), "")


@dataclass(frozen=True, slots=True)
class Package:
    """How npm has an agent.

    Attributes:
        spec: The package with its version.
        program: Its program, below `node_modules`; a glob.
    """

    spec: str
    program: str


PACKAGES: Mapping[str, Package] = {
    "claude-code": Package(
        f"@anthropic-ai/claude-code-linux-{_CPU}@2.1.330",
        f"@anthropic-ai/claude-code-linux-{_CPU}/claude",
    ),
    "codex": Package("@openai/codex@0.169.0", f"@openai/codex-linux-{_CPU}/vendor/*/bin/codex"),
    "gemini-cli": Package("@google/gemini-cli@0.61.0", "@google/gemini-cli/bundle/gemini.js"),
    "opencode": Package(f"opencode-linux-{_CPU}@1.18.33", f"opencode-linux-{_CPU}/bin/opencode"),
}


class NotInstalledError(Exception):
    """The agents cannot be had here; the text says why."""


def program_of(kind: str) -> list[str]:
    """How an agent is started, after it was installed.

    Raises:
        NotInstalledError: It cannot be.
    """
    found = _found(kind)
    if found is None:
        _install()
        found = _found(kind)
    if found is None:
        raise NotInstalledError(f"npm has installed no program of {kind}")
    return ["node", str(found)] if found.suffix == ".js" else [str(found)]


def directory() -> Path:
    """Where the agents are: other versions lie elsewhere."""
    cache = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    versions = crc32("".join(package.spec for package in PACKAGES.values()).encode())
    return Path(os.environ.get(VARIABLE) or Path(cache, "aimux-tests", f"agents-{versions:08x}"))


def _found(kind: str) -> Path | None:
    return next(directory().glob(f"node_modules/{PACKAGES[kind].program}"), None)


def _install() -> None:
    """Have npm install all of them; one process at a time, and once a run if it fails."""
    if platform.system() != "Linux" or not _CPU:
        raise NotInstalledError("the agents are installed on Linux alone")
    if shutil.which("node") is None or shutil.which("npm") is None:
        raise NotInstalledError("no node and npm here to install the agents with")
    place = directory()
    place.mkdir(parents=True, exist_ok=True)
    with (place / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not all(_found(kind) for kind in PACKAGES):
            _run_npm(place)


def _run_npm(place: Path) -> None:
    failed = place / f"failed-{os.environ.get('PYTEST_XDIST_TESTRUNUID', os.getpid())}"
    if failed.exists():
        raise NotInstalledError(failed.read_text())
    flags = ("--ignore-scripts", "--no-save", "--no-package-lock", "--no-audit", "--no-fund")
    quick = (
        "--fetch-retries=1",
        "--fetch-retry-mintimeout=1000",
        "--fetch-timeout=20000",
        "--loglevel=error",
    )
    specs = [package.spec for package in PACKAGES.values()]
    words = ("npm", "install", "--prefix", str(place), *flags, *quick, *specs)
    try:
        done = subprocess.run(words, capture_output=True, text=True, timeout=SECONDS, check=False)
        said = "" if done.returncode == 0 else f"npm install: {_last_line(done.stderr)}"
    except subprocess.TimeoutExpired:
        said = f"npm install has not ended in {SECONDS} seconds"
    if said:
        failed.write_text(said)
        raise NotInstalledError(said)


def _last_line(text: str) -> str:
    lines = [line for line in text.splitlines() if line.startswith("npm error")]
    told = [line for line in lines if "complete log" not in line]
    return (told or ["it failed"])[0].removeprefix("npm error ")
