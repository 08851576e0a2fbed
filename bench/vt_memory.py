"""What screens and their scrollback take in memory, and how long they let the collector run.

    python bench/vt_memory.py

Each measure is a process of its own: the memory is what its resident set grew by. The outputs are
real: a log of commits with its changes in colour, and a listing of files.
"""

import gc
import os
import statistics
import subprocess
import sys
import time
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from typing import Final

from aimux.vt.engine import Engine

HOME: Final = Path(__file__).resolve().parent.parent
CHUNK: Final = 4096
SCREENS: Final = 100
MIB: Final = 1 << 20
COMMANDS: Final = (
    ("git", "-C", str(HOME), "log", "-p", "--color=always", "-n", "60"),
    ("ls", "-lR", "--color=always", str(Path(sys.prefix) / "lib")),
)


def output(command: tuple[str, ...], limit: int) -> bytes:
    """The start of what a command writes, as a terminal gets it."""
    done = subprocess.run(command, capture_output=True, check=True)
    return done.stdout[:limit].replace(b"\n", b"\r\n")


def log_lines(count: int) -> bytes:
    """A plain log: what the commands write, without their colours, numbered and dated."""
    text = output(("git", "-C", str(HOME), "log", "-p", "--color=never"), 64 * MIB)
    source = [line for line in text.split(b"\r\n") if line.decode("ascii", "replace").isprintable()]
    lines = (
        b"2025-11-%02d 12:%02d:%02d.%03d " % (n // 86400 % 30 + 1, n // 60 % 60, n % 60, n % 997)
        + source[n % len(source)][:56]
        for n in range(count)
    )
    return b"\r\n".join(lines) + b"\r\n"


def resident() -> int:
    """Bytes of this process that are in memory."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")


def feed(screen: Engine, data: bytes) -> float:
    """Feed as a PTY does; the longest that one piece took, in seconds."""
    gc.collect()
    longest = 0.0
    for start in range(0, len(data), CHUNK):
        piece = data[start : start + CHUNK]
        begin = time.perf_counter()
        screen.feed(piece)
        longest = max(longest, time.perf_counter() - begin)
    return longest


def old_lines() -> None:
    """A line of old log text."""
    count, limit = 210_000, 200_000
    data = log_lines(count)
    screen = Engine(80, 24, history_limit=limit)
    first, rest = data[: CHUNK * 100], data[CHUNK * 100 :]
    feed(screen, first)
    before, had = resident(), len(screen.history)
    longest = feed(screen, rest)
    rows = len(screen.history) - had
    print(f"  {(resident() - before) / rows:6.1f} B a line of old log text, of {rows:,} lines of")
    print(f"         {len(data) / count:.0f} B; the longest feed took {longest * 1000:.1f} ms")


def one_screen() -> None:
    """2,000 lines of 80 columns."""
    data = log_lines(2024)
    feed(Engine(80, 24), data)
    tracemalloc.start()  # what the process has free already would hide it from the resident size
    screen = Engine(80, 24)
    feed(screen, data)
    rows = len(screen.history)
    print(f"  {tracemalloc.get_traced_memory()[0] / MIB:6.2f} MiB for {rows:,} lines of 80 columns")
    screen.history.compact()
    print(f"  {tracemalloc.get_traced_memory()[0] / MIB:6.2f} MiB after `compact`")
    tracemalloc.stop()


def many_screens() -> None:
    """100 screens of 200 by 50, filled, and the collector."""
    outputs = [output(command, 400_000) for command in COMMANDS]
    bare = resident()
    screens = [Engine(200, 50) for _ in range(SCREENS)]
    for number, screen in enumerate(screens):
        feed(screen, outputs[number % len(outputs)])
    rows = sum(len(screen.history) for screen in screens)
    print(
        f"  {resident() / MIB:6.1f} MiB for {SCREENS} screens of 200x50, {rows:,} rows above them;"
    )
    print(f"  {bare / MIB:6.1f} MiB of it is Python and the outputs")
    print(f"  {_collection():6.1f} ms for gc.collect(), {len(gc.get_objects()):,} objects")
    for screen in screens:
        screen.history.compact()
    print(f"  {_collection():6.1f} ms for gc.collect() after `compact`, {resident() / MIB:.1f} MiB")
    gc.freeze()
    print(f"  {_collection():6.1f} ms for gc.collect() after gc.freeze()")


def _collection() -> float:
    times = []
    for _ in range(5):
        begin = time.perf_counter()
        gc.collect()
        times.append(time.perf_counter() - begin)
    return statistics.median(times) * 1000


MEASURES: Final[dict[str, Callable[[], None]]] = {
    "old": old_lines,
    "one": one_screen,
    "many": many_screens,
}


def main() -> None:
    """Print every measure, or do the one that is named."""
    if len(sys.argv) > 1:
        MEASURES[sys.argv[1]]()
        return
    for name, measure in MEASURES.items():
        print((measure.__doc__ or "").rstrip(), flush=True)
        subprocess.run([sys.executable, __file__, name], check=True)


if __name__ == "__main__":
    main()
