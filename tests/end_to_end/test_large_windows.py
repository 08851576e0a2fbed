"""A window larger than its client, beside tmux 3.3a: it follows the cursor, or is panned."""

from __future__ import annotations

import pytest

from tests.end_to_end.side_by_side import Pair
from tests.end_to_end.world import World
from tests.waiting import wait_until

OFFSETS = "#{window_bigger} #{window_offset_x} #{window_offset_y}"
# Every row tells its number and every tenth column its own.
RULER = (
    "for row in $(seq 10 59); do printf '\\n%s' $row; seq -s ....... 10 10 150 | tr -d '\\n'; done"
)
PROGRAM = f"{RULER}; printf '\\033[1;1H'; stty raw -echo; cat"


@pytest.fixture
def pair(aimux: World) -> Pair:
    """Both programs with a window of 160 columns and 50 rows on a terminal of 60 columns."""
    pair = Pair(aimux, columns=60, rows=20)
    pair.do("resize-window", "-t", "work", "-x", "160", "-y", "50")
    pair.do("respawn-pane", "-k", "-t", "work", PROGRAM)
    pair.attached()
    return pair


def offsets(pair: Pair) -> str:
    ours, theirs = pair.both("list-clients", "-F", OFFSETS)
    assert ours == theirs
    return ours.strip()


@pytest.mark.slow
def test_what_is_shown_follows_the_cursor_that_the_program_moves(pair: Pair) -> None:
    for row, column in ((29, 19), (29, 99), (49, 158), (2, 2)):
        pair.do("send-keys", "-l", f"\x1b[{row + 1};{column + 1}H")
        there = f"{row} {column}\n"
        wait_until(lambda at=there: pair.asked("#{cursor_y} #{cursor_x}") == (at, at))
        pair.same()
        offsets(pair)
    pair.do("send-keys", "-l", "\x1b[40;90Hmiddle")
    pair.same("middle")


@pytest.mark.slow
def test_a_panned_window_stays_until_it_follows_again(pair: Pair) -> None:
    for words in (("-R", "30"), ("-D", "12"), ("-L", "7"), ("-U",), ("-R", "500"), ("-D", "500")):
        pair.do("refresh-client", *words)
        pair.same()
        offsets(pair)
    assert offsets(pair) == "1 100 31"
    pair.do("send-keys", "-l", "\x1b[2;2Hx")
    pair.same()
    assert offsets(pair) == "1 100 31"
    pair.do("refresh-client", "-c")
    pair.same()
    assert offsets(pair) == "1 0 0"


@pytest.mark.slow
def test_borders_modes_and_clicks_are_where_the_part_that_is_shown_has_them(pair: Pair) -> None:
    pair.do("split-window", "-h", "-t", "work", "cat")
    pair.do("refresh-client", "-L", "20")
    pair.same()
    pair.do("select-pane", "-t", "work:0.0")
    pair.do("copy-mode", "-t", "work:0.0")
    pair.same()
    pair.click(row=3, column=55)
    pair.same()
    assert pair.asked("#{pane_index}") == ("1\n", "1\n")


@pytest.mark.slow
def test_a_wrong_adjustment_is_refused(pair: Pair) -> None:
    for given in ("x", "0", "-1", "99999999999"):
        done = pair.world.run("refresh-client", "-R", "--", given)
        assert done.returncode == 1
        assert done.stderr.startswith("adjustment ")
