"""What a person sees. Look at a picture before accepting it with `pytest --snapshot-update`."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pytest_textual_snapshot import SVGImageExtension
from syrupy.assertion import SnapshotAssertion

from aimux.protocol.server_messages import (
    Look,
    SidebarFocused,
    SidebarSettings,
    SidebarToggled,
    Toast,
)
from tests.client.desk import Desk, attached

SIZES = ((200, 50), (80, 24), (60, 20), (40, 15))
PANELS = ("agents", "results", "traffic", "context", "tasks", "pane")


@pytest.mark.parametrize(("columns", "rows"), [*SIZES, (130, 24), (10, 3)])
async def test_the_app(
    tmp_path: Path, snapshot: SnapshotAssertion, columns: int, rows: int
) -> None:
    async with attached(tmp_path, columns=columns, rows=rows) as desk:
        await desk.wait_for(lambda: columns < 120 or "TASKS" in desk.text)
        picture = desk.app.export_screenshot(title="aimux")
    assert picture == snapshot(extension_class=SVGImageExtension)


async def test_the_sidebar_over_a_narrow_window(
    tmp_path: Path, snapshot: SnapshotAssertion
) -> None:
    async with attached(tmp_path) as desk:
        desk.server.send(SidebarToggled())
        await desk.wait_for(lambda: "TASKS" in desk.text)
        picture = desk.app.export_screenshot(title="aimux")
    assert picture == snapshot(extension_class=SVGImageExtension)


def panels_shown(desk: Desk) -> list[str]:
    return [panel for panel in PANELS if re.search(rf"\b{panel.upper()}\b", desk.text)]


@pytest.mark.parametrize(("columns", "rows"), SIZES)
async def test_every_panel(
    tmp_path: Path, snapshot: SnapshotAssertion, columns: int, rows: int
) -> None:
    async with attached(tmp_path, columns=columns, rows=rows) as desk:
        desk.server.send(SidebarFocused(focused=True))
        # A narrow terminal has the agents as a page of their own, and no other panel.
        for panel in PANELS if columns >= 60 else PANELS[:1]:
            desk.server.send(SidebarSettings("right", 36, 120, (panel,)))
            await desk.wait_for(lambda panel=panel: panels_shown(desk) == [panel])
            picture = desk.app.export_screenshot(title=panel)
            assert picture == snapshot(extension_class=SVGImageExtension, name=panel)


@pytest.mark.parametrize(("columns", "rows"), SIZES)
async def test_toasts(tmp_path: Path, snapshot: SnapshotAssertion, columns: int, rows: int) -> None:
    async with attached(tmp_path, columns=columns, rows=rows) as desk:
        desk.server.send(SidebarSettings("off", 36, 120, PANELS[:1]))
        desk.server.send(
            Toast("done", "codex docs is done", 4),
            Toast("waiting", "claude web waits: run `rm -rf build`?", 1),
        )
        await desk.wait_for(lambda: "web waits" in desk.text)
        picture = desk.app.export_screenshot(title="aimux")
    assert picture == snapshot(extension_class=SVGImageExtension)


@pytest.mark.parametrize(("columns", "rows"), [(200, 50), (130, 24)])
async def test_the_sidebar_in_a_themes_colours(tmp_path: Path, columns: int, rows: int) -> None:
    nord = Look("#88c0d0", "#ebcb8b", "#ec9aa2", "#aab4c5", "#d8dee9", "#2e3440")
    async with attached(tmp_path, columns=columns, rows=rows) as desk:
        await desk.wait_for(lambda: "PANE" in desk.text)
        desk.server.send(nord)
        await desk.wait_for(
            lambda: desk.app.window_screen.sidebar.styles.background.hex == "#2E3440"
        )
        picture = desk.app.export_screenshot(title="aimux").lower()
        assert all(colour in picture for colour in (nord.accent, nord.quiet, nord.background))
        desk.server.send(Look())
        await desk.wait_for(
            lambda: nord.background not in desk.app.export_screenshot(title="aimux").lower()
        )
