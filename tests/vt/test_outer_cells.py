"""What stands in cells reaches an outer terminal so that it can neither hide nor shift anything."""

import re
import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aimux.protocol.row_text import shifted
from aimux.vt.clusters import is_wide, split_leading_marks
from aimux.vt.engine import Engine
from aimux.vt.render import render_row
from aimux.vt.row import SPACER, Row

CONTROLS = re.compile(r"(\x1b\[[\d;]*[A-Za-z])")
LAWYER, HEART, KEYCAP, FLAG, THUMB = "👩\u200d💻", "❤\ufe0f", "1\ufe0f\u20e3", "🇫🇷", "👍🏽"
ENGLAND = "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f"


def row_of(text: str, columns: int, *, graphemes: bool = False) -> Row:
    engine = Engine(columns, 1)
    engine.feed(b"\x1b[?7l" + (b"\x1b[?2027h" if graphemes else b"") + text.encode())
    return engine.rows[0]


def without_controls(text: str) -> str:
    return CONTROLS.sub("", text)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\U000e0041\U000e0042b", "ab"),
        ("a\u200bb\u2060c\ufeffd\u061ce", "abcde"),
        ("a\u202eb\u2066c", "abc"),
        ("pass\xadword", "pass-word"),
        ("\u06005", " 5"),
        ("x\u200d|", "x|"),
        ("x\u200cy", "x\u200cy"),
        (LAWYER, LAWYER),
        ("e\u0301", "e\u0301"),
        ("กำลัง", "กำลัง"),
        (ENGLAND, "🏴"),
        ("好\U000e0041x", "好x"),
        ("🇫 🇷", "F R"),
    ],
)
def test_format_characters_stay_out(text: str, shown: str) -> None:
    assert without_controls(render_row(row_of(text, 12), 12)) == shown


def test_a_row_without_such_characters_is_its_text() -> None:
    text = "plain, é, e\u0301, 好, ─│"
    assert render_row(row_of(text, 40), 40) == text + "\x1b[21X"


def test_the_cursor_is_put_behind_what_terminals_do_not_agree_on() -> None:
    assert render_row(row_of(f"a{LAWYER}b", 5), 5) == f"a\x1b[2X{LAWYER}\x1b[4Gb\x1b[1X"
    assert render_row(row_of(f"a{FLAG}b", 5), 5) == f"a\x1b[2X{FLAG}\x1b[4Gb\x1b[1X"
    assert shifted(f"a\x1b[2X{FLAG}\x1b[4Gb", 10) == f"a\x1b[2X{FLAG}\x1b[14Gb"


def test_an_emoji_that_most_terminals_widen_gets_a_blank_cell_or_is_text() -> None:
    assert render_row(row_of(f"{HEART} b", 4), 4) == f"\x1b[2X{HEART}\x1b[3Gb\x1b[1X"
    assert render_row(row_of(HEART, 4), 4) == f"\x1b[2X{HEART}\x1b[3G\x1b[2X"
    assert without_controls(render_row(row_of(f"{HEART}b", 4), 4)) == "❤b"
    assert without_controls(render_row(row_of(f"ab{HEART}", 3), 3)) == "ab❤"
    assert without_controls(render_row(row_of(f"{HEART}\x1b[41m ", 4), 4)) == "❤ "


def test_what_might_reach_beyond_the_row_does_not() -> None:
    assert without_controls(render_row(row_of(f"ab{LAWYER}", 4), 4)) == "ab👩"
    assert LAWYER in render_row(row_of(f"ab{LAWYER}", 6), 6)


Rule = Callable[[str], list[tuple[str, int]]]


def one_by_one(text: str) -> list[tuple[str, int]]:
    """A terminal that joins nothing but marks."""
    parts: list[tuple[str, int]] = []
    for character in text:
        if split_leading_marks(character)[0] and parts:
            parts[-1] = (parts[-1][0] + character, parts[-1][1])
        else:
            parts.append((character, 2 if is_wide(character) else 1))
    return parts


def old(text: str) -> list[tuple[str, int]]:
    """A terminal whose tables have no emoji."""
    return [(part, 1 if part[0] >= "\U0001f000" else width) for part, width in one_by_one(text)]


def new(text: str) -> list[tuple[str, int]]:
    """A terminal that gives what people see as an emoji two cells."""
    parts = re.findall(
        r"[🇦-🇿]{1,2}|.[🏻-🏿\u0300-\u036f\u200c\ufe0f\u20e3]*(?:\u200d.\ufe0f?)*", text
    )
    emoji = re.compile("[\U0001f000-\U0001faff]|.\ufe0f")
    return [(part, 2 if emoji.match(part) or is_wide(part[0]) else 1) for part in parts]


class OuterTerminal:
    """One row of a terminal that follows a rule of its own about widths."""

    def __init__(self, rule: Rule, columns: int) -> None:
        self.rule, self.cells, self.x = rule, ["|"] * columns, 0

    def feed(self, text: str) -> None:
        for part in CONTROLS.split(text):
            if part.startswith("\x1b"):
                self._control(int(part[2:-1] or 0), part[-1])
            else:
                for characters, width in self.rule(part):
                    self._put(characters, width)

    def _control(self, number: int, final: str) -> None:
        if final == "G":
            self.x = number - 1
        elif final == "X":
            self._put("", number)
            self.x -= number

    def _put(self, characters: str, width: int) -> None:
        for x in range(self.x, self.x + width):
            self._break(x)
        blank = characters == ""
        self.cells[self.x : self.x + width] = [
            " " if blank else (SPACER if n else characters) for n in range(width)
        ]
        self.x += width

    def _break(self, x: int) -> None:
        """Half of a wide character is overwritten: the other half is blank."""
        if self.cells[x] == SPACER:
            self.cells[x - 1] = " "
        if self.cells[x + 1] == SPACER:
            self.cells[x + 1] = " "
        self.cells[x] = " "


PIECES = (LAWYER, HEART, KEYCAP, FLAG, THUMB, ENGLAND, "🇫", "👩\u200d", "⚠\ufe0f ", "é", "好", " ")
texts = st.lists(st.sampled_from((*PIECES, "a", "b", "c", "\x1b[44m", "\x1b[m")), max_size=14)


@pytest.mark.parametrize("rule", [one_by_one, old, new])
@pytest.mark.parametrize("graphemes", [False, True])
@given(pieces=texts)
def test_letters_stay_in_their_columns_whatever_a_terminal_makes_of_emoji(
    rule: Rule, graphemes: bool, pieces: list[str]
) -> None:
    columns, at = 16, 3
    row = row_of("".join(pieces), columns, graphemes=graphemes)
    terminal = OuterTerminal(rule, columns + at + 6)
    terminal.x = at
    terminal.feed(re.sub(r"\x1b\[[\d;]*m", "", shifted(render_row(row, columns), at)))
    assert terminal.cells[:at] == ["|"] * at
    assert terminal.cells[at + columns :] == ["|"] * 6
    for x, character in enumerate(row.text):
        if character in "abcé好" and (row.clusters or {}).get(x, character) == character:
            assert terminal.cells[at + x] == character


@given(st.text(st.characters(categories=["Cf", "Mn", "So", "Lo", "Ll"]), max_size=40))
def test_no_format_character_gets_through_but_joiners_in_a_cluster(text: str) -> None:
    shown = without_controls(render_row(row_of(text, 30), 30))
    kept = {character for character in shown if unicodedata.category(character) == "Cf"}
    assert kept <= {"\u200c", "\u200d"}
    assert "\u200d\x1b" not in render_row(row_of(text, 30), 30)
