"""The client on a real PTY: what is typed there arrives, what the server sends is seen there."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from aimux.protocol.client_messages import FocusChanged, MouseReported, Resized
from aimux.protocol.facts import AgentFact
from aimux.protocol.picture_messages import Cursor, Frame, PaneRows
from aimux.protocol.server_messages import (
    BellRung,
    ClipboardOffered,
    Facts,
    Farewell,
    OuterModes,
    SidebarToggled,
    Suspended,
    TitleSet,
)
from tests.client.little_server import LittleServer, little_server
from tests.client.terminal import Terminal, client_on_terminal
from tests.picture import draw

KEYS = {
    b"\x11": "C-q",
    b"\x10": "C-p",
    b"\x03": "C-c",
    b"\x1a": "C-z",
    b"\x1c": "C-\\",
    b"\t": "Tab",
    b"\x1b[Z": "BTab",
    b"\x1bOP": "F1",
    b"\x1b[A": "Up",
    b"\x1b[1;5D": "C-Left",
    b"\x1bb": "M-b",
    b"\r": "Enter",
    b"\x7f": "BSpace",
    b"\x00": "C-Space",
    b"\x1b[13;2u": "S-Enter",
    b"\x1b": "Escape",
}

Pair = tuple[LittleServer, Terminal]


@pytest.fixture
async def pair(tmp_path: Path) -> AsyncIterator[Pair]:
    async with little_server(tmp_path) as (server, path), client_on_terminal(path) as terminal:
        await terminal.wait_for_text("[work]")
        await server.wait_for(server.shown)
        yield server, terminal


async def test_the_first_frame_is_painted_without_clearing_what_the_guard_painted(
    pair: Pair,
) -> None:
    _, terminal = pair
    rows = terminal.view.text.splitlines()
    assert rows[0].startswith("%1 row 0")
    assert rows[22].startswith("%1 row 22")
    for clearing in (b"\x1b[2J", b"\x1b[J", b"\x1b[?1049", b"\x1b[3J", b"\x1bc"):
        assert clearing not in terminal.output


async def test_every_key_arrives_in_order_with_its_name_and_bytes(pair: Pair) -> None:
    server, terminal = pair
    terminal.type(b"".join(KEYS))
    await server.wait_for(lambda: "Escape" in server.pressed())
    assert server.pressed() == list(KEYS.values())


async def test_any_text_arrives(pair: Pair) -> None:
    server, terminal = pair
    typed = "Grüße, 日本語 👩‍💻 ".encode() + b"\xff\xfe."
    terminal.type(typed)
    await server.wait_for(lambda: server.text().endswith(b"."))
    assert server.text() == typed


async def test_a_megabyte_pasted_arrives_byte_for_byte(pair: Pair) -> None:
    server, terminal = pair
    data = os.urandom(1 << 20).replace(b"\x1b[201~", b"")
    terminal.type(b"\x1b[200~" + data + b"\x1b[201~.")
    await server.wait_for(lambda: server.text() == b".")
    assert server.pasted() == data


async def test_mouse_and_focus_arrive(pair: Pair) -> None:
    server, terminal = pair
    terminal.type(b"\x1b[<0;3;4M\x1b[I")
    await server.wait_for(lambda: FocusChanged(focused=True) in server.received)
    assert MouseReported(0, 2, 3, release=False) in server.received


async def test_a_changed_row_costs_little_more_than_its_text(pair: Pair) -> None:
    server, terminal = pair
    costs = []
    for n in range(5):  # the first may come among the paintings of the start
        before = len(terminal.output)
        server.send(server.row(1, 3, f"changed {n}", 39))
        await terminal.wait_for_text(f"changed {n}")
        await terminal.wait_for(lambda: bytes(terminal.output).endswith(b"\x1b[?25h"))
        costs.append(len(terminal.output) - before)
    assert min(costs) < 39 + 40


async def test_the_cursor_stands_where_the_frame_says_in_its_shape(pair: Pair) -> None:
    server, terminal = pair
    cursor = terminal.view.screen.cursor
    await terminal.wait_for(lambda: (cursor.y, cursor.x, cursor.hidden) == (2, 5, False))
    server.send(server.frame(cursor=Cursor(row=7, column=9, visible=True, shape=6)))
    await terminal.wait_for(lambda: (cursor.y, cursor.x) == (7, 9))
    assert b"\x1b[6 q" in terminal.output
    server.send(server.frame(cursor=Cursor(row=7, column=9, visible=False, shape=6)))
    await terminal.wait_for(lambda: terminal.view.screen.cursor.hidden)


async def test_a_cursor_under_the_sidebar_is_hidden(pair: Pair) -> None:
    server, terminal = pair
    server.send(server.frame(cursor=Cursor(row=1, column=60, visible=True, shape=0)))
    cursor = terminal.view.screen.cursor
    await terminal.wait_for(lambda: (cursor.y, cursor.x) == (1, 60))
    server.send(SidebarToggled())
    await terminal.wait_for(lambda: "AGENTS" in terminal.view.text and cursor.hidden)
    server.send(SidebarToggled())
    await terminal.wait_for(lambda: (cursor.y, cursor.x, cursor.hidden) == (1, 60, False))


async def test_super_is_told_from_meta_once_the_terminal_speaks_kittys_protocol(pair: Pair) -> None:
    server, terminal = pair
    terminal.type(b"\x1b[97;9u\x1b[?0ux")
    await server.wait_for(lambda: server.text() == b"x")
    terminal.type(b"\x1b[97;9u")
    await server.wait_for(lambda: len(server.pressed()) == 2)
    assert server.pressed() == ["M-a", "Super-a"]


async def test_a_server_that_stops_reading_stops_the_typing_and_loses_nothing(pair: Pair) -> None:
    server, terminal = pair
    server.stop_reading()
    data = b"typed " * 500_000
    terminal.type(data)
    await terminal.wait_for_stuck_typing()
    server.read_on()
    await server.wait_for(lambda: len(server.text()) == len(data))
    assert server.text() == data


async def test_modes_title_bell_and_clipboard_reach_the_terminal(pair: Pair) -> None:
    server, terminal = pair
    server.send(
        OuterModes(mouse=1002, kitty_flags=5, escape_seconds=0.025),
        TitleSet("a \x1b title"),
        BellRung(),
        ClipboardOffered(b"copied"),
    )
    await terminal.wait_for(lambda: b"\x1b]52;c;Y29waWVk\a" in terminal.output)
    for written in (b"\x1b[?1002h\x1b[?1006h", b"\x1b[=5;1u", b"\x1b]0;a  title\a", b"\a"):
        assert written in terminal.output


async def test_escape_time_decides_what_belongs_to_an_escape(pair: Pair) -> None:
    server, terminal = pair
    server.send(OuterModes(mouse=0, kitty_flags=0, escape_seconds=30.0))
    server.send(TitleSet("waiting"))
    await terminal.wait_for(lambda: b"\x1b]0;waiting\a" in terminal.output)
    terminal.type(b"\x1b")
    server.send(TitleSet("still waiting"))
    await terminal.wait_for(lambda: b"\x1b]0;still waiting\a" in terminal.output)
    terminal.type(b"[1;5D")
    await server.wait_for(lambda: server.pressed() == ["C-Left"])


async def test_drawings_are_synchronized_where_the_terminal_can(pair: Pair) -> None:
    server, terminal = pair
    assert b"\x1b[?2026$p" in terminal.output
    terminal.type(b"\x1b[?2026;2$yx")
    await server.wait_for(lambda: server.text() == b"x")
    server.send(server.row(1, 3, "together", 39))
    await terminal.wait_for_text("together")
    await terminal.wait_for(lambda: bytes(terminal.output).endswith(b"\x1b[?2026l"))
    assert b"\x1b[?2026h\x1b[4;1Htogether" in terminal.output


async def test_a_resize_is_told_and_drawn(pair: Pair) -> None:
    server, terminal = pair
    terminal.resize(columns=130, rows=30)
    await server.wait_for(lambda: Resized(130, 30, 36) in server.received)
    await terminal.wait_for_text("AGENTS")
    await terminal.wait_for(lambda: "[work]" in terminal.view.screen.display[29])


async def test_a_storm_of_resizes_ends_in_the_newest_size(pair: Pair) -> None:
    server, terminal = pair
    for n in range(100):
        terminal.resize(columns=60 + n, rows=10 + n % 20)
    terminal.resize(columns=100, rows=31)
    await server.wait_for(lambda: server.size == (100, 31, 0))
    await terminal.wait_for(lambda: "[work]" in terminal.view.screen.display[30])


async def test_nothing_is_drawn_over_the_guards_picture_before_the_first_frame(
    tmp_path: Path,
) -> None:
    async with little_server(tmp_path) as (server, path):
        server.silent = True
        async with client_on_terminal(path) as terminal:
            await server.wait_for(lambda: server.hello)
            frame = server.frame(generation=77)
            server.send(frame)
            await server.wait_for(lambda: frame.number in server.shown())
            assert b" " not in terminal.output
            server.show_window()
            await terminal.wait_for_text("[work]")


async def test_a_frame_that_the_terminal_does_not_take_is_not_acknowledged(pair: Pair) -> None:
    server, terminal = pair
    frame = await stall(server, terminal)
    await talk(server, terminal)
    assert frame.number not in server.shown()
    terminal.read_on()
    await server.wait_for(lambda: frame.number in server.shown())


async def test_a_stalled_terminal_is_then_shown_the_newest_and_nothing_in_between(
    pair: Pair,
) -> None:
    server, terminal = pair
    await stall(server, terminal)
    for n in range(20):
        rows = tuple((row, f"{n:04} {row:02} ".ljust(39, "·")) for row in range(23))
        server.send(server.frame(panes=(PaneRows(1, rows),)))
        await talk(server, terminal)
    size = len(terminal.output)
    terminal.read_on()
    await terminal.wait_for(lambda: terminal.view.text.splitlines()[22].startswith("0019 22"))
    for row, line in enumerate(terminal.view.text.splitlines()[:23]):
        assert line.startswith(f"0019 {row:02} ")
    assert b"0010 " not in terminal.output[size:]


async def stall(server: LittleServer, terminal: Terminal) -> Frame:
    """Stop reading, and fill the terminal with a frame that is larger than its buffers."""
    terminal.stop_reading()
    frame = server.row(1, 5, "\x1b[m" * 100_000, 300_000)
    server.send(frame)
    await talk(server, terminal)
    return frame


async def talk(server: LittleServer, terminal: Terminal) -> None:
    """Type a character and wait for it: the client has handled what was sent before."""
    count = len(server.text())
    terminal.type(b"t")
    await server.wait_for(lambda: len(server.text()) > count)


async def test_a_farewell_ends_the_client_and_undoes_its_modes(pair: Pair) -> None:
    server, terminal = pair
    server.send(OuterModes(mouse=1003, kitty_flags=1, escape_seconds=0.025), Farewell("detached"))
    assert await terminal.exit_status() == 0
    await terminal.wait_for(lambda: bytes(terminal.output).endswith(b"\x1b[?25h"))
    for written in (b"\x1b[?1003l", b"\x1b[?2004l", b"\x1b[?1004l", b"\x1b[<u", b"\x1b[?7h"):
        assert written in terminal.output


async def test_a_server_that_is_gone_ends_the_client_with_1(pair: Pair) -> None:
    server, terminal = pair
    server.hang_up()
    assert await terminal.exit_status() == 1
    assert b"Traceback" not in terminal.output


async def test_a_terminal_that_hangs_up_ends_the_client(pair: Pair) -> None:
    server, terminal = pair
    terminal.hang_up()
    await server.wait_for(lambda: server.closed)
    assert await terminal.exit_status() in (1, -signal.SIGHUP)


async def test_a_hangup_ends_a_client_that_ignores_the_signal(tmp_path: Path) -> None:
    async with (
        little_server(tmp_path) as (server, path),
        client_on_terminal(path, nohup=True) as terminal,
    ):
        await terminal.wait_for_text("[work]")
        terminal.hang_up()
        await server.wait_for(lambda: server.closed)
        assert await terminal.exit_status() == 1


async def test_a_row_under_the_sidebar_is_not_drawn_over_it(pair: Pair) -> None:
    server, terminal = pair
    server.send(SidebarToggled())
    await terminal.wait_for_text("AGENTS")
    frame = server.row(2, 3, "@" * 40, 40)
    server.send(frame)
    await server.wait_for(lambda: frame.number in server.shown())
    server.send(server.row(1, 3, "seen", 39))
    await terminal.wait_for_text("seen")
    assert b"@" not in terminal.output
    server.send(SidebarToggled())
    await terminal.wait_for_text("@" * 40)


async def test_a_suspended_client_stops_and_draws_anew_when_it_is_continued(pair: Pair) -> None:
    server, terminal = pair
    server.send(Suspended())
    _, status = await asyncio.to_thread(os.waitpid, terminal.pid, os.WUNTRACED)
    assert os.WIFSTOPPED(status)
    await terminal.wait_for(lambda: b"\x1b[<u" in terminal.output)
    assert b"\x1b[?2004l" in terminal.output
    terminal.view.screen.reset()
    os.kill(terminal.pid, signal.SIGCONT)
    await terminal.wait_for_text("[work]")
    await terminal.wait_for_text("%2 row 22")
    terminal.type(b"k")
    await server.wait_for(lambda: server.text() == b"k")


async def test_an_age_that_ticks_costs_its_row_only(tmp_path: Path) -> None:
    now = datetime.now(UTC).timestamp()
    agent = AgentFact(1, "s", "s:0.0", "claude", "working", "", now - 20, "")
    async with (
        little_server(tmp_path) as (server, path),
        client_on_terminal(path, columns=130) as terminal,
    ):
        await terminal.wait_for_text("gemini")
        server.send(Facts("%1", "t", "/", (), (agent,)))
        await terminal.wait_for(lambda: "gemini" not in terminal.view.text)
        shown = age_on(terminal)
        await terminal.wait_for(lambda: age_on(terminal) != shown)
        size, shown = len(terminal.output), age_on(terminal)
        await terminal.wait_for(lambda: age_on(terminal) != shown)
        assert len(terminal.output) - size < 200


def age_on(terminal: Terminal) -> str:
    return terminal.view.text.splitlines()[1].split()[-1]


async def test_an_idle_client_sleeps(pair: Pair) -> None:
    _, terminal = pair
    before = voluntary_switches(terminal.pid)
    await asyncio.sleep(1)  # what is measured is that nothing happens in a second
    assert voluntary_switches(terminal.pid) - before <= 1


def voluntary_switches(pid: int) -> int:
    """How often the threads of a process have gone to sleep."""
    count = 0
    for status in Path(f"/proc/{pid}/task").glob("*/status"):
        fields = dict(line.split(":", 1) for line in status.read_text().splitlines())
        count += int(fields["voluntary_ctxt_switches"])
    return count


@pytest.mark.parametrize("term", ["dumb", "linux", "", "xterm"])
async def test_poor_terminals_are_asked_nothing_that_they_print(tmp_path: Path, term: str) -> None:
    async with (
        little_server(tmp_path) as (_, path),
        client_on_terminal(path, environment={"TERM": term}) as terminal,
    ):
        await terminal.wait_for_text("[work]")
        assert (b"$p" in terminal.output) is (term == "xterm")


async def test_a_wide_terminal_looks_like_this(tmp_path: Path) -> None:
    async with (
        little_server(tmp_path) as (_, path),
        client_on_terminal(path, columns=130) as terminal,
    ):
        await terminal.wait_for_text("PANE")
        await terminal.wait_for(lambda: not terminal.view.screen.cursor.hidden)
        draw(terminal.view.screen, tmp_path / "wide.png")
        assert (tmp_path / "wide.png").stat().st_size > 5000


async def test_without_utf8_the_sidebar_is_drawn_in_ascii(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("TMUX", "AIMUX"):
        monkeypatch.delenv(name, raising=False)
    async with (
        little_server(tmp_path) as (_, path),
        client_on_terminal(path, columns=130, environment={"LC_ALL": "C"}) as terminal,
    ):
        await terminal.wait_for_text("! claude")
        assert "▲" not in terminal.view.text
