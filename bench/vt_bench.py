"""How many megabytes of terminal output one second of CPU time takes: aimux, pyte and tmux.

    PYTHONPATH=. python bench/vt_bench.py [--size MIB] [--chunk BYTES] [--also DIR]
        [--beside FILE] [PAYLOAD ...]

The table is Markdown. Engines are fed in chunks of what a PTY read gives; tmux's figure is the CPU
time of its server, reading included, while a pane that nobody watches runs `cat`. Each figure is
the median of rounds in which all take turns, so that the machine's moods meet all.
"""

import argparse
import math
import runpy
import shutil
import statistics
import sys
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Final

import pyte
from payloads import COLUMNS, LINES, MADE, made
from recordings import RECORDED, record
from tmux_server import tmux_server
from vt_worker import Worker

from aimux.vt import engine

# pyte is tens of times slower: it gets the start of each payload.
PYTE_SHARE: Final = 16
# What pyte raises on output that it does not understand, as vim's.
PYTE_ERRORS: Final = (TypeError, ValueError, IndexError, KeyError, AssertionError)

Feed = Callable[[bytes], None]
Seconds = Callable[[bytes], float]
Rate = Callable[[bytes], float | None]


def _feeding(make: Callable[[int, int], Feed], chunk: int) -> Seconds:
    """CPU seconds that a new engine takes for a payload."""

    def seconds(data: bytes) -> float:
        feed = make(COLUMNS, LINES)
        pieces = [data[start : start + chunk] for start in range(0, len(data), chunk)]
        start = time.process_time()
        for piece in pieces:
            feed(piece)
        return time.process_time() - start

    return seconds


def _rate(seconds: Seconds) -> Rate:
    return lambda data: len(data) / max(seconds(data), 1e-9) / 1e6


def _aimux(columns: int, lines: int) -> Feed:
    return engine.Engine(columns, lines).feed


def _pyte(columns: int, lines: int) -> Feed:
    feed: Feed = pyte.ByteStream(pyte.Screen(columns, lines)).feed
    return feed


def _pyte_rate(chunk: int) -> Rate:
    rate = _rate(_feeding(_pyte, chunk))

    def start_only(data: bytes) -> float | None:
        try:
            return rate(data[: len(data) // PYTE_SHARE])
        except PYTE_ERRORS:
            return None

    return start_only


def _engine_of(file: str) -> Callable[[int, int], Feed]:
    made_by = runpy.run_path(file)["Engine"]

    def make(columns: int, lines: int) -> Feed:
        feed: Feed = made_by(columns, lines).feed
        return feed

    return make


def subjects(options: argparse.Namespace, until: ExitStack) -> dict[str, Rate]:
    """What is measured: name to a function from a payload to its rate."""
    found: dict[str, Rate] = {"aimux": _rate(_feeding(_aimux, options.chunk))}
    if options.also:
        also = until.enter_context(Worker(options.also, options.chunk))
        found["also"] = _rate(also.seconds)
    if options.beside:
        found["beside"] = _rate(_feeding(_engine_of(options.beside), options.chunk))
    found["pyte"] = _pyte_rate(options.chunk)
    if shutil.which("tmux") is not None:
        found["tmux"] = _rate(until.enter_context(tmux_server()).seconds)
    return found


def _payload(name: str, size: int) -> bytes | None:
    return made(name, size) if name in MADE else record(name, size)


def measure(rates: dict[str, Rate], data: bytes, rounds: int) -> dict[str, float | None]:
    """The median rate of each subject; None where one failed."""
    seen: dict[str, list[float | None]] = {name: [] for name in rates}
    for _ in range(rounds):
        for name, rate in rates.items():
            seen[name].append(rate(data))
    return {name: _median(values) for name, values in seen.items()}


def _median(values: list[float | None]) -> float | None:
    good = [value for value in values if value is not None]
    return statistics.median(good) if len(good) == len(values) else None


def geometric_mean(figures: list[float | None]) -> float | None:
    """The geometric mean of the figures that there are."""
    logarithms = [math.log(figure) for figure in figures if figure is not None]
    return math.exp(statistics.fmean(logarithms)) if logarithms else None


def line(name: str, figures: dict[str, float | None]) -> str:
    """One line of the table: rates, and aimux's rate in those of the others."""
    ours, *others = figures.values()
    cells = [_shown(ours), *map(_shown, others)]
    cells += [_shown(ours / other if ours and other else None) for other in others]
    return f"| {name} | {' | '.join(cells)} |"


def _shown(figure: float | None) -> str:
    if figure is None:
        return "–"
    return f"{figure:.3g}" if figure < 100 else f"{figure:.0f}"


def heading(names: list[str]) -> str:
    """The first two lines of the table."""
    titles = ["MB/s of CPU", *names, *(f"{names[0]} / {name}" for name in names[1:])]
    return f"| {' | '.join(titles)} |\n|---|{'--:|' * (len(titles) - 1)}"


def run(options: argparse.Namespace, rates: dict[str, Rate]) -> None:
    """Print the table, each line as soon as it is known."""
    print(heading(list(rates)))
    every: list[dict[str, float | None]] = []
    for name in options.payload or [*MADE, *RECORDED]:
        data = _payload(name, int(options.size * (1 << 20)))
        if data is None:
            sys.stderr.write(f"{name} is not installed: left out\n")
            continue
        every.append(measure(rates, data, options.rounds))
        print(line(name, every[-1]), flush=True)
    means = {name: geometric_mean([figures[name] for figures in every]) for name in rates}
    print(line("geometric mean", means))


def main() -> None:
    """Measure what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=float, default=1.0, help="MiB of each payload")
    parser.add_argument("--chunk", type=int, default=4096, help="bytes of each feed")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument(
        "--also",
        type=Path,
        help="measure the aimux of another directory too, such as a compiled one",
    )
    parser.add_argument(
        "--beside",
        help="measure another engine too: a Python file with `Engine(columns, lines)`, which has"
        " `feed(data)`",
    )
    parser.add_argument("payload", nargs="*", choices=[*MADE, *RECORDED, []], default=[])
    options = parser.parse_args()
    built = "compiled" if engine.__file__.endswith(".so") else "pure Python"
    print(f"aimux.vt: {built}; {sys.version.split()[0]}\n")
    with ExitStack() as until:
        run(options, subjects(options, until))


if __name__ == "__main__":
    main()
