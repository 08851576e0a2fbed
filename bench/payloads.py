"""What terminal programs write, made from a fixed seed: the same bytes in every run."""

import random
from collections.abc import Callable
from typing import Final

COLUMNS, LINES = 80, 24
VOCABULARY: Final = (
    "the quick brown fox jumps over a lazy dog error warning info debug request handler "
    "connection timeout user session token cache index query build compile link test pass fail"
)
WORDS: Final = VOCABULARY.split()
CJK: Final = "的一是不了人我在有他这为之大来以个中上们到说国和地也子时道出而要于就下得可你年生"
ACCENTED: Final = "éèàüößñçåøæœÀÉÎÔÛabcdefgh "
BOXES: Final = "─│┌┐└┘├┤┬┴┼█▓▒░▀▄●○◆"
EMOJI: Final = ("😀", "🚀", "👍🏽", "👩\u200d💻", "🇫🇷", "❤\ufe0f", "🔥", "✅", "⚠\ufe0f", "🧪")
SPINNER: Final = "✻✽✶✳✢·"
Maker = Callable[[random.Random], str]


def log_line(chance: random.Random) -> str:
    """One line of a server's log, without its end."""
    words = " ".join(chance.choices(WORDS, k=chance.randint(5, 14)))
    clock = f"{chance.randint(0, 23):02}:{chance.randint(0, 59):02}:{chance.randint(0, 59):02}"
    level = chance.choice(("INFO", "WARN", "DEBUG"))
    day, millisecond = chance.randint(1, 30), chance.randint(0, 999)
    return f"2025-11-{day:02}T{clock}.{millisecond:03}Z {level} [{chance.choice(WORDS)}] {words}"


def ascii_log(chance: random.Random) -> str:
    """A log; about a third of its lines wrap."""
    return log_line(chance) + "\r\n"


def seq(chance: random.Random) -> str:
    """What `seq` writes."""
    first = chance.randint(1, 500_000)
    return "".join(f"{number}\r\n" for number in range(first, first + 1000))


def scrolling_y(_chance: random.Random) -> str:
    """What `yes` writes."""
    return "y\r\n" * 100


def long_lines(chance: random.Random) -> str:
    """Lines that wrap many times."""
    return " ".join(chance.choices(WORDS, k=200)) + "\r\n"


def cjk(chance: random.Random) -> str:
    """Wide characters."""
    return "".join(chance.choices(CJK, k=38)) + "\r\n"


def emoji(chance: random.Random) -> str:
    """Lines beyond ASCII of five kinds: wide, clusters among words, accents, boxes, marks."""
    kind = chance.randint(0, 4)
    if kind == 0:
        line = "".join(chance.choices(CJK, k=chance.randint(10, 60)))
    elif kind == 1:
        count = chance.randint(4, 12)
        line = " ".join(chance.choice(EMOJI) + chance.choice(WORDS) for _ in range(count))
    elif kind == 2:
        line = "".join(chance.choices(ACCENTED, k=chance.randint(20, 90)))
    elif kind == 3:
        line = "".join(chance.choices(BOXES, k=chance.randint(20, 90)))
    else:
        line = "e\u0301a\u0308o\u0302 ".join(chance.choices(WORDS, k=8))
    return line + "\r\n"


def dense_cells(chance: random.Random) -> str:
    """Each cell in a look of its own, of 156."""
    start = chance.randint(33, 126)
    cells = (
        f"\x1b[38;5;{(x + y * 3 + start) % 156};48;5;{255 - (x + y * 3 + start) % 156};1;3;4m"
        f"{chr(33 + (x + y + start) % 94)}"
        for y in range(LINES)
        for x in range(COLUMNS)
    )
    return "\x1b[H" + "".join(cells)


def truecolor(chance: random.Random) -> str:
    """24-bit colours that hardly repeat."""
    shade = chance.randint(0, 255)
    rows = []
    for y in range(LINES):
        cells = (
            f"\x1b[38;2;{(x + shade) % 256};{y * 5 % 256};{x * y % 256}m"
            f"\x1b[48;2;{shade};{x};{y}mab#."
            for x in range(0, COLUMNS, 4)
        )
        rows.append(f"\x1b[{y + 1};1H" + "".join(cells))
    return "\x1b[H" + "".join(rows)


def cursor_motion(chance: random.Random) -> str:
    """One character anywhere."""
    row, column = chance.randint(1, LINES), chance.randint(1, COLUMNS)
    return f"\x1b[{row};{column}H{chr(chance.randint(33, 126))}"


def scroll_region(chance: random.Random) -> str:
    """A region that scrolls both ways."""
    down = "".join("\n\r" + log_line(chance)[: COLUMNS - 2] for _ in range(500))
    up = "".join("\x1bM\r" + log_line(chance)[: COLUMNS - 2] for _ in range(100))
    return f"\x1b[3;{LINES - 3}r\x1b[{LINES - 3};1H{down}\x1b[3;1H{up}\x1b[r"


def tui_redraw(chance: random.Random) -> str:
    """A program that draws all rows again."""
    rows = []
    for y in range(LINES):
        line = log_line(chance)[: COLUMNS - 1]
        rows.append(
            f"\x1b[{y + 1};1H\x1b[{31 + y % 6}m{line[:20]}\x1b[39m{line[20:60]}"
            f"\x1b[1;32m{line[60:]}\x1b[m\x1b[K"
        )
    return "\x1b[?25l\x1b[H" + "".join(rows) + "\x1b[?25h"


def ink_agent(chance: random.Random) -> str:
    """An agent that draws its frame again."""
    height = chance.randint(6, 14)
    inner = "─" * (COLUMNS - 2)
    said = "".join(
        f"\x1b[38;2;215;119;87m●\x1b[39m {log_line(chance)[: COLUMNS - 4]}\r\n"
        for _ in range(chance.randint(0, 2))
    )
    typed = (f"{chance.choice(WORDS)} {chance.choice(WORDS)}" for _ in range(height - 3))
    body = "".join(
        f"\x1b[2m│\x1b[22m \x1b[1m>\x1b[22m {text.ljust(COLUMNS - 6)}\x1b[2m│\x1b[22m\r\n"
        for text in typed
    )
    seconds, tokens = chance.randint(0, 99), chance.randint(0, 9999)
    return (
        "\x1b[?2026h"
        + "\x1b[2K\x1b[1A" * height
        + "\x1b[2K\x1b[G"
        + said
        + f"\x1b[38;2;153;153;153m{chance.choice(SPINNER)} Pondering… "
        f"({seconds}s · ↑ {tokens} tokens · esc to interrupt)\x1b[39m\r\n"
        f"\x1b[2m╭{inner}╮\x1b[22m\r\n{body}\x1b[2m╰{inner}╯\x1b[22m\r\n\x1b[?2026l"
    )


def cargo(chance: random.Random) -> str:
    """A build as cargo reports it: packages, a warning now and then, its bar drawn again."""
    parts = []
    for done in range(60):
        name = f"{chance.choice(WORDS)}-{chance.choice(WORDS)}"
        version = f"{chance.randint(0, 9)}.{chance.randint(0, 30)}.{chance.randint(0, 9)}"
        parts.append(f"\r\x1b[K\x1b[1m\x1b[32m   Compiling\x1b[0m {name} v{version}\r\n")
        if done % 4 == 0:
            parts.append(_warning(chance, name))
        bar = ("=" * (done // 3) + ">").ljust(21)
        parts.append(f"\x1b[1m\x1b[36m    Building\x1b[0m [{bar}] {done}/60: {name}          ")
    return "".join(parts)


def _warning(chance: random.Random, name: str) -> str:
    """What rustc says of an unused variable."""
    line, column = chance.randint(1, 900), chance.randint(5, 40)
    word = chance.choice(WORDS)
    bar = "\x1b[1m\x1b[38;5;12m|\x1b[0m"
    return (
        f"\r\x1b[K\x1b[1m\x1b[33mwarning\x1b[0m\x1b[1m: unused variable: `{word}`\x1b[0m\r\n"
        f"  \x1b[1m\x1b[38;5;12m--> \x1b[0msrc/{name}.rs:{line}:{column}\r\n"
        f"    {bar}\r\n\x1b[1m\x1b[38;5;12m{line:<4}\x1b[0m{bar}     let {word} = build();\r\n"
        f"    {bar}         \x1b[1m\x1b[33m{'^' * len(word)}\x1b[0m \x1b[1m\x1b[33mhelp: if this "
        f"is intentional, prefix it with an underscore: `_{word}`\x1b[0m\r\n\r\n"
    )


MADE: Final[dict[str, Maker]] = {
    maker.__name__: maker
    for maker in (
        ascii_log,
        seq,
        scrolling_y,
        long_lines,
        emoji,
        cjk,
        dense_cells,
        truecolor,
        cursor_motion,
        scroll_region,
        tui_redraw,
        ink_agent,
        cargo,
    )
}


def made(name: str, size: int) -> bytes:
    """At least `size` bytes of a payload of `MADE`."""
    chance = random.Random(7)  # noqa: S311 - a repeatable choice is what is wanted
    parts: list[bytes] = []
    length = 0
    while length < size:
        parts.append(MADE[name](chance).encode())
        length += len(parts[-1])
    return b"".join(parts)
