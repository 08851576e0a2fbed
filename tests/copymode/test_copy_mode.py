"""Copy mode: the same commands in tmux 3.3a and here lead to the same place, selection and text."""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pyte
import pytest

from aimux.copymode.commands import COMMANDS
from aimux.copymode.copy_mode import CopyMode
from aimux.copymode.drawing import CopyStyles
from aimux.copymode.search import SearchMemory
from aimux.copymode.state import CopyOptions
from aimux.errors import CommandError
from aimux.styles.style import parse_style
from aimux.vt.engine import Engine
from tests.real_tmux import RealTmux

STEPS = 40
DEPTH = 1 << 24
SIZES = ((40, 10), (20, 6), (80, 12), (33, 7))
WORDS = (
    *("alpha", "beta", "foo", "foobar", "x.y", "a(b)c", "{d", "[e]", "}", "(", ")", "foo-bar"),
    *("日本", "naïve", "__x", ",,", ";", "12", "end."),
)
MOVES = (
    *("cursor-down", "cursor-up", "cursor-left", "cursor-right", "end-of-line", "start-of-line"),
    *("back-to-indentation", "halfpage-up", "halfpage-down", "page-up", "page-down"),
    *("history-top", "history-bottom", "middle-line", "top-line", "bottom-line", "next-word"),
    *("next-word-end", "next-space", "next-space-end", "previous-word", "previous-space"),
    *("next-paragraph", "previous-paragraph", "scroll-up", "scroll-down"),
)
SELECTS = (
    *("begin-selection", "begin-selection", "clear-selection", "rectangle-toggle"),
    *("rectangle-on", "rectangle-off", "other-end", "select-line", "select-word"),
    "stop-selection",
)
OTHERS = (
    *("jump-again", "jump-reverse", "set-mark", "jump-to-mark", "next-matching-bracket"),
    *("previous-matching-bracket", "search-again", "search-again", "search-reverse"),
    *("copy-line", "copy-end-of-line"),
)
WITH_WORD = {
    "jump-forward": ("a", "o", ".", " "),
    "jump-backward": ("a", "o", "."),
    "jump-to-forward": ("a", "o", "b"),
    "jump-to-backward": ("a", "o"),
    "goto-line": ("0", "3", "10", "999", "x"),
    "search-forward": ("foo", "o+", "[a-c]e", "bar$", "^al", "a b"),
    "search-backward": ("foo", "o+", r"x\.y", "(foo|beta)"),
    "search-forward-text": ("foo", "FOO", "(", "a"),
    "search-backward-text": ("foo", "bet", " "),
    "search-forward-incremental": ("=f", "=fo", "+foo", "-foo", "="),
    "search-backward-incremental": ("=f", "=be", "-o", "+a"),
}
VARIABLES = (
    *("scroll_position", "copy_cursor_x", "copy_cursor_y", "rectangle_toggle"),
    *("selection_present", "selection_start_x", "selection_start_y", "selection_end_x"),
    *("selection_end_y", "selection_active", "search_present", "search_match"),
)
ROW = "\t".join(f"#{{{name}}}" for name in VARIABLES)
STYLES = {
    "mode-style": "bg=red,fg=white",
    "copy-mode-match-style": "bg=cyan,fg=black",
    "copy-mode-current-match-style": "bg=magenta,fg=black",
    "copy-mode-mark-style": "bg=blue,fg=green",
}


def text_of(chance: random.Random) -> str:
    lines = []
    for _ in range(chance.randint(5, 45)):
        words = [chance.choice(WORDS) for _ in range(chance.choice((0, 0, 1, 3, 5, 8, 14, 30)))]
        indent, rest = chance.choice((0, 0, 0, 2, 5)), chance.choice((0, 0, 3))
        lines.append(f"{' ' * indent}{' '.join(words)}{' ' * rest}")
    return "\n".join(lines) + chance.choice(("", "\n"))


def engine(text: str, *, columns: int = 20, lines: int = 5) -> Engine:
    screen = Engine(columns, lines)
    screen.feed(text.replace("\n", "\r\n").encode())
    return screen


def mode(text: str, *, columns: int = 20, lines: int = 5, vi: bool = False) -> CopyMode:
    return CopyMode(engine(text, columns=columns, lines=lines), CopyOptions(vi=vi))


class Pair:
    """Copy mode in the real tmux and here, over the same text."""

    def __init__(self, tmux: RealTmux, directory: Path, seed: int) -> None:
        self.tmux = tmux
        self.random = random.Random(seed)  # noqa: S311  # the same sequence every time
        vi = self.random.random() < 0.5
        self.columns, self.rows = self.random.choice(SIZES)
        text = text_of(self.random)
        path = directory / "text"
        path.write_text(text)
        options = {"mode-keys": "vi" if vi else "emacs", "status": "off", **STYLES}
        words = [
            word for name, value in options.items() for word in (";", "set", "-g", name, value)
        ]
        command = f"cat {path}; printf DONE; exec sleep 1000"
        tmux.start(*words, columns=self.columns, rows=self.rows, command=command)
        tmux.wait_for("DONE")
        tmux("copy-mode")
        size = tmux("display-message", "-p", "#{pane_width} #{pane_height}").split()
        self.columns, self.rows = int(size[0]), int(size[1])
        self.mode = CopyMode(
            engine(f"{text}DONE", columns=self.columns, lines=self.rows),
            CopyOptions(vi=vi),
            styles=CopyStyles(
                *(parse_style(style) for style in STYLES.values()),
                position=parse_style(STYLES["mode-style"]),
            ),
        )

    def step(self) -> None:
        names = self.random.choice((MOVES, MOVES, MOVES, MOVES, SELECTS, OTHERS, ()))
        name = self.random.choice(names or tuple(WITH_WORD))
        words = () if names else (self.random.choice(WITH_WORD[name]),)
        times = self.random.choice((1, 1, 1, 2, 3))
        self.tmux("send-keys", "-N", str(times), "-X", name, *words)
        copied = self.mode.command(name, words, times=times).copied
        theirs = self.tmux("display-message", "-p", ROW).split("\t")
        variables = self.mode.variables()
        ours = [variables.get(name, "") for name in VARIABLES]
        assert ours == theirs, (name, words, times)
        if copied is None:
            self.tmux("send-keys", "-X", "copy-selection-no-clear")
            copied = self.mode.command("copy-selection-no-clear").copied
        if copied is not None and copied.text is not None:
            path = self.tmux("show-buffer")
            assert copied.text.removesuffix("\n") == path


@pytest.fixture
def tmux(tmp_path: Path) -> Iterator[RealTmux]:
    real = RealTmux(tmp_path / "tmux")
    yield real
    real.close()


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(24))
def test_every_command_leads_where_it_leads_in_tmux(
    tmux: RealTmux, tmp_path: Path, seed: int
) -> None:
    pair = Pair(tmux, tmp_path, seed)
    for _ in range(STEPS):
        pair.step()


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(100, 112))
def test_the_screen_is_the_one_that_tmux_draws(tmux: RealTmux, tmp_path: Path, seed: int) -> None:
    pair = Pair(tmux, tmp_path, seed)
    for _ in range(12):
        pair.step()
    above = pair.mode.state.grid.above
    size = {"columns": pair.columns, "rows": pair.rows}
    theirs = tmux.shown(**size, until=lambda screen: f"/{above}]" in screen.display[0])
    ours = pyte.Screen(pair.columns, pair.rows)
    stream = pyte.Stream(ours)
    for number, row in enumerate(pair.mode.rows(**size, depth=DEPTH)):
        stream.feed(f"\x1b[{number + 1}H{row}")
    assert looks(ours) == looks(theirs)


def looks(screen: pyte.Screen) -> list[list[tuple[str, str, str, bool]]]:
    return [
        [
            (cell.data, cell.fg, cell.bg, cell.reverse)
            for column in range(screen.columns)
            for cell in (screen.buffer[row][column],)
        ]
        for row in range(screen.lines)
    ]


def test_every_command_of_tmux_is_there() -> None:
    assert len(COMMANDS) == 80
    with pytest.raises(CommandError, match=r"^copy mode command not supported yet: \S+-mouse$"):
        mode("").command("scroll-to-mouse")


def test_a_wrong_number_of_arguments_does_nothing() -> None:
    copy = mode("one\ntwo")
    before = copy.variables()
    assert not copy.command("goto-line").cancelled
    assert copy.variables() == before


def test_scrolling_to_the_bottom_ends_the_mode_if_asked_for() -> None:
    screen = engine("\n".join(map(str, range(30))))
    copy = CopyMode(screen, CopyOptions(), exit_at_bottom=True)
    assert not copy.command("page-up").cancelled
    assert not copy.command("scroll-down").cancelled
    assert copy.command("page-down").cancelled


def test_what_the_program_prints_meanwhile_is_not_shown_until_it_is_asked_for() -> None:
    screen = engine("before")
    copy = CopyMode(screen, CopyOptions())
    screen.feed(b"\r\nafter")
    assert "after" not in "".join(copy.rows(columns=20, rows=5, depth=DEPTH))
    copy.command("refresh-from-pane")
    assert "after" in "".join(copy.rows(columns=20, rows=5, depth=DEPTH))


def test_a_command_is_told_where_its_text_goes() -> None:
    copy = mode("some text")
    copy.command("start-of-line")
    copy.command("begin-selection")
    copy.command("end-of-line")
    outcome = copy.command("copy-pipe-and-cancel", ("xclip -i", "mine"))
    assert outcome.cancelled
    assert outcome.copied is not None
    assert outcome.copied.text == "some text"
    assert (outcome.copied.command, outcome.copied.prefix) == ("xclip -i", "mine")
    assert outcome.copied.piped
    assert outcome.copied.to_buffer


def test_a_selection_without_text_changes_no_buffer() -> None:
    copy = mode("")
    copy.command("begin-selection")
    copied = copy.command("copy-selection").copied
    assert copied is not None
    assert copied.text is None


def test_dragging_selects_and_scrolls_at_the_edges() -> None:
    copy = mode("\n".join(f"line {number}" for number in range(20)))
    copy.start_drag(0, 2)
    assert not copy.drag_to(4, 2)
    assert copy.state.selected() == "line"
    assert copy.drag_to(4, 0)
    assert copy.state.scrolled == 1


def test_a_search_is_remembered_for_the_next_time() -> None:
    memory = SearchMemory()
    screen = engine("foo\nbar\nfoo")
    CopyMode(screen, CopyOptions(), memory=memory).command("search-backward", ("foo",))
    again = CopyMode(screen, CopyOptions(), memory=memory)
    again.command("search-again")
    assert again.cursor() == (2, 0)


def test_a_pattern_that_cannot_be_read_finds_nothing() -> None:
    copy = mode("foo")
    copy.command("search-backward", ("(",))
    assert copy.variables()["search_present"] == "0"


def test_a_search_that_takes_too_long_is_given_up() -> None:
    times = iter(range(0, 10_000, 20))
    copy = CopyMode(engine("foo\nfoo"), CopyOptions(), clock=lambda: float(next(times)))
    copy.command("search-backward", ("foo",))
    search_to_the_end(copy)
    assert "timed out" in copy.rows(columns=40, rows=5, depth=DEPTH)[0]


def test_the_cursor_stays_in_its_text_when_the_pane_is_resized() -> None:
    copy = mode("0123456789abcdefghijXYZ", columns=20, lines=5)
    copy.command("cursor-left")
    assert copy.cursor() == (1, 2)
    copy.rows(columns=10, rows=5, depth=DEPTH)
    # The blank rows count, too: one row went above the screen, as in tmux.
    assert copy.cursor() == (1, 2)
    copy.rows(columns=40, rows=3, depth=DEPTH)
    assert copy.cursor() == (0, 22)


def test_the_word_at_the_cursor_goes_over_a_wrapped_line() -> None:
    copy = mode("some wordthatiswrapped here", columns=10)
    copy.command("history-top")
    copy.command("cursor-right", times=6)
    assert copy.variables()["copy_cursor_word"] == "wordthatiswrapped"
    assert copy.variables()["copy_cursor_line"] == "some wordt"


def test_two_words_that_fill_their_rows_stay_two() -> None:
    copy = mode("word2345 here2345", columns=9)
    copy.command("history-top")
    assert copy.variables()["copy_cursor_word"] == "word2345"
    copy.command("end-of-line")
    copy = mode("wordone宽", columns=8)  # no room for a wide character in the last cell
    copy.command("history-top")
    assert copy.variables()["copy_cursor_word"] == "wordone宽"


def test_the_version_changes_with_what_is_shown() -> None:
    copy = mode("text")
    before = copy.version
    copy.command("cursor-left")
    assert copy.version != before


def test_the_keys_are_those_of_mode_keys() -> None:
    assert mode("").key_table == "copy-mode"
    copy = mode("", vi=True)
    assert copy.key_table == "copy-mode-vi"
    copy.configure(CopyOptions(), CopyStyles())
    assert copy.key_table == "copy-mode"


@pytest.mark.parametrize("word", ["(a+)+b", "(a|aa)+b", "((a*)*)*b", "(a?){30}a{30}b"])
@pytest.mark.timeout(20)
def test_no_expression_holds_the_search_up(word: str) -> None:
    copy = mode("a" * 60 + "\n" + "a" * 300, columns=80, lines=10)
    for name in ("search-backward", "search-forward"):
        copy.command(name, (word,))
    assert copy.variables()["search_match"] == ""


def search_to_the_end(copy: CopyMode) -> None:
    while copy.is_searching:
        copy.work_on(0.0)


def slow(text: str, *, look: float = 3.0) -> CopyMode:
    """Every look at the clock takes so many seconds."""
    looks = count()
    return CopyMode(engine(text, columns=40), CopyOptions(), clock=lambda: next(looks) * look)


def test_a_search_that_takes_long_tells_how_far_it_is() -> None:
    copy = slow("needle\n" + "\n".join(["x" * 10] * 100))
    copy.command("search-backward", ("needle",))
    for _ in range(50):
        copy.work_on(1.0)
    assert "(searching 49%) [0/96]" in copy.rows(columns=40, rows=5, depth=DEPTH)[0]
    search_to_the_end(copy)
    assert (copy.state.absolute_row, copy.is_searching) == (0, False)


def test_the_search_that_takes_long_is_drawn_anew_only_when_its_number_changes() -> None:
    copy = slow("\n".join(["x" * 10] * 400))
    copy.command("search-backward", ("needle",))
    version, versions = copy.version, set()
    for _ in range(40):
        copy.work_on(1.0)
        versions.add(copy.version)
    assert max(versions) - version == 10


def test_the_matches_of_many_lines_are_counted_to_the_end() -> None:
    copy = slow("\n".join(["xyz x"] * 30), look=0.02)
    copy.command("search-backward", ("x",))
    search_to_the_end(copy)
    assert copy.is_busy
    for _ in range(20):
        copy.work_on(0.0)
    assert "(10+ results)" in copy.rows(columns=40, rows=5, depth=DEPTH)[0]
    copy.command("cursor-left")
    while copy.is_busy:
        copy.work_on(0.0)
    copy.command("search-again")
    search_to_the_end(copy)
    assert "(60 results)" in copy.rows(columns=40, rows=5, depth=DEPTH)[0]


def test_another_command_ends_the_search_where_it_is() -> None:
    copy = slow("needle\n" + "\n".join(["x" * 10] * 40))
    copy.command("search-backward", ("needle",))
    assert copy.is_searching
    row = copy.state.absolute_row
    copy.command("cursor-up")
    assert not copy.is_searching
    assert copy.state.absolute_row == row - 1


def test_a_search_as_one_types_that_takes_long_clears_the_marks_if_there_is_no_match() -> None:
    copy = slow("\n".join(["x" * 10] * 40))
    copy.command("search-backward-incremental", ("=needle",))
    search_to_the_end(copy)
    assert copy.state.search.marks is None
