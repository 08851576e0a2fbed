"""How many megabytes of terminal output one second of CPU time takes, next to pyte.

    python bench/vt_bench.py [--size MIB] [--chunk BYTES] [PAYLOAD ...]

The payloads are made here, from a fixed seed; each is fed in chunks of what a PTY read gives.
"""

import argparse
import math
import random
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from typing import Final

import pyte

from aimux.vt.engine import Engine

COLUMNS, LINES = 80, 24
ROUNDS: Final = 3
# pyte is a hundred times slower: it gets the start of each payload.
PYTE_SHARE: Final = 16
VOCABULARY: Final = (
    "the quick brown fox jumps over a lazy dog error warning info debug request handler "
    "connection timeout user session token cache index query build compile link test pass fail"
)
WORDS: Final = VOCABULARY.split()
CJK: Final = "的一是不了人我在有他这为之大来以个中上们到说国和地也子时道出而要于就下得可你年生"
EMOJI: Final = ("😀", "🚀", "👍🏽", "👩\u200d💻", "🇫🇷", "❤\ufe0f", "🔥", "✅", "⚠\ufe0f", "🧪")
Maker = Callable[[random.Random], str]


def log_line(chance: random.Random) -> str:
    """One line of a server's log, without its end."""
    words = " ".join(chance.choices(WORDS, k=chance.randint(5, 14)))
    clock = f"{chance.randint(0, 23):02}:{chance.randint(0, 59):02}:{chance.randint(0, 59):02}"
    return f"2025-11-{chance.randint(1, 30):02}T{clock}Z {chance.choice(WORDS).upper()} {words}"


def plain(chance: random.Random) -> str:
    """A log."""
    return log_line(chance) + "\r\n"


def numbers(chance: random.Random) -> str:
    """What `seq` writes."""
    return f"{chance.randint(1, 999999)}\r\n"


def short_lines(_chance: random.Random) -> str:
    """What `yes` writes."""
    return "y\r\n" * 100


def long_lines(chance: random.Random) -> str:
    """Lines that wrap many times."""
    return " ".join(chance.choices(WORDS, k=200)) + "\r\n"


def cjk(chance: random.Random) -> str:
    """Wide characters."""
    return "".join(chance.choices(CJK, k=38)) + "\r\n"


def emoji(chance: random.Random) -> str:
    """Clusters among words."""
    words = (chance.choice(EMOJI) + chance.choice(WORDS) for _ in range(chance.randint(4, 10)))
    return " ".join(words) + "\r\n"


def box_drawing(chance: random.Random) -> str:
    """One-cell characters beyond ASCII."""
    return "".join(chance.choices("─│┌┐└┘├┤┬┴┼█▓▒░▀▄●○◆", k=chance.randint(20, 79))) + "\r\n"


def dense_cells(chance: random.Random) -> str:
    """Each cell in a look of its own."""
    start = chance.randint(0, 155)
    cells = (
        f"\x1b[38;5;{(start + cell) % 156};48;5;{255 - (start + cell) % 156};1;3;4m"
        f"{chr(33 + (start + cell) % 94)}"
        for cell in range(COLUMNS * LINES)
    )
    return "\x1b[H" + "".join(cells)


def gradient(chance: random.Random) -> str:
    """24-bit colours that hardly repeat."""
    blue = chance.randint(0, 255)
    return "\x1b[H" + "".join(
        f"\x1b[38;2;{x};{y * 5};{blue}m\x1b[48;2;{blue};{x};{y}mab#."
        for y in range(LINES)
        for x in range(0, COLUMNS, 4)
    )


def cursor_motion(chance: random.Random) -> str:
    """One character anywhere."""
    row, column = chance.randint(1, LINES), chance.randint(1, COLUMNS)
    return f"\x1b[{row};{column}H{chr(chance.randint(33, 126))}"


def scroll_region(chance: random.Random) -> str:
    """A region that scrolls both ways."""
    down = "".join("\n\r" + log_line(chance)[: COLUMNS - 2] for _ in range(50))
    up = "".join("\x1bM\r" + log_line(chance)[: COLUMNS - 2] for _ in range(10))
    return f"\x1b[3;{LINES - 3}r\x1b[{LINES - 3};1H{down}\x1b[3;1H{up}\x1b[r"


def full_screen(chance: random.Random) -> str:
    """A program that draws all rows again."""
    rows = []
    for y in range(LINES):
        line = log_line(chance)[: COLUMNS - 1]
        rows.append(
            f"\x1b[{y + 1};1H\x1b[{31 + y % 6}m{line[:20]}\x1b[39m{line[20:60]}"
            f"\x1b[1;32m{line[60:]}\x1b[m\x1b[K"
        )
    return "\x1b[?25l\x1b[H" + "".join(rows) + "\x1b[?25h"


def agent(chance: random.Random) -> str:
    """An agent that draws its frame again."""
    height = chance.randint(6, 14)
    inner = "─" * (COLUMNS - 2)
    typed = (f"{chance.choice(WORDS)} {chance.choice(WORDS)}" for _ in range(height - 3))
    body = "".join(
        f"\x1b[2m│\x1b[22m \x1b[1m>\x1b[22m {text.ljust(COLUMNS - 6)}\x1b[2m│\x1b[22m\r\n"
        for text in typed
    )
    return (
        "\x1b[?2026h" + "\x1b[2K\x1b[1A" * height + "\x1b[2K\x1b[G"
        f"\x1b[38;2;215;119;87m●\x1b[39m {log_line(chance)[: COLUMNS - 4]}\r\n"
        f"\x1b[38;2;153;153;153m✻ Pondering… ({chance.randint(0, 99)}s)\x1b[39m\r\n"
        f"\x1b[2m╭{inner}╮\x1b[22m\r\n{body}\x1b[2m╰{inner}╯\x1b[22m\r\n\x1b[?2026l"
    )


PAYLOADS: Final[dict[str, Maker]] = {
    maker.__name__: maker
    for maker in (
        plain,
        numbers,
        short_lines,
        long_lines,
        cjk,
        emoji,
        box_drawing,
        dense_cells,
        gradient,
        cursor_motion,
        scroll_region,
        full_screen,
        agent,
    )
}


def payload(maker: Maker, size: int) -> bytes:
    """At least `size` bytes, the same in every run."""
    chance = random.Random(7)  # noqa: S311 - a repeatable choice is what is wanted
    parts: list[bytes] = []
    made = 0
    while made < size:
        parts.append(maker(chance).encode())
        made += len(parts[-1])
    return b"".join(parts)


def chunks(data: bytes, size: int) -> Iterator[bytes]:
    """The data in pieces of `size` bytes."""
    for start in range(0, len(data), size):
        yield data[start : start + size]


def speed(make: Callable[[], Callable[[bytes], None]], data: bytes, chunk: int) -> float:
    """Megabytes per second of CPU time, the median of some rounds."""
    rates = []
    for _ in range(ROUNDS):
        feed = make()
        start = time.process_time()
        for piece in chunks(data, chunk):
            feed(piece)
        rates.append(len(data) / max(time.process_time() - start, 1e-9) / 1e6)
    return statistics.median(rates)


def _aimux() -> Callable[[bytes], None]:
    return Engine(COLUMNS, LINES).feed


def _pyte() -> Callable[[bytes], None]:
    feed: Callable[[bytes], None] = pyte.ByteStream(pyte.Screen(COLUMNS, LINES)).feed
    return feed


def main() -> None:
    """Print a line for each payload, and the geometric means."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=float, default=1.0, help="MiB of each payload")
    parser.add_argument("--chunk", type=int, default=4096, help="bytes of each feed")
    parser.add_argument("payload", nargs="*", choices=[*PAYLOADS, []], default=[])
    options = parser.parse_args()
    write = sys.stdout.write
    write(f"{'payload':16}{'aimux':>10}{'pyte':>10}   MB per CPU second\n")
    ours, theirs = [], []
    for name in options.payload or PAYLOADS:
        data = payload(PAYLOADS[name], int(options.size * (1 << 20)))
        ours.append(speed(_aimux, data, options.chunk))
        theirs.append(speed(_pyte, data[: len(data) // PYTE_SHARE], options.chunk))
        write(f"{name:16}{ours[-1]:10.2f}{theirs[-1]:10.2f}\n")
    means = [math.exp(statistics.fmean(map(math.log, rates))) for rates in (ours, theirs)]
    write(f"{'geometric mean':16}{means[0]:10.2f}{means[1]:10.2f}\n")


if __name__ == "__main__":
    main()
