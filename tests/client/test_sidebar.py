"""The sidebar in the app: focus, keys, mouse, options, where it stands; toasts beside it."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual import events

from aimux.client.toasts import Room, rows_for
from aimux.keys.tokenizer import Tokenizer
from aimux.protocol.client_messages import (
    MouseReported,
    OutputOpened,
    PaneOpened,
    PromptAnswered,
    Resized,
    RowAsked,
    RowKept,
)
from aimux.protocol.message import Message
from aimux.protocol.picture_messages import Cursor
from aimux.protocol.server_messages import (
    Look,
    SidebarFocused,
    SidebarKey,
    SidebarSettings,
    SidebarToggled,
    Toast,
)
from tests.client.desk import Desk, attached

PANELS = ("agents", "results", "traffic", "context", "tasks")


def press(desk: Desk, *keys: str) -> None:
    desk.server.send(*(SidebarKey(key) for key in keys))


def chosen(desk: Desk) -> str:
    entry = desk.app.window_screen.sidebar.chosen
    return entry.key if entry is not None else "heading"


async def told(desk: Desk, message: Message) -> None:
    await desk.server.wait_for(lambda: message in desk.server.received)


async def focused(desk: Desk) -> None:
    desk.server.send(SidebarFocused(focused=True))
    await desk.wait_for(lambda: "AGENTS" in desk.text)


def place_of(desk: Desk, text: str) -> tuple[int, int]:
    """Column and row at which the screen says `text`."""
    rows = desk.text.splitlines()
    row = next(index for index, line in enumerate(rows) if text in line)
    return rows[row].index(text) + 1, row


async def test_keys_choose_open_and_answer(tmp_path: Path) -> None:
    async with attached(tmp_path, columns=130, rows=40) as desk:
        await focused(desk)
        press(desk, "y", "n", "j", "j", "Enter")
        await told(desk, PromptAnswered(1, 5, "y"))
        await told(desk, PromptAnswered(1, 5, "n"))
        await told(desk, PaneOpened(2))
        press(desk, "j", "j", "j", "j", "Enter", "k", "Enter")
        await told(desk, OutputOpened(3, 7, 12))
        await told(desk, OutputOpened(3, 7, -1))


async def test_a_message_is_opened_answered_and_dropped_by_keys_that_are_shown(
    tmp_path: Path,
) -> None:
    async with attached(tmp_path, columns=130, rows=50) as desk:
        desk.server.send(SidebarSettings("right", 36, 120, ("traffic", "tasks")))
        desk.server.send(SidebarFocused(focused=True))
        await desk.wait_for(lambda: "r answer R resend d drop f filter" in desk.text)
        press(desk, "r", "d", "Enter")
        for key in ("r", "d", "Enter"):
            await told(desk, RowAsked("message", 1, key))
        press(desk, "Down", "Down", "a")
        await told(desk, RowAsked("task", 4, "a"))
        await desk.wait_for(lambda: "c cancel r retry a assign p pane" in desk.text)
        assert "r answer" not in desk.text


async def test_f_makes_traffic_be_about_one_agent_after_the_other(tmp_path: Path) -> None:
    async with attached(tmp_path, columns=130, rows=50) as desk:
        desk.server.send(SidebarSettings("right", 36, 120, ("traffic",)))
        desk.server.send(SidebarFocused(focused=True))
        await desk.wait_for(lambda: "which [i]licence?" in desk.text)
        press(desk, "f")
        await desk.wait_for(lambda: "which [i]licence?" not in desk.text)
        assert "update README" in desk.text
        press(desk, "f", "f")
        await desk.wait_for(lambda: "update README" not in desk.text)
        press(desk, "f")
        await desk.wait_for(lambda: "update README" in desk.text and "[i]licence" in desk.text)


async def test_only_who_asks_something_can_be_answered(tmp_path: Path) -> None:
    async with attached(tmp_path, columns=130, rows=40) as desk:
        await focused(desk)
        press(desk, "j", "y", "n", "k", "y")
        await told(desk, PromptAnswered(1, 5, "y"))
        answers = [m for m in desk.server.received if isinstance(m, PromptAnswered)]
        assert answers == [PromptAnswered(1, 5, "y")]


async def test_a_request_that_has_no_room_cannot_be_answered(tmp_path: Path) -> None:
    async with attached(tmp_path, columns=130, rows=4) as desk:
        await focused(desk)
        await desk.wait_for(lambda: "rm -rf" in desk.text)
        assert "allow" not in desk.text
        press(desk, "y", "Enter")
        await told(desk, PaneOpened(1))
        assert not [m for m in desk.server.received if isinstance(m, PromptAnswered)]


async def test_enter_where_nothing_opens_is_said_too(tmp_path: Path) -> None:
    async with attached(tmp_path, columns=130, rows=40) as desk:
        await focused(desk)
        press(desk, "z")
        await desk.wait_for(lambda: "AGENTS ▸" in desk.text)
        press(desk, "Enter")
        await told(desk, RowKept())
        await desk.wait_for(lambda: "AGENTS ▸" not in desk.text)


async def test_focus_is_shown_and_given_back(tmp_path: Path) -> None:
    async with attached(tmp_path, columns=130, rows=40) as desk:
        sidebar = desk.app.window_screen.sidebar
        await focused(desk)
        await desk.wait_for(lambda: any("reverse" in str(s.style) for s in spans(desk)))
        desk.server.send(SidebarFocused(focused=False))
        await desk.wait_for(lambda: not any("reverse" in str(s.style) for s in spans(desk)))
        assert sidebar.display
        assert not [m for m in desk.server.received if isinstance(m, Resized)]


def spans(desk: Desk) -> list[object]:
    rendered = desk.app.window_screen.sidebar.render()
    return [*rendered.spans]


@pytest.mark.parametrize("columns", [80, 40])
async def test_a_hidden_one_is_shown_for_the_focus_and_goes_with_it(
    tmp_path: Path, columns: int
) -> None:
    async with attached(tmp_path, columns=columns) as desk:
        await focused(desk)
        desk.server.send(SidebarFocused(focused=False))
        await desk.wait_for(lambda: "AGENTS" not in desk.text)
        assert not [m for m in desk.server.received if isinstance(m, Resized)]


async def test_a_narrow_terminal_shows_the_agents_alone_as_a_page(tmp_path: Path) -> None:
    async with attached(tmp_path, columns=40, rows=15) as desk:
        await focused(desk)
        assert desk.text.splitlines()[0].startswith(" AGENTS")
        assert "RESULTS" not in desk.text
        assert "row 3" not in desk.text


async def test_a_click_opens_a_row_or_folds_a_panel(tmp_path: Path) -> None:
    async with attached(tmp_path, columns=130, rows=40) as desk:
        await desk.wait_for(lambda: "AGENTS" in desk.text)
        await desk.pilot.click(offset=place_of(desk, "codex"))
        await told(desk, PaneOpened(2))
        await desk.pilot.click(offset=place_of(desk, "RESULTS"))
        await desk.wait_for(lambda: "RESULTS ▸" in desk.text)


async def test_the_wheel_scrolls_the_panel_under_it(tmp_path: Path) -> None:
    async with attached(tmp_path, columns=130, rows=20) as desk:
        await desk.wait_for(lambda: "AGENTS" in desk.text)
        column, row = place_of(desk, "#4")
        mouse = (column, row, 0, 0, 0, False, False, False)
        desk.app.window_screen.sidebar.post_message(
            events.MouseScrollDown(None, *mouse, screen_x=column, screen_y=row)
        )
        await desk.wait_for(lambda: "#4" not in desk.text)


async def test_options_change_side_width_and_panels_while_it_is_shown(tmp_path: Path) -> None:
    async with attached(tmp_path, columns=130, rows=40) as desk:
        await desk.wait_for(lambda: "AGENTS" in desk.text)
        desk.server.send(SidebarSettings("left", 30, 100, ("tasks", "agents")))
        await desk.server.wait_for(lambda: Resized(130, 40, 30) in desk.server.received)
        await desk.wait_for(lambda: desk.text.startswith("TASKS"))
        await desk.wait_for(lambda: desk.text.splitlines()[0][30:].startswith("%1 row 0"))
        assert "RESULTS" not in desk.text
        assert desk.text.splitlines()[-1].startswith("[work]")
        desk.server.send(SidebarSettings("off", 30, 100, PANELS))
        await desk.wait_for(lambda: "AGENTS" not in desk.text)
        await desk.wait_for(lambda: desk.text.startswith("%1 row 0"))


async def test_the_mouse_beside_a_left_sidebar_is_told_in_the_windows_cells(tmp_path: Path) -> None:
    async with attached(tmp_path, columns=130, rows=40) as desk:
        desk.server.send(SidebarSettings("left", 30, 100, PANELS))
        await desk.server.wait_for(lambda: Resized(130, 40, 30) in desk.server.received)
        await desk.wait_for(lambda: desk.text.startswith("AGENTS"))
        for token in Tokenizer().feed(b"\x1b[<0;41;6M\x1b[<0;41;6m\x1b[<0;41;40M"):
            desk.app.take_token(token)
        await told(desk, MouseReported(0, 10, 5, release=False))
        await told(desk, MouseReported(0, 40, 39, release=False))


async def test_a_toast_is_shown_as_it_is_and_opens_its_pane(tmp_path: Path) -> None:
    async with attached(tmp_path) as desk:
        desk.server.send(Toast("waiting", "claude web waits: [b]rm[/b]?", 7))
        await desk.wait_for(lambda: "▲ claude web waits: [b]rm[/b]?" in desk.text)
        await desk.pilot.click(offset=place_of(desk, "claude web waits"))
        await told(desk, PaneOpened(7))


async def test_a_toast_does_not_repeat_what_the_sidebar_says(tmp_path: Path) -> None:
    async with attached(tmp_path, columns=130, rows=40) as desk:
        await desk.wait_for(lambda: "AGENTS" in desk.text)
        desk.server.send(Toast("waiting", "claude web waits", 7), Toast("bell", "it rang", 7))
        await desk.wait_for(lambda: "it rang" in desk.text)
        assert "claude web waits" not in desk.text
        await desk.pilot.click(offset=place_of(desk, "AGENTS"))
        await desk.wait_for(lambda: "AGENTS ▸" in desk.text)
        desk.server.send(Toast("waiting", "claude web waits", 7))
        await desk.wait_for(lambda: "claude web waits" in desk.text)


async def test_a_frame_goes_on_beneath_a_toast(tmp_path: Path) -> None:
    async with attached(tmp_path) as desk:
        desk.server.send(Toast("bell", "bell in logs", 7))
        await desk.wait_for(lambda: "bell in logs" in desk.text)
        frame = desk.server.row(2, 0, "@" * 40, 40)
        desk.server.send(frame)
        await desk.server.wait_for(lambda: frame.number in desk.server.shown())
        await desk.wait_for(lambda: "@@" in desk.text)
        assert "bell in logs" in desk.text


async def test_a_toast_goes_out_of_the_cursors_way(tmp_path: Path) -> None:
    async with attached(tmp_path) as desk:
        desk.server.send(Toast("bell", "bell in logs", 7))
        await desk.wait_for(lambda: "bell in logs" in desk.text.splitlines()[0])
        desk.server.send(desk.server.frame(cursor=Cursor(0, 3, visible=True, shape=0)))
        await desk.wait_for(lambda: "bell in logs" in desk.text.splitlines()[22])


async def test_toasts_go_by_themselves_and_only_the_newest_are_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("aimux.client.toasts.SHOWN_SECONDS", 2.0)
    async with attached(tmp_path) as desk:
        desk.server.send(*(Toast("bell", f"bell number {n}", n) for n in range(5)))
        await desk.wait_for(lambda: "bell number 4" in desk.text)
        assert "bell number 1" not in desk.text
        await desk.wait_for(lambda: "bell number" not in desk.text)


@pytest.mark.parametrize("cursor_row", range(5))
def test_a_toast_never_stands_on_the_cursors_row(cursor_row: int) -> None:
    room = Room(0, 1, 80, 3)
    cursor = Cursor(cursor_row, 0, visible=True, shape=0)
    for count in range(5):
        first = rows_for(count, room, cursor)
        assert first is None or cursor_row not in range(first, first + count)
        assert first is None or room.row <= first <= room.row + room.rows - count


async def test_hiding_the_sidebar_ends_what_was_shown_for_the_focus(tmp_path: Path) -> None:
    async with attached(tmp_path) as desk:
        await focused(desk)
        desk.server.send(SidebarToggled())
        await desk.wait_for(lambda: "AGENTS" not in desk.text)


async def test_a_line_parts_it_from_the_window_and_none_a_page_from_the_terminals_edge(
    tmp_path: Path,
) -> None:
    async with attached(tmp_path, columns=130, rows=20) as desk:
        desk.server.send(Look())
        await desk.wait_for(lambda: desk.text.splitlines()[0][94:].startswith("│ AGENTS"))
        desk.server.send(SidebarSettings("left", 36, 120, ("agents",)))
        await desk.wait_for(lambda: desk.text.startswith("AGENTS"))
        assert desk.text.splitlines()[0][35:].startswith("│%1 row 0")
    async with attached(tmp_path, columns=40, rows=15) as desk:
        desk.server.send(Look())
        await focused(desk)
        assert desk.text.splitlines()[0].startswith(" AGENTS")
