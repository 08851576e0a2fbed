"""What aimux runs on and in: Python, libraries, multiplexers around it, ssh, shells, agents."""

from __future__ import annotations

import os
import platform
import shutil
import sys
from collections.abc import Iterator, Mapping
from importlib.metadata import PackageNotFoundError, version

from aimux import __version__
from aimux.agents.kinds import shipped_kinds
from aimux.doctor.findings import Finding, Mark

INSTALLATION, SURROUNDINGS, PROGRAMS = "installation", "surroundings", "programs"
REPORTING_SHELLS = ("bash", "zsh", "fish")
LEAST_TEXTUAL = (8, 2, 8)
NEXT_TEXTUAL = 9
_MULTIPLEXERS = {"AIMUX": "aimux", "TMUX": "tmux", "STY": "screen", "ZELLIJ": "zellij"}
_LIBRARIES = ("pyte", "ptyprocess", "msgspec", "zstandard", "rich")


def installation_findings() -> Iterator[Finding]:
    """Versions of aimux, Python and what they need."""
    yield Finding(INSTALLATION, "aimux", Mark.OK, __version__)
    yield Finding(INSTALLATION, "python", Mark.OK, f"{platform.python_version()}  {sys.executable}")
    yield _textual()
    for name in _LIBRARIES:
        found = _version(name)
        advice = f"pip install {name}" if found is None else ""
        mark = Mark.FAIL if found is None else Mark.OK
        yield Finding(INSTALLATION, name, mark, found or "not installed", advice)


def _textual() -> Finding:
    found = _version("textual")
    wanted = f"pip install 'textual>={'.'.join(map(str, LEAST_TEXTUAL))},<{NEXT_TEXTUAL}'"
    if found is None:
        return Finding(INSTALLATION, "textual", Mark.FAIL, "not installed", wanted)
    numbers = tuple(int(part) for part in found.split(".")[:3] if part.isdigit())
    fits = LEAST_TEXTUAL <= numbers < (NEXT_TEXTUAL,)
    mark = Mark.OK if fits else Mark.FAIL
    return Finding(INSTALLATION, "textual", mark, found, "" if fits else wanted)


def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def surroundings_findings(environment: Mapping[str, str]) -> Iterator[Finding]:
    """What it runs in: another multiplexer, ssh, a shell."""
    around = [name for key, name in _MULTIPLEXERS.items() if environment.get(key)]
    if environment.get("AIMUX") and "tmux" in around:
        around.remove("tmux")  # panes have both: aimux says so to programs that look for tmux
    advice = "" if around in ([], ["aimux"]) else "both take C-b: give one of them another prefix"
    mark = Mark.WARN if advice else Mark.OK
    yield Finding(SURROUNDINGS, "inside", mark, ", ".join(around) or "no multiplexer", advice)
    remote = next((key for key in ("SSH_TTY", "SSH_CONNECTION") if environment.get(key)), None)
    yield Finding(SURROUNDINGS, "ssh", Mark.OK, f"yes ({remote})" if remote else "no")
    colour = environment.get("COLORTERM") or "not set"
    yield Finding(SURROUNDINGS, "COLORTERM", Mark.OK, colour)
    yield _shell(environment)
    yield _integration(environment)


def _shell(environment: Mapping[str, str]) -> Finding:
    shell = environment.get("SHELL", "")
    if shell and os.access(shell, os.X_OK):
        return Finding(SURROUNDINGS, "SHELL", Mark.OK, shell)
    advice = "panes start /bin/sh: export SHELL, or set -g default-shell"
    return Finding(SURROUNDINGS, "SHELL", Mark.WARN, shell or "not set", advice)


def _integration(environment: Mapping[str, str]) -> Finding:
    name = os.path.basename(environment.get("SHELL", ""))  # noqa: PTH119  # a name, not a path
    if name in REPORTING_SHELLS:
        value = f"{name} reports its commands (option shell-integration)"
        return Finding(SURROUNDINGS, "shell integration", Mark.OK, value)
    advice = f"commands and their results are seen in {', '.join(REPORTING_SHELLS)}"
    value = f"{name or 'this shell'} does not report its commands"
    return Finding(SURROUNDINGS, "shell integration", Mark.WARN, value, advice)


def program_findings() -> Iterator[Finding]:
    """The agents that are installed."""
    kinds = shipped_kinds().values()
    found = [
        kind.name for kind in kinds if any(shutil.which(name) for name in kind.process.programs)
    ]
    known = f"none of the {len(kinds)} known ones"
    yield Finding(PROGRAMS, "agents", Mark.OK, ", ".join(sorted(found)) or known)
