from __future__ import annotations

import pytest

from aimux.abilities.features import Abilities
from aimux.server.terminal_fit import fitted

CURLY = "\x1b[0;1;4:3;31;48;5;17;58;2;1;2;3mx\x1b[m"
LINK = "\x1b]8;id=1;https://example.org/\x1b\\here\x1b]8;;\x1b\\"
ALL = frozenset({"usstyle", "hyperlinks"})


@pytest.mark.parametrize(
    ("text", "features", "depth", "shown"),
    [
        (CURLY, ALL, 256, CURLY),
        (CURLY, frozenset(), 256, "\x1b[0;1;4;31;48;5;17mx\x1b[m"),
        (CURLY, ALL, 2, "\x1b[0;1;4:3;7mx\x1b[m"),
        (LINK, ALL, 256, LINK),
        (LINK, frozenset({"usstyle"}), 256, "here"),
        ("\x1b[0;38;2;9;9;9;100mx\x1b[0;44mé\x1b[3X", ALL, 2, "\x1b[0;7mx\x1b[0;7mé\x1b[3X"),
        ("\x1b[30;40mx\x1b[49;39m", ALL, 2, "x"),
        ("\x1b[0;7;44mx\x1b[m", ALL, 2, "\x1b[0;7mx\x1b[m"),
        ("4:3 58", frozenset(), 2, "4:3 58"),
    ],
)
def test_a_row_loses_what_its_terminal_lacks(
    text: str, features: frozenset[str], depth: int, shown: str
) -> None:
    assert fitted(text, Abilities(features, depth)) == shown


def test_nothing_is_lost_before_anything_is_known() -> None:
    assert fitted(CURLY + LINK, None) == CURLY + LINK
