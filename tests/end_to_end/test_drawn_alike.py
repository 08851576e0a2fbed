"""What a terminal shows that was drawn on piece by piece is what one shows that was drawn once."""

from __future__ import annotations

import random
import sys
from collections.abc import Callable

import pytest

from aimux.vt.engine import Engine
from aimux.vt.render import render_row
from tests.end_to_end.world import PREFIX, World
from tests.terminal import Terminal

COLUMNS, ROWS = 100, 30
PROGRAM = """
import os, random, select, signal, sys
signal.signal(signal.SIGINT, signal.SIG_IGN)
os.system("stty raw -echo opost onlcr")
chance = random.Random(int(sys.argv[1]))
WORDS = ["ls", "\\x1b[34mcards\\x1b[m", "日本", "👍", "│", "\\x1b[7mwarn\\x1b[m", "    ", "naïve"]
def write(text):
    os.write(1, text.encode())
while not os.path.exists(sys.argv[2]):
    columns, rows = os.get_terminal_size(1)
    place = f"\\x1b[{chance.randrange(1, rows + 1)};{chance.randrange(1, columns)}H"
    top = chance.randrange(1, max(2, rows - 2))
    words = "".join(chance.choices(WORDS, k=chance.randrange(1, 9)))
    write(chance.choice((
        f"\\r\\n{words}", f"\\x1b[{rows}H\\r\\n{words}\\r\\n{words}", place + words,
        f"\\x1b[{top};{rows}r\\x1b[{top}H\\x1bM{words}\\x1b[r{place}", place + "\\x1b[K",
        place + "\\x1b[2L", place + "\\x1b[2M",
    )))
    select.select([], [], [], chance.choice((0, 0.004, 0.02)))
write("\\x1b[m\\x1b[HQUI" + "ET")
select.select([], [], [])
"""


class View:
    """What is seen on a terminal that knows margins; stands for `tests.picture.OuterScreen`."""

    def __init__(self, terminal: Terminal) -> None:
        self.engine = Engine(COLUMNS, ROWS, history_limit=0)
        self.engine.on_reply = terminal.type

    def feed(self, data: bytes) -> None:
        self.engine.feed(data)

    @property
    def rows(self) -> list[str]:
        return [render_row(row, COLUMNS) for row in self.engine.rows]

    @property
    def text(self) -> str:
        return "\n".join(row.text.rstrip() for row in self.engine.rows)


def attached(aimux: World) -> tuple[Terminal, View]:
    terminal = aimux.terminal("attach", "-t", "work", columns=COLUMNS, rows=ROWS)
    view = View(terminal)
    terminal.watch(view)
    terminal.wait_for(b"\x1b[?2004h")
    terminal.wait_for(lambda: "[work]" in view.text)
    return terminal, view


def doings(
    aimux: World, terminal: Terminal, view: View, chance: random.Random
) -> list[Callable[[], object]]:
    """What a person, or the line to the terminal, may do meanwhile."""

    def resize() -> None:
        columns, rows = chance.choice(((90, 25), (100, 29), (60, 30)))
        terminal.resize(columns=columns, rows=rows)
        view.engine.resize(columns=columns, rows=rows)

    keys = (
        *(b":display-menu -x 20 -y 12 one 1 '' two 2 ''\r", b":display-popup -w 40 -h 9 cat\r"),
        *(b"\x1b[1;5C", b"\x1b[1;5A", b"z", b"[", b" ", b"o", b"q", b":", b"t", b"w"),
    )
    pressed = [lambda key=key: terminal.type(PREFIX + key) for key in keys]
    ended = [lambda key=key: terminal.type(key) for key in (b"q", b"\x03", b"\x1b")]

    def cover() -> None:
        """Lay the sidebar over the window, and take it away."""
        for _ in range(2):
            aimux.do("toggle-sidebar")
            terminal.read(0.1)

    rare = (resize, cover, cover, lambda: stalled(aimux), lambda: stalled(aimux))
    return [*pressed, *ended, *ended, *ended, *rare]


def stalled(aimux: World) -> None:
    """Take nothing from the client for a while."""
    for _ in range(3):
        aimux.ask("#{pid}")


@pytest.mark.parametrize("seed", [1, 2])
def test_a_busy_terminal_shows_what_a_fresh_one_does(aimux: World, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311  # the same each time
    program, stop = aimux.directory / "program.py", aimux.directory / "stop"
    program.write_text(PROGRAM)
    command = f"exec {sys.executable} -S {program} {{}} {stop}"
    size = ("-x", str(COLUMNS), "-y", str(ROWS))
    aimux.do("new", "-d", "-s", "work", *size, command.format(seed))
    aimux.do("set", "-g", "status-right", "")
    aimux.do("split-window", "-t", "work", command.format(seed + 10))
    aimux.do("split-window", "-h", "-t", "work", command.format(seed + 20))
    terminal, view = attached(aimux)
    for _ in range(30):
        chance.choice(doings(aimux, terminal, view, chance))()
        for _ in range(chance.randrange(1, 12)):
            terminal.read(0.02)
    for key in (b"q", b"\x03", b"\x1b", b"q"):
        terminal.type(key)
        terminal.read(0.2)
    terminal.resize(columns=COLUMNS, rows=ROWS)
    view.engine.resize(columns=COLUMNS, rows=ROWS)
    aimux.do("select-layout", "-t", "work", "tiled")
    # What a new layout draws whole has to be drawn over in pieces before it is looked at.
    drawn = len(terminal.output)
    terminal.wait_for(lambda: len(terminal.output) > drawn + 20_000)
    stop.touch()
    for pane in aimux.do("list-panes", "-t", "work", "-F", "#{pane_id}").split():
        aimux.wait_for("QUIET", pane)
    _, fresh = attached_quietly(aimux)
    terminal.wait_for(lambda: view.rows == fresh.rows)


def attached_quietly(aimux: World) -> tuple[Terminal, View]:
    """Another terminal, once nothing comes any more."""
    terminal, view = attached(aimux)
    while terminal.read(1):
        pass
    return terminal, view
