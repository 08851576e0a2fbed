"""vttest's menus 1, 2, 3, 6, 8 and the whole of 11 look as in tmux 3.3a or, where it cannot, xterm.

vttest runs on our engine; what it wrote is then played to tmux, and at every stop, where vttest
waits for a person, the screens and cursors are compared as capture-pane prints them.
"""

import json
import pathlib

import pytest
import zstandard

from tests.programs import needs
from tests.vt.vttest_driver import COLUMNS, LINES, RETURN, Stop, vttest

# The tests in which a screen differs from tmux's, and the document that has what tmux has not.
# `test_differences_from_tmux.py` shows each with bytes.
DIFFERENCES = {
    "3": "the British set (ECMA-35; VT220)",
    "11 1 2 4": "DECSCA, DECSEL and DECSED (VT220)",
    "11 3 2 2 3 4 5 9": "DECLRMM and DECSLRM (VT420)",
    "11 3 2 2 3 4 5 10": "DECLRMM and DECSLRM (VT420)",
    **{
        f"11 3 3 {toggles} {test}": "DECLRMM and DECSLRM (VT420)"
        for toggles in ("2 3 4", "1 2 3 4")
        for test in (8, 10, 11, 12, 13)
    },
    **{
        f"11 4 2{toggles} {test}": "CHT, HPR and VPR (ECMA-48), DECSLRM (VT420)"
        for toggles in ("", " 2 3 4 5")
        for test in (8, 10, 11, 15)
    },
    "11 5 4": "CHT (ECMA-48 8.3.10)",
    "11 5 5": "HPR (ECMA-48 8.3.59)",
    "11 5 9": "VPR (ECMA-48 8.3.160)",
}
CAPTURED = pathlib.Path(__file__).with_name("captured") / "vttest_xterm.json.zst"

# A menu, as the keys that lead to it (some switch a mode or margins on), and its tests. Left out:
# menus that only lead to another or to one that is here already; "Modify font", which asks for the
# name of a font; and the two tests that ask for a checksum of each character (DECRQCRA): no program
# is told what the screen shows.
DAILY = {
    (): (1, 2, 3, 8),
    (11, 3, 3, 2, 3, 4): range(6, 14),
    (11, 5): range(1, 10),
}
MENUS = {
    (6,): range(1, 8),
    (11, 1): (3, 5, 6, 7),
    (11, 1, 1, 1): range(1, 5),
    (11, 1, 2): range(1, 5),
    (11, 1, 4): range(1, 11),
    (11, 2): (4,),
    (11, 2, 2): (1, 2),
    (11, 2, 3): (1, 2),
    (11, 2, 5): (5, 6),
    (11, 2, 5, 2): range(2, 7),
    (11, 2, 5, 3): range(1, 7),
    (11, 2, 5, 4): (2,),
    (11, 2, 6, 2): (1, 2, 3),
    (11, 3, 2): range(7, 11),
    (11, 3, 2, 2): range(7, 11),
    (11, 3, 2, 3): range(7, 11),
    (11, 3, 2, 2, 3, 4, 5): range(7, 11),
    (11, 3, 3): range(6, 14),
    (11, 3, 3, 1, 2, 3, 4): range(6, 14),
    (11, 3, 4): range(1, 5),
    (11, 3, 6): range(7, 13),
    (11, 3, 6, 1, 2, 3, 4): range(7, 13),
    (11, 3, 7, 2): (2, 3),
    (11, 3, 7, 3): (*range(2, 10), 12),
    (11, 3, 8): (2,),
    (11, 4, 2): range(7, 16),
    (11, 4, 2, 2, 3, 4, 5): range(7, 16),
    (11, 4, 5, 2): (2, 3),
    (11, 4, 5, 3): (*range(2, 10), 12),
    (11, 4, 6): (1, 2),
    (11, 6): (2, 3, 4, 5, 8, 9),
    (11, 6, 6): (1, 2, 3),
    (11, 6, 7): range(2, 7),
    (11, 7): range(2, 7),
    (11, 7, 1): (2,),
    (11, 8): (3, 8, 9),
    (11, 8, 2): (2,),
    (11, 8, 4): (2,),
    (11, 8, 5): range(3, 8),
    (11, 8, 5, 8): range(1, 8),
    (11, 8, 6): range(1, 6),
    (11, 8, 7): (3, 4, 5),
}


@pytest.fixture(autouse=True)
def _vttest() -> None:
    needs("vttest")


@pytest.fixture(scope="module")
def xterm() -> dict[str, list[list[str]]]:
    """Screens that xterm showed in tests where tmux shows something else."""
    return json.loads(zstandard.ZstdDecompressor().decompress(CAPTURED.read_bytes()))


def stops_in(menu: tuple[int, ...], tests: range | tuple[int, ...]) -> tuple[list[Stop], bytes]:
    """Run tests of a menu; where they stop, and all that vttest has written."""
    with vttest() as running:
        running.open_menu(menu)
        for test in tests:
            running.run_test(test, " ".join(map(str, (*menu, test))))
        return running.stops, running.written


def differing(tmux, stops: list[Stop], written: bytes) -> list[Stop]:
    """The stops at which tmux shows something else."""
    found = []
    with tmux.steps(written, columns=COLUMNS, rows=LINES) as step:
        for stop in stops:
            theirs = step(stop.end)
            if (theirs.lines[-LINES:], theirs.cursor) != (stop.shown.lines, stop.shown.cursor):
                found.append(stop)
    return found


def compare(tmux, xterm: dict[str, list[list[str]]], menu, tests) -> None:
    """Fail for a screen that is neither tmux's nor, in a test of the table, xterm's."""
    stops, written = stops_in(menu, tests)
    assert len({stop.test for stop in stops}) == len(tests)
    for stop in differing(tmux, stops, written):
        assert stop.test in DIFFERENCES, f"{stop.test}\n{stop.text}"
        if stop.test == "3":  # xterm has other sets still
            assert stop.text.count('!"£$%') == 2
        elif RETURN in stop.text:  # not in the middle of an answer
            assert stop.text.split("\n") in xterm[stop.test], stop.text


def name_of(menu: tuple[int, ...]) -> str:
    return ".".join(map(str, menu)) or "first"


@pytest.mark.parametrize("menu", DAILY, ids=name_of)
def test_every_screen_is_tmuxs_or_xterms(tmux, xterm, menu) -> None:
    compare(tmux, xterm, menu, DAILY[menu])


@pytest.mark.slow
@pytest.mark.parametrize("menu", MENUS, ids=name_of)
def test_every_screen_of_the_other_menus_is_too(tmux, xterm, menu) -> None:
    compare(tmux, xterm, menu, MENUS[menu])
