"""Measures aimux beside tmux in one run, and prints a Markdown table.

    python bench/multiplexer.py [--only NAME,...] [--runs N] [--aimux PATH] [--tmux PATH]

Both programs get the same terminal (120x40), the same shell and an empty configuration. Times are
medians of wall-clock time; the machine is whatever it is, so read the ratios.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from history_measures import HISTORY_MEASURES
from measures import MEASURES, Figure, Subject
from screen_measures import SCREEN_MEASURES

ALL = (*MEASURES, *SCREEN_MEASURES, *HISTORY_MEASURES)
COLUMNS = ("measure", "tmux", "aimux", "ratio", "target")


@dataclass
class Result:
    """The figures of one measure for each program."""

    name: str
    unit: str
    target: str
    figures: dict[str, list[Figure]] = field(default_factory=dict)

    def median(self, program: str) -> float | None:
        """The median of a program's figures; None if there are none."""
        values = [figure for figure in self.figures.get(program, []) if figure is not None]
        return statistics.median(values) if values else None


def subjects(arguments: argparse.Namespace, directory: Path) -> list[Subject]:
    """The programs to measure, those that are there."""
    found = []
    for name in ("tmux", "aimux"):
        path = getattr(arguments, name) or shutil.which(name)
        if path is None:
            sys.stderr.write(f"{name} is not installed: left out\n")
            continue
        home = directory / name
        home.mkdir()
        found.append(Subject(name, path, home))
    return found


def run(arguments: argparse.Namespace, programs: list[Subject]) -> list[Result]:
    """Measure in turns, so that the machine's moods meet both programs."""
    wanted = set(arguments.only.split(",")) if arguments.only else None
    results = []
    for measure in ALL:
        if wanted is not None and measure.name not in wanted:
            continue
        results += [Result(part.label, part.unit, part.target) for part in measure.parts]
        for _ in range(arguments.runs):
            for subject in programs:
                figures = measure.run(subject)
                for result, figure in zip(results[-len(measure.parts) :], figures, strict=True):
                    result.figures.setdefault(subject.name, []).append(figure)
        sys.stderr.write(f"{measure.name} done\n")
    return results


def table(results: list[Result]) -> str:
    """The results in Markdown."""
    lines = [
        f"| {' | '.join(COLUMNS)} |",
        f"|{'---|' * len(COLUMNS)}",
    ]
    for result in results:
        ours, theirs = result.median("aimux"), result.median("tmux")
        ratio = f"{ours / theirs:.2f}" if ours is not None and theirs else "–"
        cells = [result.name, _shown(theirs, result), _shown(ours, result), ratio, result.target]
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def _shown(value: float | None, result: Result) -> str:
    return "–" if value is None else f"{value:.3g} {result.unit}".strip()


def versions(programs: list[Subject]) -> str:
    """What was measured where."""
    names = [
        subprocess.run([one.path, "-V"], capture_output=True, text=True, check=False).stdout.strip()
        for one in programs
    ]
    python = platform.python_version()
    return f"{', '.join(names)}; Python {python}, {os.cpu_count()} cores, {platform.machine()}"


def main() -> None:
    """Measure what was asked for and print it."""
    parser = argparse.ArgumentParser(description=__doc__)
    names = ",".join(measure.name for measure in ALL)
    parser.add_argument("--only", help=f"of {names}")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--tmux")
    parser.add_argument("--aimux")
    parser.add_argument("--json", type=Path)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="bench") as directory:
        programs = subjects(arguments, Path(directory))
        results = run(arguments, programs)
    print(versions(programs))
    print()
    print(table(results))
    if arguments.json:
        rows = {result.name: result.figures for result in results}
        arguments.json.write_text(json.dumps(rows, indent=1))


if __name__ == "__main__":
    main()
