"""What a person sees. Look at a picture before accepting it with `pytest --snapshot-update`."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytest_textual_snapshot import SVGImageExtension
from syrupy.assertion import SnapshotAssertion

from aimux.protocol.messages import Look, SidebarToggled
from tests.client.desk import attached


@pytest.mark.parametrize(
    ("columns", "rows"), [(200, 50), (130, 24), (80, 24), (60, 20), (40, 15), (10, 3)]
)
async def test_the_app(
    tmp_path: Path, snapshot: SnapshotAssertion, columns: int, rows: int
) -> None:
    async with attached(tmp_path, columns=columns, rows=rows) as desk:
        await desk.wait_for(lambda: columns < 120 or "PANE" in desk.text)
        picture = desk.app.export_screenshot(title="aimux")
    assert picture == snapshot(extension_class=SVGImageExtension)


async def test_the_sidebar_over_a_narrow_window(
    tmp_path: Path, snapshot: SnapshotAssertion
) -> None:
    async with attached(tmp_path) as desk:
        desk.server.send(SidebarToggled())
        await desk.wait_for(lambda: "PANE" in desk.text)
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
