"""What the virtual screen costs beside parsing: reading a frame, memory, pauses, import.

    PYTHONPATH=. python bench/vt_costs.py

Prints a Markdown table. Times are CPU time, the least of many rounds; memory is what Python has
allocated for one history, and the growth of this process for many screens; the pauses are those of
the garbage collector under the server's settings.
"""

import gc
import os
import resource
import subprocess
import sys
import tempfile
import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from typing import Final

from measures import resident_megabytes
from payloads import made

from aimux.server.collector import bound_pauses, collect_everything
from aimux.vt.engine import Engine
from aimux.vt.render import render_row
from aimux.vt.row import Row

COLUMNS, LINES = 200, 50
SCREENS: Final = 100
HISTORY: Final = 2000
KINDS: Final = ("ascii_log", "tui_redraw", "cargo", "emoji")
FILL_BYTES: Final = 1 << 18
CHUNK: Final = 4096
ROUNDS: Final = 500
Line = tuple[str, str, str]


def frame_microseconds() -> float:
    """The server's reading of a screen on which one line has scrolled in since the last frame."""
    engine = Engine(COLUMNS, LINES)
    feed(engine, made("tui_redraw", FILL_BYTES) + f"\x1b[{LINES}H".encode())
    known: list[tuple[Row, int]] = []
    read_frame(engine, known)
    spent = []
    for number in range(ROUNDS):
        engine.feed(b"\r\nline %d of a log, with \x1b[32mcolour\x1b[m in it" % number)
        start = time.process_time_ns()
        read_frame(engine, known)
        spent.append(time.process_time_ns() - start)
    return sorted(spent)[ROUNDS // 2] / 1000


def read_frame(engine: Engine, known: list[tuple[Row, int]]) -> list[str]:
    """The texts of the rows that are neither known nor a known one moved up."""
    before = dict(known)
    known[:] = [(row, row.version) for row in engine.rows]
    return [render_row(row, COLUMNS) for row, version in known if before.get(row) != version]


def feed(engine: Engine, data: bytes) -> None:
    """Feed as a PTY does."""
    for start in range(0, len(data), CHUNK):
        engine.feed(data[start : start + CHUNK])


def history_mebibytes() -> float:
    """A screen of 80 columns with 2,000 lines of a log above it."""
    data = made("ascii_log", 1 << 18)
    # What the process has free already would hide so little from its resident size.
    tracemalloc.start()
    screen = Engine(80, 24, history_limit=HISTORY)
    feed(screen, data)
    taken, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    if len(screen.history) != HISTORY:
        raise AssertionError(f"{len(screen.history)} rows, not {HISTORY}")
    return taken / (1 << 20)


def fill() -> tuple[list[Engine], float]:
    """100 screens with what four programs write, and the memory that they take."""
    contents = [made(kind, FILL_BYTES) for kind in KINDS]
    before = resident_megabytes(os.getpid())
    screens = [Engine(COLUMNS, LINES, history_limit=HISTORY) for _ in range(SCREENS)]
    for number, screen in enumerate(screens):
        feed(screen, contents[number % len(contents)])
    return screens, resident_megabytes(os.getpid()) - before


def pauses(work: Callable[[], object]) -> list[float]:
    """The collector's pauses during some work, in milliseconds of CPU time."""
    found: list[float] = []
    started = 0

    def note(phase: str, _info: dict[str, int]) -> None:
        nonlocal started
        now = time.process_time_ns()
        if phase == "start":
            started = now
        else:
            found.append((now - started) / 1e6)

    gc.callbacks.append(note)
    work()
    gc.callbacks.remove(note)
    return found


def pause_milliseconds() -> tuple[float, float, float]:
    """Memory of full screens; the longest pause while they print on; that of a full collection."""
    bound_pauses()
    screens: list[Engine] = []
    grown = 0.0

    def work() -> None:
        nonlocal grown
        filled, grown = fill()
        screens.extend(filled)
        data = made("ascii_log", 1 << 20)
        for screen in screens:
            feed(screen, data)

    longest = pauses(work)
    full = pauses(collect_everything)
    return grown, max(longest, default=0.0), max(full)


def import_milliseconds() -> float:
    """CPU time of importing the engine, without that of starting Python; the least of some."""
    with tempfile.TemporaryDirectory(prefix="bench") as directory:
        environment = {**os.environ, "PYTHONPYCACHEPREFIX": directory}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)

        def spent(code: str) -> float:
            before = resource.getrusage(resource.RUSAGE_CHILDREN)
            subprocess.run([sys.executable, "-c", code], env=environment, check=True)
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime

        bare = min(spent("pass") for _ in range(9))
        return (min(spent("import aimux.vt.engine") for _ in range(9)) - bare) * 1000


def main() -> None:
    """Measure and print."""
    history = history_mebibytes()
    memory, longest, full = pause_milliseconds()
    figures = (
        ("frame after one scrolled line, 200x50", frame_microseconds(), "µs"),
        ("2,000 lines of history, 80 columns", history, "MiB"),
        ("100 screens of 200x50, filled", memory, "MiB"),
        ("longest pause of the collector while they print", longest, "ms"),
        ("a full collection with them", full, "ms"),
        ("import of the engine", import_milliseconds(), "ms"),
    )
    print(f"| {Path(__file__).stem} | |\n|---|--:|")
    for name, figure, unit in figures:
        print(f"| {name} | {figure:.3g} {unit} |")


if __name__ == "__main__":
    main()
