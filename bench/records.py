"""What reading a flood costs: seconds of a core for each second of 10 MB/s, by what is printed.

The engine is fed without being timed; timed is what the records add: a look every LOOK_SECONDS,
and the end of the command.
"""

from __future__ import annotations

import random
import time

from aimux.semantic.marks import CommandEnd, OutputStart
from aimux.semantic.output_reader import OutputReader
from aimux.semantic.segments import CommandLog, Moment
from aimux.server.records import LOOK_SECONDS, SHARE
from aimux.vt.engine import Engine

RATE = 10_000_000
SECONDS = 5
PIECE = 4096


def lines(kind: str) -> bytes:
    """A megabyte of lines."""
    random.seed(7)
    made = []
    size = 0
    while size < 1 << 20:
        number = len(made)
        texts = {
            "log": f"2026-11-22 12:00:00 INFO worker-{number % 7} handled request {number}",
            "errors": f"src/file{number % 90}.c:{number % 500}:7: error: 'x{number}' undeclared",
            "colour": f"\x1b[32mPASS\x1b[0m tests/test_{number}.py \x1b[2m(12 ms)\x1b[0m",
            "short": "y",
        }
        made.append(texts[kind])
        size += len(texts[kind]) + 2
    return "\r\n".join(made).encode() + b"\r\n"


def measure(kind: str) -> tuple[float, float]:
    """Seconds of looking for each second of flood, and seconds at its end."""
    screen = Engine(120, 40, history_limit=2000)
    log = CommandLog()
    start = log.feed(OutputStart(trusted=True), Moment(0, 0, 0.0, 0.0))
    if start is None:
        raise AssertionError("no command began")
    reader = OutputReader(screen, start)
    data = lines(kind)
    spent, fed, due = 0.0, 0, 0.0
    while fed < RATE * SECONDS:
        at = fed % (len(data) - PIECE)
        screen.feed(data[at : at + PIECE])
        fed += PIECE
        now = fed / RATE
        if now >= due:
            begun = time.process_time()
            reader.look()
            took = time.process_time() - begun
            spent += took
            due = now + max(LOOK_SECONDS, took / SHARE)
    row = screen.history.pushed + screen.cursor_y
    ended = log.feed(CommandEnd(0, trusted=True), Moment(row, 0, 1.0, 1.0))
    if ended is None:
        raise AssertionError("no command ended")
    begun = time.process_time()
    for _ in reader.finish(ended, row):
        pass
    return spent / SECONDS, time.process_time() - begun


def main() -> None:
    """Print the table."""
    print("lines     of a core   at the end")
    for kind in ("log", "errors", "colour", "short"):
        share, end = measure(kind)
        print(f"{kind:8} {share:9.2%} {end * 1000:9.1f} ms")


if __name__ == "__main__":
    main()
