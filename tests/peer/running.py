"""One run of a suite on one program, and what came out."""

from __future__ import annotations

import os
import subprocess
import tempfile
import xml.etree.ElementTree as ET  # written by the pytest that ran just now
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.peer.checkout import Checkout
from tests.peer.suites import Suite

SECONDS_A_TEST = 60
FAILED = ("failure", "error")
NOTHING: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True)
class Outcome:
    """How many tests passed and were skipped, and the names of those that failed."""

    passed: int
    skipped: int
    failed: tuple[str, ...]

    def __str__(self) -> str:
        total = self.passed + self.skipped + len(self.failed)
        return f"{self.passed} passed of {total}, {self.skipped} skipped, {len(self.failed)} failed"


def run(
    suite: Suite,
    place: Checkout,
    *,
    tmux: Path,
    chosen: Sequence[str] = (),
    variables: Mapping[str, str] = NOTHING,
) -> Outcome:
    """Run a suite with the program in the directory `tmux` as its tmux.

    Args:
        suite: What is run.
        place: Where it lies.
        tmux: A directory that holds a program called `tmux`.
        chosen: Words for pytest: files, or `-k` and an expression; all of the suite without.
        variables: Set for the suite beside what all are given.
    """
    # A socket's path may have 107 bytes: the directory's own name has to be short.
    with tempfile.TemporaryDirectory(prefix="peer", ignore_cleanup_errors=True) as name:
        directory = Path(name)
        report = directory / "report.xml"
        words = [place.programs / "python", "-m", "pytest", "-q", "-p", "no:cacheprovider"]
        words += ["--timeout", str(SECONDS_A_TEST), f"--junit-xml={report}"]
        subprocess.run(
            [*words, *chosen, *_all_tests(suite, place, chosen)],
            cwd=place.sources,
            env={**_environment(directory, place, tmux), **variables},
            check=False,
        )
        return outcome(report)


def _all_tests(suite: Suite, place: Checkout, chosen: Sequence[str]) -> list[str]:
    """The directory of the tests, unless a word names a part of them."""
    named = any((place.sources / word.partition("::")[0]).exists() for word in chosen)
    return [] if named else [suite.tests]


def outcome(report: Path) -> Outcome:
    """What a JUnit report says of its tests: of one that was run again, how it went at last."""
    found = ET.parse(report).getroot().iter("testcase")  # noqa: S314
    cases = {(case.get("classname"), case.get("name")): case for case in found}.values()
    failed = [case for case in cases if any(case.find(kind) is not None for kind in FAILED)]
    skipped = [case for case in cases if case.find("skipped") is not None]
    names = tuple(f"{case.get('classname')}::{case.get('name')}" for case in failed)
    return Outcome(len(cases) - len(failed) - len(skipped), len(skipped), names)


def _environment(directory: Path, place: Checkout, tmux: Path) -> dict[str, str]:
    home, sockets = directory / "home", directory / "sockets"
    home.mkdir()
    sockets.mkdir(mode=0o700)
    return {
        "HOME": str(home),
        "TMUX_TMPDIR": str(sockets),
        "PATH": f"{tmux}:{place.programs}:{os.environ['PATH']}",
        "PS1": "$ ",
        "SHELL": "/bin/bash",
        "LANG": "C.UTF-8",  # of the locale, libtmux lets its tests have no other
        "TERM": os.environ.get("TERM", "xterm-256color"),
    }
