"""The palette in the app: Textual's, with the rows and the keys that a server sends."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from aimux.client.palette_rows import MAX_FOUND, content, found
from aimux.protocol.message import Message
from aimux.protocol.palette_messages import (
    PaletteAnswered,
    PaletteClosed,
    PaletteMoved,
    PaletteOpened,
    PaletteRow,
    PaletteTyped,
)
from aimux.protocol.server_messages import Look
from tests.client.desk import Desk, attached

ROWS = (
    PaletteRow("a", "Kill the pane", "C-b x", "kill-pane", "", 0),
    PaletteRow("b", "split-window", 'C-b "', "split-window [-h]", ":", -3),
    PaletteRow("c", "[red]evil[/] $HOME", "", "[@click=app.quit]x[/]", "pane", -1),
    PaletteRow("d", "nord", "dark", "blue", "theme", -5, previews=True),
)
NORD = Look(accent="#88c0d0", quiet="#aab4c5", text="#d8dee9", background="#2e3440")


def labels(rows: Sequence[PaletteRow], typed: str) -> list[str]:
    return [one.row.label for one in found(rows, typed)]


def typed(*keys: str, number: int = 1) -> list[Message]:
    return [
        PaletteTyped(number, "" if len(key) == 1 else key, key if len(key) == 1 else "")
        for key in keys
    ]


def told(desk: Desk) -> list[Message]:
    kinds = (PaletteAnswered, PaletteMoved)
    return [message for message in desk.server.received if isinstance(message, kinds)]


async def opened(desk: Desk, *keys: str, rows: tuple[PaletteRow, ...] = ROWS) -> None:
    desk.server.send(PaletteOpened(1, "commands", rows), *typed(*keys))
    await desk.wait_for(lambda: "commands" in desk.text)


# ---- what is found ----


def test_rows_stand_as_they_were_given_until_something_is_typed() -> None:
    assert labels(ROWS, "") == [row.label for row in ROWS]
    assert labels(ROWS, "kill") == ["Kill the pane"]
    assert labels(ROWS, "theme nord") == ["nord"]
    assert labels(ROWS, "zzz") == []


def test_what_is_chosen_often_moves_up() -> None:
    rows = (PaletteRow("1", "kill-pane", "", "", ":"), PaletteRow("2", "kill-pen", "", "", ":", 20))
    assert labels(rows, "kill-p") == ["kill-pen", "kill-pane"]


def test_no_more_rows_are_listed_than_anybody_reads() -> None:
    rows = tuple(PaletteRow(str(n), f"row {n}", "", "", "") for n in range(MAX_FOUND + 50))
    assert len(found(rows, "")) == len(found(rows, "row")) == MAX_FOUND


def test_the_key_stands_at_the_end_and_what_was_found_is_marked() -> None:
    (one,) = found(ROWS, "kill c-b")
    drawn = content(one, columns=30, detail=True)
    assert drawn.plain == "Kill the pane            C-b x\nkill-pane"
    marked = {
        drawn.plain[span.start : span.end] for span in drawn.spans if "under" in str(span.style)
    }
    assert marked == {"Kill", "C-b"}
    (narrow,) = found(ROWS, "split")
    assert content(narrow, columns=5, detail=False).plain == ': split-window C-b "'


# ---- the app ----


@pytest.mark.parametrize(("columns", "rows"), [(200, 50), (80, 24), (60, 20), (40, 15)])
async def test_it_lists_what_the_server_says(tmp_path: Path, columns: int, rows: int) -> None:
    async with attached(tmp_path, columns=columns, rows=rows) as desk:
        await opened(desk)
        await desk.wait_for(lambda: "nord" in desk.text)
        assert "[red]evil[/] $HOME" in desk.text
        assert ("[@click=app.quit]x[/]" in desk.text) == (rows >= 20)
        assert all(len(row) <= columns for row in desk.text.split("\n"))
        assert not desk.app.takes_keys()


async def test_enter_is_for_what_was_typed_before_it_however_fast(tmp_path: Path) -> None:
    async with attached(tmp_path) as desk:
        desk.server.send(PaletteOpened(1, "commands", ROWS), *typed(*"split", "Enter"))
        await desk.server.wait_for(lambda: PaletteAnswered(1, "b") in told(desk))
        await desk.wait_for(lambda: "commands" not in desk.text)


async def test_moves_wait_for_the_list_too(tmp_path: Path) -> None:
    async with attached(tmp_path) as desk:
        keys = typed("x", "BSpace", "Down", "Down", "Enter")
        desk.server.send(PaletteOpened(1, "commands", ROWS), *keys)
        await desk.server.wait_for(lambda: PaletteAnswered(1, "c") in told(desk))


async def test_nothing_found_can_be_mended(tmp_path: Path) -> None:
    async with attached(tmp_path) as desk:
        await opened(desk, *"zzz", "Enter")
        await desk.server.wait_for(lambda: PaletteAnswered(1, "", stays=True) in told(desk))
        desk.server.send(*typed("C-u", *"kill", "Enter"))
        await desk.server.wait_for(lambda: PaletteAnswered(1, "a") in told(desk))


async def test_a_theme_is_told_while_it_is_current_and_drawn_at_once(tmp_path: Path) -> None:
    async with attached(tmp_path) as desk:
        await opened(desk, *"nord")
        await desk.server.wait_for(lambda: PaletteMoved(1, "d") in told(desk))
        desk.server.send(NORD)
        frame = desk.app.screen.query_one("#--container")
        await desk.wait_for(lambda: frame.styles.background.hex == "#2E3440")
        desk.server.send(*typed("C-u"))
        await desk.server.wait_for(lambda: told(desk)[-1:] == [PaletteMoved(1, "")])


async def test_the_server_closes_it_and_enter_is_answered_even_so(tmp_path: Path) -> None:
    async with attached(tmp_path) as desk:
        await opened(desk)
        desk.server.send(PaletteClosed(1), *typed("Enter"))
        await desk.wait_for(lambda: "commands" not in desk.text)
        await desk.server.wait_for(lambda: told(desk) == [PaletteAnswered(1, "")])


async def test_one_that_is_closed_before_it_is_there_does_not_stay(tmp_path: Path) -> None:
    async with attached(tmp_path) as desk:
        desk.server.send(PaletteOpened(1, "first", ROWS), PaletteClosed(1))
        desk.server.send(PaletteOpened(2, "second", ROWS))
        await desk.wait_for(lambda: "second" in desk.text)
        assert "first" not in desk.text
        desk.server.send(PaletteClosed(2))
        await desk.wait_for(lambda: "second" not in desk.text)
        assert len(desk.app.screen_stack) == 1


async def test_a_click_chooses_and_one_beside_it_closes(tmp_path: Path) -> None:
    async with attached(tmp_path) as desk:
        await opened(desk)
        await desk.wait_for(lambda: "split-window" in desk.text)
        row = next(n for n, text in enumerate(desk.text.split("\n")) if "split-window" in text)
        await desk.pilot.click(offset=(10, row))
        await desk.server.wait_for(lambda: told(desk) == [PaletteAnswered(1, "b")])
        desk.server.send(PaletteOpened(2, "again", ROWS))
        await desk.wait_for(lambda: "again" in desk.text)
        await desk.pilot.click(offset=(10, 22))
        await desk.server.wait_for(lambda: told(desk)[-1] == PaletteAnswered(2, ""))
        await desk.wait_for(lambda: "again" not in desk.text)


async def test_frames_go_on_beneath_it_and_are_seen_after_it(tmp_path: Path) -> None:
    async with attached(tmp_path) as desk:
        await opened(desk)
        frame = desk.server.row(1, 22, "beneath", 39)
        desk.server.send(frame)
        await desk.server.wait_for(lambda: frame.number in desk.server.shown())
        await desk.wait_for(lambda: "beneath" in desk.text)
        desk.server.send(PaletteClosed(1))
        await desk.wait_for(lambda: "%1 row 3" in desk.text)
        assert "beneath" in desk.text


async def test_rows_are_drawn_anew_where_the_terminal_has_another_width(tmp_path: Path) -> None:
    async with attached(tmp_path, columns=80) as desk:
        await opened(desk, *"split")
        await desk.wait_for(lambda: '  C-b "' in desk.text)
        await desk.pilot.resize_terminal(40, 20)
        await desk.wait_for(lambda: any(row.endswith('C-b "  │') for row in desk.text.split("\n")))
        assert all(len(row) <= 40 for row in desk.text.split("\n"))
        desk.server.send(*typed("Enter"))
        await desk.server.wait_for(lambda: PaletteAnswered(1, "b") in told(desk))
