"""Run another program's suite on tmux and on aimux: `python -m tests.peer SUITE`."""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from aimux.link.tmux_version import VARIABLE
from tests.peer.checkout import checkout
from tests.peer.running import run
from tests.peer.suites import SUITES
from tests.peer.tmux_regress import REPOSITORY, run_scripts, scripts

CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "aimux-peer"
TEAMS_SUITE, REGRESS_SUITE = OTHERS = ("claude-teams", "tmux-regress")
TEAMS = Path(__file__).with_name("claude_teams.sh")


@contextmanager
def tmux_directory(name: str) -> Iterator[Path]:
    """A directory whose `tmux` is the installed tmux, or aimux."""
    with tempfile.TemporaryDirectory() as directory:
        place = Path(directory)
        if name == "aimux":
            subprocess.run([sys.executable, "-m", "aimux", "shim", place], check=True)
        else:
            (place / "tmux").symlink_to(shutil.which("tmux") or "tmux")
        yield place


def teams(tmux: Path) -> str:
    """What the replay of Claude Code's agent teams says: `N of M`, or what failed."""
    done = subprocess.run(
        ["bash", TEAMS, tmux / "tmux"], capture_output=True, text=True, check=False
    )
    lines = done.stdout.splitlines()
    passed = sum(line.startswith("PASS") for line in lines)
    failed = [line for line in lines if line.startswith("FAIL")]
    return "\n  ".join([f"{passed} passed of {passed + len(failed)}", *failed])


def main() -> int:
    """Run what the command line names and print the results side by side."""
    parser = argparse.ArgumentParser(prog="python -m tests.peer", description=__doc__)
    parser.add_argument("suite", choices=[*SUITES, *OTHERS])
    parser.add_argument("--on", choices=["tmux", "aimux", "both"], default="both")
    parser.add_argument("--cache", type=Path, default=CACHE, help="where suites are kept")
    parser.add_argument("--as-version", default="", help="the tmux that aimux says it is")
    parser.add_argument("--release", default="3.3a", help="tmux-regress: whose scripts")
    parser.add_argument("--repository", default=REPOSITORY, help="tmux-regress: tmux's sources")
    arguments, chosen = parser.parse_known_args()
    variables = {VARIABLE: arguments.as_version} if arguments.as_version else {}
    words = [word for word in chosen if word != "--"]
    for name in ("tmux", "aimux") if arguments.on == "both" else (arguments.on,):
        with tmux_directory(name) as tmux:
            print(f"{name}: {_said(arguments, tmux, words, variables)}", flush=True)
    return 0


def _said(
    arguments: argparse.Namespace, tmux: Path, words: list[str], variables: dict[str, str]
) -> str:
    """What comes out of the suite that the command line names, on one program."""
    if arguments.suite == TEAMS_SUITE:
        return teams(tmux)
    if arguments.suite == REGRESS_SUITE:
        place = scripts(arguments.repository, arguments.release, arguments.cache)
        result = run_scripts(place, tmux / "tmux", words, variables)
    else:
        suite = SUITES[arguments.suite]
        sources = checkout(suite, arguments.cache)
        result = run(suite, sources, tmux=tmux, chosen=words, variables=variables)
    return "\n  ".join([str(result), *result.failed])


if __name__ == "__main__":
    sys.exit(main())
