"""What aimux writes to its terminal, read by two emulators, against what tmux shows of the same."""

from __future__ import annotations

import re
from pathlib import Path
from unicodedata import normalize

import pytest

from aimux.vt.engine import Engine
from aimux.vt.render import row_text
from tests.end_to_end.outer_stream import what_is_not_ours
from tests.end_to_end.side_by_side import Pair, cells_of
from tests.end_to_end.world import World

CONTENTS = (
    "\x1b[2J\x1b[H\x1b[1;31mbold red\x1b[0m \x1b[44mon blue\x1b[0m\r\n"
    "\x1b[38;5;208mpalette\x1b[0m \x1b[7mreverse\x1b[0m \x1b[4munder\x1b[0m "
    "\x1b[38;2;9;99;199mtrue\x1b[0m\r\n"
    "日本語 wide ｶﾅ e\u0301 ☎ ─┼─ ░▒▓\r\n"
    "\x1b(0lqqk\x1b(B\t|tab\x1b[6;3Hmoved\x1b[8;30r\x1b[8;1H"
    + "".join(f"line {number}\r\n" for number in range(40))
    + "\x1b[r\x1b[5;20H"
)


@pytest.mark.parametrize(("columns", "rows"), [(80, 24), (150, 45), (40, 15)])
def test_both_emulators_see_what_tmux_shows(
    aimux: World, tmp_path: Path, columns: int, rows: int
) -> None:
    (tmp_path / "contents").write_bytes(CONTENTS.encode())
    pair = Pair(aimux, columns=columns, rows=rows)
    try:
        pair.attached()
        pair.do("split-window", "-h", "-t", "work:", "cat")
        # Not before: a pane that takes another size loses its scrolling region.
        for pane in ("0", "1"):
            pair.do("respawn-pane", "-k", "-t", f"work:.{pane}", "cat contents; cat")
        pair.same("line 39")
        pair.type(b"typed")
        engine = Engine(columns, rows)
        engine.feed(pair.ours.output)
        # pyte keeps a letter with its accent as one character.
        seen = [normalize("NFC", row_text(row).rstrip()) for row in engine.rows]
        assert seen == [row.rstrip() for row in pair.theirs.view.screen.display]
        assert (engine.y, engine.x) == pair.ours.cursor == pair.theirs.cursor
        assert cells_of(pair.ours) == cells_of(pair.theirs)
        assert what_is_not_ours(pair.ours.output) == ""
    finally:
        pair.tmux("kill-server")


TITLE = re.compile(rb"\x1b\]0;([^\x07]*)\x07")


def test_the_terminals_title_is_what_tmux_makes_it(aimux: World) -> None:
    pair = Pair(aimux)
    try:
        pair.attached()
        pair.do("set", "-g", "set-titles-string", "#{pane_title}|#{window_name}|#[bold]")
        pair.do("set", "-g", "set-titles", "on")
        for title in ("plain", "Grüße [x] %1", "last"):
            pair.do("select-pane", "-t", "work:", "-T", title)
            for terminal in (pair.ours, pair.theirs):
                terminal.wait_for(f"]0;{title}|one".encode())
        ours, theirs = (TITLE.findall(one.output)[-3:] for one in (pair.ours, pair.theirs))
        assert ours == theirs
        assert what_is_not_ours(pair.ours.output) == ""
    finally:
        pair.tmux("kill-server")
