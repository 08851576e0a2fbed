"""The same bytes to tmux 3.3a and to the engine give the same `capture-pane -p -e`, and cursor."""

import random

import pytest

SNIPPETS = {
    "backspace at a pending wrap": b"x" * 20 + b"\bA",
    "backspace into a wrapped row": b"x" * 21 + b"\b\b\bA",
    "CUB at a pending wrap": b"x" * 20 + b"\x1b[DA",
    "EL at a pending wrap": b"x" * 20 + b"\x1b[KA",
    "EL 1 at a pending wrap": b"x" * 20 + b"\x1b[1KA",
    "VPA keeps a pending wrap": b"\n" + b"x" * 20 + b"\x1b[1dA",
    "a wide character at the edge": b"x" * 19 + "好B".encode(),
    "DCH of all that is left": b"ab\x1b[1;20H\x1b[31m\x1b[9P\r\nab\x1b[5G\x1b[44m\x1b[16P\x1b[mz",
    "ICH of all that is left": b"ab\x1b[1;20H\x1b[31m\x1b[9@\r\nab\x1b[5G\x1b[44m\x1b[16@\x1b[mz",
    "half of a coloured wide character": "\x1b[41m好好好\x1b[m\x1b[1GA\x1b[4GB".encode(),
    "a wide character without autowrap": b"\x1b[?7l" + b"x" * 19 + "好B".encode(),
    "no autowrap": b"\x1b[?7labcdefghijklmnopqrstuvwxyz",
    "ED 2 keeps what was shown": b"a\r\nb\r\nc\x1b[2JX",
    "ED 0 at home keeps it too": b"a\r\nb\r\nc\x1b[H\x1b[JX",
    "a region scrolls into the history": b"a\r\nb\r\nc\r\nd\x1b[2;3r\x1b[3;1H\n\nX",
    "IL keeps the column": b"abc\x1b[LX",
    "IL outside the region": b"a\r\nb\r\nc\r\nd\x1b[3;4r\x1b[1;2H\x1b[LX",
    "REP stops at the edge": b"ab\x1b[5bc\x1b[50bd",
    "REP after a control": b"ab\x1b[31m\x1b[2bc\r\nd\r\n\x1b[2be\x1b[2b\x1b[2bf",
    "line drawing": b"\x1b(0lqk_+,a\x1b(BX",
    "palette and basic colours": b"\x1b[31ma\x1b[38;5;1mb\x1b[91mc\x1b[38;5;9md\x1b[49me",
    "underlines": b"\x1b[4mh\x1b[4:3mi\x1b[58:2::9:8:7mj\x1b[59mk\x1b[53ml\x1b[2mm\x1b[21mn\x1b[mo",
    "incomplete colours": b"\x1b[1;;31mx\x1b[38;5mz\x1b[38;2;1mz\x1b[48;5;300mz\x1b[38;5;1;4mz",
    "colour erased": b"\x1b[41mab\x1b[Kz\r\n\x1b[2Kx\r\n\x1b[5Xq\r\n\x1b[mw\x1b[42m\x1b[3X",
    "insert mode": "abcdef\x1b[1;3H\x1b[4h好X\x1b[4lZ".encode(),
    "47 keeps the cursor": b"abc\x1b[?47hdef\x1b[?47lghi",
    "1049 restores pen and cursor": b"abc\x1b[31m\x1b[?1049hdef\x1b[5;5H\x1b[32m\x1b[?1049lghi",
    "DECALN": b"abc\x1b[2;3r\x1b#8\n\n\n\n\n\nZ",
    "origin mode": b"\x1b[2;4r\x1b[?6h\x1b[1;1HA\x1b[9;9HB\x1b[2dC",
    "C0 inside a sequence": b"ab\x1b[2\nCx",
    "non-ASCII inside a sequence": b"ab\x1b[2\xc3\xa9Cx",
    "ESC inside a sequence": b"ab\x1b[2\x1b[1mCx",
    "a misplaced marker": b"ab\x1b[2?hCx",
    "DCS with ESC inside": b"ab\x1bPq#0\x1bxyz\x07\x1b\\Cx",
    "ESC ESC": b"ab\x1b\x1b[31mC",
    "tab stops": b"\x1b[3g\x1b[5G\x1bH\rX\tY\tZ",
    "clusters": "e\u0301👩\u200d💻❤\ufe0f🇫🇷👍🏽x".encode(),
    "a mark on a full row": ("x" * 20 + "\u0301y").encode(),
    "characters that are not shown": "a\ufffeb\u2028c\U0010ffffd".encode(),
    "RIS keeps what was shown": b"a\r\nb\x1bcX",
}


@pytest.mark.parametrize("snippet", SNIPPETS.values(), ids=SNIPPETS.keys())
def test_a_snippet_looks_as_in_tmux(tmux, show, snippet) -> None:
    assert show(snippet, columns=20, rows=5) == tmux.show(snippet, columns=20, rows=5)


@pytest.mark.parametrize("flags", ["", "eC", "N", "eN", "J"])
def test_capture_options_print_what_tmux_prints(tmux, show, flags) -> None:
    data = (
        b"abc  \r\n\x1b[31mabcde\\\r\n"
        b"\x1b[mabcdefghijk\x1b[3G\x1b[K\r\n\x1b(0x\x1b(B\x1b[44m \x1b[m"
    )
    if flags == "J":
        shown = tmux.show(data, columns=20, rows=5, flags="J")
        assert shown.lines == show(data, columns=20, rows=5, flags="N").lines
    else:
        assert show(data, columns=20, rows=5, flags=flags).lines == (
            tmux.show(data, columns=20, rows=5, flags=flags).lines
        )


@pytest.mark.parametrize("size", [(10, 5), (7, 3), (33, 8), (20, 3), (20, 9)])
def test_a_new_size_wraps_lines_as_tmux_does(tmux, show, size) -> None:
    data = (
        b"".join(b"%d" % n * (5 * n) + b"\r\n" for n in range(1, 8))
        + "好é 好好好好好好好好好".encode()
    )
    options = {"columns": 20, "rows": 5, "resized": size}
    assert show(data, **options) == tmux.show(data, **options)


PIECES = (
    *b"abc|hello world |\r\n|\n|\r|\t|\b|\x1b[31m|\x1b[1;44m|\x1b[m|\x1b[4:3m|\x1b[38;5;1m".split(
        b"|"
    ),
    *b"\x1b[22m|\x1b[7m|\x1b[H|\x1b[K|\x1b[1K|\x1b[2K|\x1b[J|\x1b[1J|\x1b[2J|\x1b[3;4H".split(b"|"),
    *b"\x1b[2;19H|\x1b[A|\x1b[2B|\x1b[3C|\x1b[2D|\x1b[L|\x1b[2M|\x1b[P|\x1b[3@|\x1b[2X".split(b"|"),
    *b"\x1b[S|\x1b[T|\x1b[2;4r|\x1b[r|\x1bM|\x1bD|\x1bE|\x1b7|\x1b8|\x1b[4h|\x1b[4l".split(b"|"),
    *b"\x1b[?7l|\x1b[?7h|\x1b[?6h|\x1b[?6l|\x1b(0|\x1b(B|\x1b[?1049h|\x1b[?1049l".split(b"|"),
    *b"\x1b[5G|\x1b[3d|\x1b[E|\x1b[2F|\x1b[Z|\x1bH|\x1b[g|\x1b#8|\x1b[?3h".split(b"|"),
)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(40))
def test_any_mixture_of_controls_looks_as_in_tmux(tmux, show, seed) -> None:
    chance = random.Random(seed)  # noqa: S311 - a repeatable choice is what is wanted
    data = b"".join(chance.choices(PIECES, k=chance.randrange(5, 40)))
    assert show(data, columns=20, rows=5) == tmux.show(data, columns=20, rows=5)
