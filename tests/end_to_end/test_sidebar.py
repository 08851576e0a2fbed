"""The sidebar, C-b g and toasts in real terminals, with a little program that reports states."""

from __future__ import annotations

import sys
from base64 import b64encode

import pytest

from tests.end_to_end.world import PREFIX, World
from tests.terminal import Terminal
from tests.waiting import wait_until

PROGRAM = """
import sys
print("ready", flush=True)
for line in sys.stdin:
    sys.stdout.write("\\x1b]7501;" + line.strip() + "\\a")
    print("heard", flush=True)
"""


def agent(world: World, *words: str) -> str:
    """A pane in which the little program runs; what it is told it reports."""
    path = world.directory / "agent.py"
    path.write_text(PROGRAM)
    target = world.do(*words, "-P", "-F", "#{pane_id}", sys.executable, str(path)).strip()
    world.wait_for("ready", target)
    return target


def report(world: World, pane: str, state: str, text: str = "", app: str = "claude-code") -> None:
    message = b64encode(text.encode()).decode()
    world.do("send-keys", "-t", pane, f"state={state}:app={app}:msg={message}", "Enter")
    world.wait_for("heard", pane)


@pytest.fixture
def wide(aimux: World) -> Terminal:
    """A terminal with a sidebar."""
    return aimux.attached(columns=140, rows=30)


def test_the_focus_goes_into_the_sidebar_and_back(aimux: World, wide: Terminal) -> None:
    pane = agent(aimux, "new-window", "-d", "-n", "web")
    report(aimux, pane, "blocked", "run rm -rf build?")
    wide.wait_for("1 waits")
    wide.type(PREFIX + b"a" + b"jkzyn" + b"\x1b[B" + PREFIX + b"a" + b"echo b$((40+2))ck\r")
    assert "jk" not in aimux.wait_for("b42ck", "work:0")


def test_escape_gives_the_focus_back(aimux: World, wide: Terminal) -> None:
    wide.wait_for("AGENTS")
    wide.type(PREFIX + b"a")
    wide.wait_for(lambda: wide.view.screen.cursor.hidden)
    wide.type(b"\x1b")
    wide.wait_for(lambda: not wide.view.screen.cursor.hidden)
    wide.type(b"echo b$((40+2))ck\r")
    aimux.wait_for("b42ck", "work:0")


@pytest.mark.parametrize("columns", [140, 80])
def test_hiding_a_sidebar_that_has_the_focus_gives_it_back(aimux: World, columns: int) -> None:
    terminal = aimux.attached(columns=columns, rows=30)
    terminal.wait_for(lambda: ("AGENTS" in terminal.text) == (columns > 100))
    terminal.type(PREFIX + b"a")
    terminal.wait_for(lambda: terminal.view.screen.cursor.hidden and "AGENTS" in terminal.text)
    terminal.type(PREFIX + b"b" + b"echo b$((40+2))ck\r")
    aimux.wait_for("b42ck", "work:0")
    terminal.wait_for(lambda: "AGENTS" not in terminal.text)


def test_enter_jumps_and_what_is_typed_behind_it_is_the_other_panes(
    aimux: World, wide: Terminal
) -> None:
    agent(aimux, "new-window", "-d", "-n", "here")
    pane = agent(aimux, "new-session", "-d", "-s", "other", "-n", "docs")
    report(aimux, pane, "blocked", "which licence?")
    wide.wait_for("1 waits")
    wide.type(PREFIX + b"a\rtyped at once\r")
    aimux.wait_for("typed at once", pane)
    wide.wait_for("[other]")
    assert "typed" not in aimux.seen("work:0")


def test_the_sidebar_is_shown_and_hidden_and_the_pane_gets_its_columns(
    aimux: World, wide: Terminal
) -> None:
    wide.wait_for("AGENTS")
    assert aimux.ask("#{pane_width}") == "104"
    wide.type(PREFIX + b"b")
    wide.wait_for(lambda: "AGENTS" not in wide.text)
    wait_until(lambda: aimux.ask("#{pane_width}") == "140")
    wide.type(PREFIX + b"b")
    wide.wait_for("AGENTS")


def test_the_next_agent_is_found_through_all_sessions(aimux: World, wide: Terminal) -> None:
    first = agent(aimux, "new-window", "-d", "-n", "one")
    second = agent(aimux, "new-session", "-d", "-s", "other", "-n", "two")
    agent(aimux, "new-window", "-d", "-n", "busy")
    wide.type(PREFIX + b"g")
    wide.wait_for("No agent needs you")
    report(aimux, first, "blocked", "first question")
    report(aimux, second, "blocked", "second question")
    wide.wait_for("▲2")
    for pane in (first, second, first):
        wide.type(PREFIX + b"g")
        wide.wait_for(lambda pane=pane: aimux.ask("#{pane_id}", "=" + shown(aimux)) == pane)
    aimux.do("next-agent", "-p", "-t", aimux.ask("#{client_name}", "work"))


def shown(world: World) -> str:
    return world.do("list-clients", "-F", "#{session_name}").split("\n")[0] + ":"


def test_formats_tell_of_agents_and_the_status_line_only_if_there_is_something_to_say(
    aimux: World, wide: Terminal
) -> None:
    assert "▲" not in wide.rows[-1]
    pane = agent(aimux, "new-window", "-d", "-n", "web")
    report(aimux, pane, "error", "it broke")
    wide.wait_for("✗1")
    told = "#{agent_name}|#{agent_state}|#{agent_mark}|#{agent_detail}|#{agent_context_percent}|"
    assert aimux.ask(told, pane) == "claude-code|error|✗|it broke||"
    assert aimux.ask("#{agents_waiting} #{agents_failed} #{agents_total}") == "0 1 1"
    assert aimux.ask(told, "work:0") == "|||||"
    report(aimux, pane, "idle")
    wide.wait_for(lambda: "✗1" not in wide.rows[-1])


def test_a_border_names_its_agent(aimux: World, wide: Terminal) -> None:
    aimux.do("set", "-g", "pane-border-status", "top")
    pane = agent(aimux, "split-window", "-h")
    report(aimux, pane, "blocked", "go on?")
    wide.wait_for("▲ claude-code waiting")


def test_the_border_above_an_agent_names_it_and_can_be_dragged(
    aimux: World, wide: Terminal
) -> None:
    pane = agent(aimux, "split-window", "-v")
    aimux.do("select-pane", "-t", pane, "-T", "docs")
    report(aimux, pane, "blocked", "go on?")
    label = " 1 claude-code · docs ▲ "
    wide.wait_for(lambda: label in wide.text[:2000])
    row, column = next((n, text.index(label)) for n, text in enumerate(wide.rows) if label in text)
    assert wide.rows[row].startswith("──")
    assert wide.view.screen.buffer[row][column + 1].fg == "brown"
    wide.press_mouse(row=row, column=column + 5)
    wide.press_mouse(row=row - 3, column=column + 5, button=32)
    wide.press_mouse(row=row - 3, column=column + 5, release=True)
    wide.wait_for(lambda: label in wide.rows[row - 3])
    ascii_only = aimux.terminal("attach", "-t", "work", columns=140, rows=30, LANG="C")
    ascii_only.wait_for("-- 1 claude-code . docs ! --")
    assert aimux.ask("#{pane_top}", pane) == str(row - 2)
    wide.type(PREFIX + b"z")
    wide.wait_for(lambda: not any(label in text for text in wide.rows))


def test_a_toast_tells_of_an_agent_that_nobody_sees(aimux: World) -> None:
    terminal = aimux.attached()
    pane = agent(aimux, "new-window", "-d", "-n", "web")
    report(aimux, pane, "blocked", "[b]go on[/b]?")
    terminal.wait_for("claude-code web waits: [b]go on[/b]?")


def test_a_click_on_a_row_jumps(aimux: World, wide: Terminal) -> None:
    pane = agent(aimux, "new-window", "-d", "-n", "web")
    report(aimux, pane, "blocked", "go on?")
    wide.wait_for("1 waits")
    row = next(index for index, text in enumerate(wide.rows, 1) if "claude-code" in text[104:])
    wide.type(f"\x1b[<0;110;{row}M\x1b[<0;110;{row}m".encode())
    wait_until(lambda: aimux.ask("#{pane_id}", "work:") == pane)


def test_a_narrow_terminal_shows_one_pane_with_tabs_and_the_layout_stays(aimux: World) -> None:
    aimux.do("new-session", "-d", "-s", "work", "-n", "api", "-x", "120", "-y", "40")
    pane = agent(aimux, "split-window", "-d", "-h", "-t", "work:")
    aimux.do("set", "-g", "window-size", "manual")
    before = aimux.ask("#{window_layout} #{window_zoomed_flag}", "work:")
    terminal = aimux.attached(columns=40, rows=15)
    report(aimux, pane, "blocked", "go on?")
    terminal.wait_for("0.1 claude-code▲")
    assert "ready" not in terminal.text
    terminal.type(PREFIX + b"a")
    terminal.wait_for("waits")
    terminal.type(b"\r")
    terminal.wait_for("ready")
    assert terminal.rows[1].startswith("ready")
    assert aimux.ask("#{window_layout} #{window_zoomed_flag}", "work:") == before


def test_a_result_opens_where_its_output_stands(aimux: World) -> None:
    terminal = aimux.terminal("new", "-s", "work", columns=140, rows=30, SHELL="/bin/bash")
    aimux.wait_until_live(terminal)
    terminal.wait_for("RESULTS")
    terminal.type(b"seq 1000 1200; false\r")
    terminal.wait_for("exit 1")
    terminal.type(PREFIX + b"aj\r")
    wait_until(lambda: aimux.ask("#{pane_in_mode}") == "1")
    terminal.wait_for("1005")
    assert "seq 1000" in aimux.ask("#{copy_cursor_line}")
