"""vttest's menus 1, 2, 3, 6, 8 and 11 look as in tmux 3.3a, but for what tmux cannot do.

The same keys go to vttest on our engine and to vttest in a pane; after each the screens are
compared as capture-pane prints them.
"""

import re

import pytest

from tests.programs import needs
from tests.vt.vttest_driver import Pair, pair

MOST_SCREENS = 20
PROMPT = "Enter choice number"

# The first line of a screen that differs, or the test's keys and the number of the screen: what
# tmux 3.3a has not, and the document that has it. `test_differences_from_tmux.py` and
# `test_engine.py` (for answers) show each with bytes.
DIFFERENCES = {
    "Selected as G0": "the British set (ECMA-35; VT220)",
    "Test of Device Status Report 5": "CPR in origin mode (DEC STD 070)",
    "Testing Tertiary Device Attributes": "DA3 (VT420; xterm ctlseqs)",
    "Menu 6: Terminal Reports": "DA3: vttest in tmux waits for it one key longer",
    "Testing Show DECRQM response": "DECRQM (VT420; xterm ctlseqs)",
    "Menu 11.3.3: VT420 Editing": "DECRQM: vttest in tmux waits for it one key longer",
    "Testing DECRQSS": "DECRQSS (VT420; xterm ctlseqs)",
    "CHT with param": "CHT (ECMA-48 8.3.10)",
    "11 1 2 4/0": "DECSED and DECSCA (VT220)",
    "11 1 2 4/2": "DECSEL and DECSCA (VT220)",
    "11 5 5/0": "HPR (ECMA-48 8.3.59)",
    "11 5 9/0": "VPR (ECMA-48 8.3.160)",
    "11 7 2/0": "REP after a control (xterm)",
    "11 6 7 2/0": "REP after a control (xterm)",
}

# The keys that lead to each test; a menu's own screen is compared on the way.
TESTS = [
    (1,),
    (2,),
    (3,),
    (8,),
    *((6, test) for test in range(1, 8)),
    *((11, 1, menu, test) for menu, tests in ((1, 4), (2, 6)) for test in range(1, tests + 1)),
    *((11, 1, test) for test in range(3, 7)),
    *((11, 3, 3, test) for test in range(6, 11)),
    *((11, 5, test) for test in range(1, 10) if test != 2),
    *((11, 6, test) for test in range(2, 6)),
    *((11, 7, test) for test in range(2, 5)),
]


@pytest.fixture(autouse=True)
def _vttest() -> None:
    needs("vttest")


def expected(both: Pair, keys: tuple[int, ...], number: int) -> bool:
    """Whether the table knows that this screen differs."""
    first = re.sub(r"\s+", " ", both.ours.text().strip())
    place = f"{' '.join(map(str, keys))}/{number}"
    return place in DIFFERENCES or any(first.startswith(known) for known in DIFFERENCES)


@pytest.mark.slow
@pytest.mark.parametrize("keys", TESTS, ids=lambda keys: ".".join(map(str, keys)))
def test_every_screen_of_a_test_looks_as_in_tmux(tmux, keys) -> None:
    with pair(tmux) as both:
        for key in keys:
            both.press(b"%d\n" % key)
        for number in range(MOST_SCREENS):
            ours, theirs = both.screens()
            if ours != theirs:
                assert expected(both, keys, number), both.ours.text()
            if PROMPT in both.ours.text():
                return
            both.press(b"\n")
    pytest.fail("the test does not come to an end")


def test_the_first_menu_is_drawn_and_answers_a_key(tmux) -> None:
    with pair(tmux) as both:
        both.press(b"1\n")
        ours, theirs = both.screens()
        assert ours == theirs
        assert ours[0].startswith("*" * 80)
