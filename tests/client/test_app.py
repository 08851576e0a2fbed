"""The app, driven by Textual's Pilot, against a real server on a socket."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest
from textual.screen import ModalScreen
from textual.widgets import Input

from aimux.client.app import LOST
from aimux.keys.tokenizer import Tokenizer
from aimux.protocol.client_messages import MouseReported, Pasted, Resized
from aimux.protocol.picture_messages import Frame, PaneRows
from aimux.protocol.server_messages import Facts, Farewell, SidebarToggled
from tests.client.desk import Desk, attached

TEXTUALS_OWN = (
    *("ctrl+q", "ctrl+p", "ctrl+c", "ctrl+z", "ctrl+backslash", "tab", "shift+tab", "f1"),
    *("escape", "super+c", "ctrl+d", "enter", "question_mark"),
)


class Dialog(ModalScreen[None]):
    """Somebody asks for a name."""

    def compose(self) -> Iterator[Input]:
        yield Input(id="name")


def type_at(desk: Desk, data: bytes) -> None:
    for token in Tokenizer().feed(data):
        desk.app.take_token(token)


async def test_the_first_frame_and_the_sidebar_are_shown(tmp_path: Path) -> None:
    async with attached(tmp_path, columns=130) as desk:
        await desk.wait_for(lambda: "AGENTS" in desk.text)
        first = desk.text.splitlines()[0]
        assert first.startswith("%1 row 0")
        assert first.index("│") == 46
        assert first.index("AGENTS") == 96  # behind the line and a blank
        assert desk.server.hello is not None
        assert desk.server.hello.sidebar_columns == 36


async def test_a_changed_row_is_shown_and_acknowledged(tmp_path: Path) -> None:
    async with attached(tmp_path) as desk:
        frame = desk.server.row(1, 3, "changed", 39)
        desk.server.send(frame)
        await desk.server.wait_for(lambda: frame.number in desk.server.shown())
        await desk.wait_for(lambda: desk.text.splitlines()[3].startswith("changed   "))


async def test_frames_are_acknowledged_each_and_in_order(tmp_path: Path) -> None:
    async with attached(tmp_path) as desk:
        frames = [desk.server.row(1, n % 20, f"n{n}", 39) for n in range(50)]
        desk.server.send(*frames)
        await desk.server.wait_for(lambda: frames[-1].number in desk.server.shown())
        assert desk.server.shown() == sorted(desk.server.shown())


async def test_no_key_is_textuals(tmp_path: Path) -> None:
    async with attached(tmp_path) as desk:
        await desk.pilot.press(*TEXTUALS_OWN)
        names = ["C-q", "C-p", "C-c", "C-z", "C-\\", "Tab", "BTab", "F1", "Escape", "Super-c"]
        names += ["C-d", "Enter"]
        await desk.server.wait_for(lambda: desk.server.text() == b"?")
        assert desk.server.pressed() == names
        assert desk.app.is_running


async def test_the_app_and_its_screen_have_no_bindings(tmp_path: Path) -> None:
    async with attached(tmp_path) as desk:
        active = [*desk.app.active_bindings.values()]
        assert active == []


async def test_text_and_pastes_go_to_the_server(tmp_path: Path) -> None:
    async with attached(tmp_path) as desk:
        await desk.pilot.press("h", "é", "space", "日")
        await desk.server.wait_for(lambda: desk.server.text() == "hé 日".encode())
        type_at(desk, b"\x1b[200~p\x1b[31mq\x1b[201~")
        await desk.server.wait_for(lambda: desk.server.pasted() == b"p\x1b[31mq")


async def test_clicks_and_the_wheel_are_reported_in_cells_of_the_terminal(tmp_path: Path) -> None:
    async with attached(tmp_path) as desk:
        await desk.pilot.click(offset=(50, 7))
        reports = [m for m in desk.server.received if isinstance(m, MouseReported)]
        assert MouseReported(0, 50, 7, release=False) in reports
        assert MouseReported(0, 50, 7, release=True) in reports


async def test_the_mouse_over_the_sidebar_is_not_the_servers(tmp_path: Path) -> None:
    async with attached(tmp_path, columns=130) as desk:
        await desk.pilot.click(offset=(110, 5))
        type_at(desk, b"\x1b[<0;112;5M\x1b[<0;112;5m\x1b[<0;3;5M")
        await desk.server.wait_for(
            lambda: MouseReported(0, 2, 4, release=False) in desk.server.received
        )
        columns = {m.column for m in desk.server.received if isinstance(m, MouseReported)}
        assert columns == {2}


async def test_a_dialog_takes_keys_text_and_pastes_and_gives_them_back(tmp_path: Path) -> None:
    async with attached(tmp_path) as desk:
        dialog = Dialog()
        await desk.app.push_screen(dialog)
        assert desk.app.takes_keys()
        await desk.pilot.press("a", "é")
        await desk.wait_for(lambda: dialog.query_one(Input).value == "aé")
        dialog.dismiss()
        await desk.wait_for(lambda: not desk.app.takes_keys())
        await desk.pilot.press("b")
        await desk.server.wait_for(lambda: desk.server.text() == b"b")


async def test_frames_go_on_beneath_a_dialog(tmp_path: Path) -> None:
    async with attached(tmp_path) as desk:
        dialog = Dialog()
        await desk.app.push_screen(dialog)
        frame = desk.server.row(1, 20, "beneath", 39)
        desk.server.send(frame)
        await desk.server.wait_for(lambda: frame.number in desk.server.shown())
        dialog.dismiss()
        await desk.wait_for(lambda: "beneath" in desk.text)


async def test_the_sidebar_can_be_hidden_and_the_window_gets_its_columns(tmp_path: Path) -> None:
    async with attached(tmp_path, columns=130) as desk:
        await desk.wait_for(lambda: "AGENTS" in desk.text)
        desk.server.send(SidebarToggled())
        await desk.server.wait_for(lambda: Resized(130, 24, 0) in desk.server.received)
        await desk.wait_for(lambda: "AGENTS" not in desk.text)
        await desk.wait_for(lambda: desk.text.splitlines()[0].index("│") == 64)
        desk.server.send(SidebarToggled())
        await desk.server.wait_for(lambda: Resized(130, 24, 36) in desk.server.received)
        await desk.wait_for(lambda: "AGENTS" in desk.text)


async def test_on_a_narrow_terminal_the_sidebar_lies_over_the_window(tmp_path: Path) -> None:
    async with attached(tmp_path) as desk:
        assert "AGENTS" not in desk.text
        desk.server.send(SidebarToggled())
        await desk.wait_for(lambda: "AGENTS" in desk.text)
        assert desk.text.splitlines()[0][40:].startswith("│ AGENTS")
        assert not [m for m in desk.server.received if isinstance(m, Resized)]
        frame = desk.server.row(2, 3, "#" * 40, 40)
        desk.server.send(frame)
        await desk.server.wait_for(lambda: frame.number in desk.server.shown())
        assert "#" not in desk.text.splitlines()[3]
        desk.server.send(SidebarToggled())
        await desk.wait_for(lambda: "#" * 40 in desk.text)


async def test_a_resize_is_told_and_the_new_layout_shown(tmp_path: Path) -> None:
    async with attached(tmp_path) as desk:
        await desk.pilot.resize_terminal(130, 30)
        await desk.server.wait_for(lambda: Resized(130, 30, 36) in desk.server.received)
        await desk.wait_for(lambda: desk.text.splitlines()[-1].startswith("[work]"))
        assert len(desk.text.splitlines()) == 30
        assert "AGENTS" in desk.text


async def test_ages_tick_only_while_they_are_shown(tmp_path: Path) -> None:
    async with attached(tmp_path, columns=130) as desk:
        await desk.wait_for(lambda: "waits 42s" in desk.text)
        desk.clock.now += 1
        await desk.wait_for(lambda: "waits 43s" in desk.text)
        sidebar = desk.app.window_screen.sidebar
        assert ticking(desk)
        desk.server.send(SidebarToggled())
        await desk.wait_for(lambda: not sidebar.display)
        assert not ticking(desk)
        desk.server.send(SidebarToggled(), Facts("%1", "t", "/", (), ()))
        await desk.wait_for(lambda: "who works, who needs you" in desk.text)
        assert not ticking(desk)


def ticking(desk: Desk) -> bool:
    sidebar = desk.app.window_screen.sidebar
    return sidebar._timer is not None and sidebar._timer in sidebar._timers


async def test_a_frame_for_another_layout_changes_nothing(tmp_path: Path) -> None:
    async with attached(tmp_path) as desk:
        stale = desk.server.frame(panes=(PaneRows(1, ((0, "stale" * 8),)),), generation=77)
        assert isinstance(stale, Frame)
        desk.server.send(stale)
        await desk.server.wait_for(lambda: stale.number in desk.server.shown())
        assert "stale" not in desk.text


async def test_a_farewell_ends_the_app(tmp_path: Path) -> None:
    async with attached(tmp_path) as desk:
        desk.server.send(Farewell("detached"))
        await desk.server.wait_for(lambda: desk.server.closed)
        assert not desk.app.return_code


async def test_a_server_that_is_gone_ends_the_app_with_1(tmp_path: Path) -> None:
    async with attached(tmp_path) as desk:
        desk.server.hang_up()
        await desk.server.wait_for(lambda: desk.server.closed)
        await desk.wait_for(lambda: desk.app.return_code == LOST)


async def test_a_large_paste_arrives_whole(tmp_path: Path) -> None:
    async with attached(tmp_path) as desk:
        data = bytes(range(256)) * 4096
        data = data.replace(b"\x1b[201~", b"")
        type_at(desk, b"\x1b[200~" + data + b"\x1b[201~")
        await desk.server.wait_for(lambda: len(desk.server.pasted()) == len(data))
        assert desk.server.pasted() == data
        assert sum(isinstance(m, Pasted) and m.last for m in desk.server.received) == 1


@pytest.mark.parametrize(("columns", "rows"), [(10, 3), (1, 1), (2, 2), (400, 5)])
async def test_it_runs_on_any_size(tmp_path: Path, columns: int, rows: int) -> None:
    async with attached(tmp_path, columns=80) as desk:
        await desk.pilot.resize_terminal(columns, rows)
        await desk.server.wait_for(
            lambda: Resized(columns, rows, 36 * (columns > 120)) in desk.server.received
        )
        await desk.pilot.press("x")
        await desk.server.wait_for(lambda: desk.server.text() == b"x")


async def test_a_bug_in_a_callback_ends_the_app_and_is_kept(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError):
        async with attached(tmp_path) as desk:
            asyncio.get_running_loop().call_soon(lambda: 1 // 0)
            await desk.wait_for(lambda: desk.app.failure)
            assert isinstance(desk.app.failure, ZeroDivisionError)
