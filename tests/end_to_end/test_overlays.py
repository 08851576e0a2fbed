"""Menus, popups and panes' numbers on real terminals, beside tmux 3.3a and alone."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.end_to_end.world import COMMAND, PREFIX, World
from tests.programs import tmux_3_3a
from tests.terminal import Terminal
from tests.waiting import DEADLINE_SECONDS, wait_for_end_of, wait_until

COLUMNS, ROWS = 80, 24
LEFT, RIGHT, DRAG, HOVER = 0, 2, 32, 35
ITEMS = (
    "One",
    "1",
    "display-message chose-one",
    "-Off",
    "o",
    "",
    "",
    "Three #[fg=red]3",
    "C-t",
    "",
)
POPUPS = (
    ("-T", "a title"),
    ("-w", "50%", "-h", "8", "-x", "0", "-y", "S"),
    ("-x", "R", "-y", "P"),
    ("-B", "-w", "12", "-h", "4"),
    ("-w", "100%", "-h", "100%", "-T", "#[align=right]full"),
    ("-s", "bg=blue,fg=yellow", "-S", "fg=red", "-T", "styled"),
    *(("-b", name, "-T", name) for name in ("rounded", "double", "heavy", "simple", "padded")),
)
SETTINGS = (
    ("set", "-g", "default-command", "cat"),
    ("set", "-g", "mouse", "on"),
    ("set", "-g", "status-right", ""),
    ("set", "-g", "display-panes-time", "100000"),
    ("set", "-g", "display-time", "0"),
    ("set", "-g", "allow-rename", "off"),
    ("setw", "-g", "automatic-rename", "off"),
)


def cells(terminal: Terminal) -> list[list[object]]:
    """Every cell with its look."""
    screen = terminal.view.screen
    return [[screen.buffer[y][x] for x in range(screen.columns)] for y in range(screen.lines)]


@dataclass
class Pair:
    """tmux and aimux on a terminal each, which are given the same and have to show the same."""

    world: World
    socket: Path

    def __post_init__(self) -> None:
        self._base = (tmux_3_3a(), "-S", str(self.socket), "-f", os.devnull)
        self._scripts: list[subprocess.Popen[str]] = []
        # tmux draws nothing in panes while a menu is open: cat writes nothing by itself.
        size = ("-x", str(COLUMNS), "-y", str(ROWS))
        settings = [word for setting in SETTINGS for word in (";", *setting)]
        self.run("new", "-d", "-s", "work", "-n", "one", *size, "cat", *settings)
        self.world.do("set", "-g", "sidebar", "off")
        self.ours = self.world.attached()
        self.theirs = self.world.terminal_of(*self._base, "attach", "-t", "work")
        self.shows("[work] 0:one")

    def run(self, *words: str) -> None:
        """Run a command on both; it has to succeed."""
        self.world.do(*words)
        subprocess.run(
            (*self._base, *words),
            env=self.world.environment,
            check=True,
            timeout=DEADLINE_SECONDS,
            stdout=subprocess.DEVNULL,
        )

    def script(self, *words: str) -> None:
        """Run on both a command that waits."""
        for base in (COMMAND, self._base):
            script = subprocess.Popen(
                (*base, *words),
                env=self.world.environment,
                cwd=self.world.directory,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
            )
            self._scripts.append(script)

    def ends(self) -> list[tuple[int, str]]:
        """How the two last scripts ended: status and output."""
        ends = []
        for script in self._scripts[-2:]:
            output, _ = script.communicate(timeout=DEADLINE_SECONDS)
            ends.append((script.returncode, output))
        return ends

    def type(self, data: bytes) -> None:
        for terminal in (self.ours, self.theirs):
            terminal.type(data)

    def mouse(self, row: int, column: int, button: int = LEFT, *, release: bool = False) -> None:
        for terminal in (self.ours, self.theirs):
            terminal.press_mouse(row=row, column=column, button=button, release=release)

    def shows(self, text: str, *, gone: str = "\0") -> None:
        """Wait until tmux shows `text` and no `gone`, and aimux every cell as tmux does."""
        self.theirs.wait_for(lambda: text in self.theirs.text and gone not in self.theirs.text)
        wait_until(
            self._same,
            step=self._read,
            state=lambda: f"tmux\n{self.theirs.text}\naimux\n{self.ours.text}",
        )

    def _read(self) -> None:
        self.ours.read(0.05)
        self.theirs.read(0.05)

    def _same(self) -> bool:
        if cells(self.ours) != cells(self.theirs):
            return False
        # tmux hides the cursor while a message is shown.
        hidden = (self.ours.view.screen.cursor.hidden, self.theirs.view.screen.cursor.hidden)
        return hidden[1] or (not hidden[0] and self.ours.cursor == self.theirs.cursor)

    def close(self) -> None:
        for script in self._scripts:
            script.kill()
            script.communicate()
        subprocess.run(
            (*self._base, "kill-server"),
            env=self.world.environment,
            check=False,
            stderr=subprocess.DEVNULL,
        )


@pytest.fixture
def pair(aimux: World, tmp_path: Path) -> Iterator[Pair]:
    pair = Pair(aimux, tmp_path / "tmux")
    try:
        yield pair
    finally:
        pair.close()


# ---- menus ----


def test_the_default_menus_of_the_keyboard(pair: Pair) -> None:
    pair.type(PREFIX + b"<")
    pair.shows("Swap Left")
    pair.type(b"\x1b[B")
    pair.shows("New At End")
    pair.type(b"q")
    pair.shows("[work]", gone="Swap Left")
    pair.type(PREFIX + b"%")
    pair.shows("│")
    pair.type(PREFIX + b">")
    pair.shows("Vertical Split")
    pair.type(b"kk")
    pair.shows("Mark")
    pair.type(b"v")
    pair.shows("├", gone="Vertical Split")


def test_the_menu_of_a_window_in_the_status_line(pair: Pair) -> None:
    pair.run("neww", "-n", "two")
    pair.shows("1:two*")
    pair.mouse(23, 9, RIGHT)
    pair.shows("Swap Left")
    pair.mouse(13, 12, RIGHT + DRAG)
    pair.shows("Swap Left")
    pair.mouse(13, 12, RIGHT, release=True)
    pair.shows("[work]", gone="Swap Left")


def test_the_menu_of_the_session_in_the_status_line(pair: Pair) -> None:
    pair.mouse(23, 2, RIGHT)
    pair.shows("Renumber")
    pair.mouse(23, 2, RIGHT, release=True)
    pair.shows("[work]", gone="Renumber")


def test_the_menu_of_a_pane_knows_the_word_under_the_mouse(pair: Pair) -> None:
    pair.type(b"first aword last\r")
    pair.shows("\nfirst aword last")
    pair.mouse(0, 8, RIGHT)
    pair.shows("Search For aword")
    pair.type(b"\x19")
    pair.shows("\naword", gone="Search For")


def test_where_a_menu_stands_across(pair: Pair) -> None:
    pair.run("splitw", "-h")
    pair.shows("│")
    places = ("C", "R", "P", "W", "7", "-2", "300", "#{popup_pane_left}")
    for number, where in enumerate(places):
        pair.script("display-menu", "-x", where, "-T", f"title {number}", *ITEMS)
        pair.shows(f"title {number}")
        pair.type(b"\x14")
        assert pair.ends() == [(0, ""), (0, "")]


@pytest.mark.parametrize("position", ["top", "bottom"])
def test_where_a_menu_stands_down(pair: Pair, position: str) -> None:
    pair.run("set", "-g", "status-position", position)
    pair.run("splitw", "-v")
    for where in ("C", "P", "S", "W", "7", "-2", "300", "#{popup_height}"):
        pair.script("display-menu", "-y", where, "-T", "#[align=centre,fg=blue]t", *ITEMS)
        pair.shows("Off")
        pair.type(b"1")
        pair.shows("chose-one", gone="Off")
        assert pair.ends() == [(0, ""), (0, "")]


def test_a_menu_that_stays_open_is_chosen_from_by_clicks(pair: Pair) -> None:
    pair.run("bind", "-n", "MouseDown3Pane", "display-menu", "-O", "-x", "M", "-y", "M", *ITEMS)
    pair.mouse(5, 20, RIGHT)
    pair.shows("One")
    pair.mouse(5, 20, RIGHT, release=True)
    pair.mouse(7, 20, HOVER)
    pair.shows("Off")
    pair.mouse(7, 20, LEFT)
    pair.mouse(7, 20, LEFT, release=True)
    pair.mouse(6, 20, HOVER)
    pair.shows("Off")
    pair.mouse(6, 20, LEFT)
    pair.shows("chose-one", gone="Off")


def test_a_wrong_command_of_an_item_is_told_when_it_is_chosen(pair: Pair) -> None:
    pair.script("display-menu", "Bad", "b", "nonsense", "Worse", "w", "select-window -t :77")
    pair.shows("Worse")
    pair.type(b"b")
    pair.shows("nonsense", gone="Worse")
    pair.script("display-menu", "Bad", "b", "nonsense", "Worse", "w", "select-window -t :77")
    pair.shows("Worse")
    pair.type(b"w")
    pair.shows("77", gone="Worse")
    assert pair.ends() == [(0, ""), (0, "")]


# ---- panes' numbers ----


def test_the_numbers_of_panes_and_what_digits_do(pair: Pair) -> None:
    pair.run("splitw", "-h", ";", "splitw", "-v", ";", "splitw", "-v", "-l", "3")
    pair.type(PREFIX + b"q")
    pair.shows("39x11")
    pair.type(b"0")
    pair.shows("│", gone="39x11")
    pair.type(PREFIX + b"q")
    pair.shows("39x11")
    pair.type(b"z")
    pair.shows("│", gone="39x11")
    pair.type(PREFIX + b"q")
    pair.shows("39x11")
    pair.type(b"X")
    pair.shows("X ", gone="39x11")
    pair.script("display-panes", "-N", "-d", "0")
    pair.shows("39x11")
    pair.type(b"2")
    pair.shows("X2", gone="39x11")


# ---- popups ----


def test_popups_of_every_look_with_a_program(pair: Pair) -> None:
    pair.run("splitw", "-h")
    program = (
        "printf 'x\\033[31mred\\033[0m\\033[44mbg\\033[K\\033[m\\n日本語日本語日本語\\n'; exec cat"
    )
    for flags in POPUPS:
        pair.script("display-popup", *flags, program)
        pair.shows("xredbg")
        pair.type(b"typed\r")
        pair.shows("typed")
        pair.type(b"\x1b")
        pair.shows("[work]", gone="xredbg")
        assert pair.ends() == [(129, ""), (129, "")]


@pytest.mark.parametrize(
    ("flag", "status", "closes"),
    [("-E", 3, True), ("-EE", 0, True), ("-EE", 3, False), ("-T", 0, False)],
)
def test_what_closes_a_popup(pair: Pair, flag: str, status: int, closes: bool) -> None:
    words = ("-T", "t") if flag == "-T" else (flag,)
    pair.script("display-popup", *words, f"echo po''pup; read line; exit {status}")
    pair.shows("popup")
    pair.type(b"\r")
    if not closes:
        pair.shows("popup")
        pair.type(b"\x1b")
    pair.shows("[work]", gone="popup")
    assert pair.ends() == [(status, "")] * 2


def test_a_popup_is_moved_sized_and_made_a_pane_by_the_mouse(pair: Pair) -> None:
    pair.run("splitw", "-h")
    pair.script("display-popup", "-x", "10", "-y", "15", "-w", "30", "-h", "8", "-T", "p", "cat")
    pair.shows("┌─p")
    pair.mouse(7, 20)
    for row, column in ((7, 22), (3, 50), (10, 30)):
        pair.mouse(row, column, LEFT + DRAG)
    pair.mouse(10, 30, release=True)
    top, left = 10, 20
    pair.theirs.wait_for(lambda: pair.theirs.rows[top].find("┌─p") == left)
    pair.shows("┌─p")
    pair.mouse(top + 7, left + 29, RIGHT)
    pair.mouse(top + 7, left + 28, RIGHT + DRAG)
    pair.mouse(top + 9, left + 34, RIGHT + DRAG)
    pair.mouse(top + 5, left + 20, RIGHT + DRAG)
    pair.mouse(top + 5, left + 20, RIGHT, release=True)
    pair.shows("┌─p")
    pair.mouse(0, 40, RIGHT)
    pair.shows("To Vertical Pane")
    pair.mouse(7, 42, RIGHT + DRAG)
    pair.shows("To Vertical Pane")
    pair.mouse(7, 42, RIGHT, release=True)
    pair.shows("├", gone="┌─p")
    pair.type(b"in a pane\r")
    pair.shows("in a pane")


# ---- alone ----


def test_panes_go_on_drawing_beside_an_open_menu(aimux: World) -> None:
    terminal = aimux.attached()
    terminal.type(b"echo be''gin\r")
    terminal.wait_for("begin")
    terminal.type(PREFIX + b"<")
    terminal.wait_for("Swap Left")
    aimux.do("send-keys", "-t", "work", "echo more''output", "Enter")
    terminal.wait_for("moreoutput")
    assert "Swap Left" in terminal.text
    terminal.type(b"q")
    terminal.wait_for(lambda: "Swap Left" not in terminal.text)
    assert "moreoutput" in terminal.text


def test_each_client_has_an_overlay_of_its_own(aimux: World) -> None:
    first, second = aimux.attached(), aimux.attached()
    first.type(PREFIX + b"<")
    first.wait_for("Swap Left")
    second.type(PREFIX + b">")
    second.wait_for("Horizontal Split")
    first.type(b"q")
    first.wait_for(lambda: "Swap Left" not in first.text)
    assert "Horizontal Split" in second.text
    second.type(b"q")
    second.wait_for(lambda: "Horizontal Split" not in second.text)


def test_a_script_without_a_client_is_told_so(aimux: World) -> None:
    aimux.do("new", "-d", "-s", "work")
    for words in (("display-menu", "a", "b", "c"), ("display-popup", "cat"), ("display-panes",)):
        done = aimux.run(*words)
        assert (done.returncode, done.stderr) == (1, "no current client\n")


def test_detaching_ends_what_runs_in_a_popup(aimux: World) -> None:
    terminal = aimux.attached()
    terminal.type(PREFIX + b":display-popup 'echo pid=$$; exec sleep 1000'\r")
    terminal.wait_for("pid=")
    line = next(row for row in terminal.rows if "pid=" in row)
    pid = int(line.partition("pid=")[2].split("│")[0])
    aimux.do("detach-client", "-s", "work")
    assert terminal.wait_for_end() == 0
    wait_for_end_of(pid)
    assert aimux.ask("#{session_name}", "work") == "work"


HOSTILE = r"""
printf '\033]2;stolen\a\033]0;stolen\a\033kstolen\033\\\033]7;file:///stolen\a'
printf '\033]52;c;c3RvbGVu\a\033Ptmux;\033\033]52;c;c3RvbGVu\a\033\\\a'
printf '\033[?1049h\033[2;30Hfar\033[20;1Hlow\033[1;1H#[bg=red]'
printf 'pri''nted#{pid}'
cat
"""


def test_nothing_that_a_program_prints_in_a_popup_escapes_it(aimux: World) -> None:
    aimux.do("new", "-d", "-s", "work")
    for name in ("set-clipboard", "set-titles", "allow-rename"):
        aimux.do("set", "-g", name, "on")
    (aimux.directory / "hostile").write_text(HOSTILE)
    terminal = aimux.attached()
    terminal.type(PREFIX + b":display-popup -w 30 -h 5 'sh hostile'\r")
    terminal.wait_for("#[bg=red]printed#{pid}")
    assert "┌──" in terminal.text
    assert b"stolen" not in terminal.output
    assert b"c3RvbGVu" not in terminal.output
    assert aimux.run("show-buffer").returncode == 1
    assert "stolen" not in aimux.ask("#{pane_title}#{window_name}#{pane_path}#{session_alerts}")
    top = next(row for row, text in enumerate(terminal.rows) if "┌──" in text)
    inside = [row.find("│") for row in terminal.rows[top + 1 : top + 4]]
    assert len(set(inside)) == 1
    assert not any("low" in row for row in terminal.rows[top + 4 :])


def test_a_menu_behind_an_attach_is_seen(aimux: World) -> None:
    aimux.do("new", "-d", "-s", "work")
    terminal = aimux.terminal("attach", ";", "display-menu", "One", "1", "kill-session")
    terminal.wait_for("One (1)")
    aimux.wait_until_live(terminal)
    terminal.type(b"1")
    terminal.wait_for_end()
