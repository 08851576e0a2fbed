"""Every chooser, dialog, mode and panel of the running program, at four sizes.

What they are is a table (`dialogs.py`). After a change on purpose, look at the pictures and accept:

    AIMUX_TEST_PICTURES=DIR pytest tests/end_to_end/test_dialogs.py --snapshot-update [-k 80-24]
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion

from tests.end_to_end.dialogs import DIALOGS, Dialog, furnish, plain
from tests.end_to_end.world import World
from tests.programs import needs
from tests.terminal import Terminal
from tests.waiting import wait_until

SIZES = ((200, 50), (80, 24), (60, 20), (40, 15))
QUIET_SECONDS = 0.2
PICTURES = os.environ.get("AIMUX_TEST_PICTURES", "")
QUESTION = "Import {}/.tmux.conf into aimux? [y/N]"


@pytest.fixture(scope="module")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """One server for all sizes."""
    needs("bash")
    world = World(tmp_path_factory.mktemp("dialogs"))
    try:
        furnish(world)
        yield world
    finally:
        world.close()


def settled(terminal: Terminal) -> str:
    """What is seen when nothing comes any more."""
    while terminal.read(QUIET_SECONDS):
        pass
    return plain(terminal.text)


def photograph(terminal: Terminal, name: str) -> None:
    """Keep a picture for the person who looks."""
    if PICTURES:
        size = f"{terminal.view.screen.columns}x{terminal.view.screen.lines}"
        terminal.photograph(Path(PICTURES) / f"{size} {name}.png")


def opened(world: World, terminal: Terminal, dialog: Dialog, before: str) -> str:
    """What is seen with a dialog open; `before` was seen without."""
    for words in dialog.before:
        world.do(*words)
    before = settled(terminal) if dialog.before else before
    terminal.type(dialog.keys)
    terminal.wait_for(lambda: dialog.shown in terminal.text and plain(terminal.text) != before)
    return settled(terminal)


def clear(world: World) -> None:
    """Close what a test that failed has left open."""
    for words in dict.fromkeys(words for one in DIALOGS.values() for words in one.after):
        world.do(*words)
    for pane in ("work:one.0", "work:tests"):
        world.do("copy-mode", "-q", "-t", pane)


@pytest.mark.timeout(300)
@pytest.mark.parametrize(("columns", "rows"), SIZES)
def test_every_dialog(
    furnished: World, snapshot: SnapshotAssertion, columns: int, rows: int
) -> None:
    clear(furnished)
    terminal = furnished.terminal("attach", "-t", "work", columns=columns, rows=rows)
    furnished.wait_until_live(terminal)
    furnished.do("select-layout", "-t", "work:one", "even-vertical")
    start = settled(terminal)
    shown = {n: dialog for n, dialog in DIALOGS.items() if columns >= dialog.least_columns}
    seen = {}
    for name, dialog in shown.items():
        seen[name] = opened(furnished, terminal, dialog, start)
        photograph(terminal, name)
        terminal.type(dialog.end)
        for words in dialog.after:
            furnished.do(*words)
        terminal.wait_for(lambda: plain(terminal.text) == start)
    terminal.hang_up()
    wait_until(lambda: furnished.do("list-clients") == "")
    for name, dialog in shown.items():
        assert dialog.varies or seen[name] == snapshot(name=name)


@pytest.mark.parametrize(("columns", "rows"), SIZES)
def test_the_question_about_tmuxs_configuration(aimux: World, columns: int, rows: int) -> None:
    (aimux.directory / ".tmux.conf").write_text("set -g mouse on\n")
    program = (sys.executable, "-m", "aimux")
    terminal = aimux.terminal_of(*program, columns=columns, rows=rows)
    question = QUESTION.format(aimux.directory)
    terminal.wait_for(lambda: question in "".join(terminal.rows))
    photograph(terminal, "question about tmux's configuration")
    terminal.type(b"n\r")
    terminal.wait_for("[0]")
