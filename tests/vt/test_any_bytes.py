"""Whatever is fed, however it is cut, at whatever size: no exception, one result, a sound grid."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aimux.vt.engine import Engine
from tests.vt.invariants import check_grid, state

CONTROLS = (
    b"\x1b|[|]|P|k|_|\\|\x07|\x18|;|:|0|1|5|9|m|H|J|K|h|l|?|>|L|M|@|S|T|r|A|D|X|b|c|n|u|q|\r\n|\n|"
    b"\r|\t|\b|\x0e|\x0f|\x1b[4h|\x1b[?7l|\x1b[?7h|\x1b[?1049h|\x1b[?1049l|\x1b[?47h|\x1b[31m|\x1b[44m|"
    b"\x1b[m|\x1b(0|\x1b(B|\x1b)0|\x1bc|\x1b7|\x1b8|\x1bD|\x1bM|\x1b#8|\x1b[2;5r|\x1b[?6h|\x1b[3@|"
    b"\x1b[2P|\x1b[2X|\x1b[?69h|\x1b[?69l|\x1b[2;5s|\x1b[3;9s|\x1b[?2027h|\x1b[?2027l|\x1b[9b|"
    b"\x1b]8;;http://x\x07|\x1b]133;A\x07|\x1b]0;t\x1b\\|\x1bPq|\xff|\xe5|\xf0\x9f"
).split(b"|")
TEXTS = [
    "abc",
    "x" * 30,
    "好",
    "好" * 12,
    "e\u0301",
    "👩\u200d💻",
    "\u200d",
    "🇫🇷",
    "👍🏽",
    "1\ufe0f\u20e3",
    "❤\ufe0f",
    "\u0301" * 12,
]
pieces = st.one_of(
    st.sampled_from(CONTROLS),
    st.sampled_from([text.encode() for text in TEXTS]),
    st.binary(max_size=4),
)
streams = st.lists(pieces, max_size=60).map(b"".join)
sizes = st.tuples(st.integers(1, 24), st.integers(1, 8))


def engine(columns: int, lines: int) -> Engine:
    return Engine(columns, lines, history_limit=20, clock=lambda: 0.0)


@settings(max_examples=150)
@given(streams, sizes, st.lists(st.integers(1, 9), min_size=1, max_size=20))
def test_every_chunking_gives_the_same_screen(data, size, cuts) -> None:
    whole, pieces = engine(*size), engine(*size)
    whole.feed(data)
    position = index = 0
    while position < len(data):
        step = cuts[index % len(cuts)]
        pieces.feed(data[position : position + step])
        position += step
        index += 1
    assert state(whole) == state(pieces)
    check_grid(whole)


@settings(max_examples=150)
@given(st.lists(st.tuples(streams, sizes), min_size=1, max_size=4))
def test_every_size_leaves_a_sound_grid(steps) -> None:
    screen = engine(80, 24)
    for data, (columns, rows) in steps:
        screen.feed(data)
        screen.resize(rows=rows, columns=columns)
        check_grid(screen)
        screen.feed(data)
        check_grid(screen)


@settings(max_examples=60)
@given(st.binary(max_size=3000))
def test_any_bytes_at_all_are_fed(data) -> None:
    screen = engine(80, 24)
    screen.feed(data)
    check_grid(screen)


# What bench/fuzz_vt.py found: bytes, and the width and height.
FINDS = [
    (b"\x1b" + b"\0" * 160 + b"\xff" * 120 + b"\n\x1b", (23, 10)),
    (b"\x1b[4h\xcc\x1b[?69h\x1b[2s\x85[", (24, 8)),
    ("\x1b[4h\x1b[?69h\x1b[2sa\x1b[Hb好\x1b[H好".encode(), (24, 8)),
]


@pytest.mark.parametrize(("data", "size"), FINDS)
def test_a_find_of_the_fuzzer_stays_found(data, size) -> None:
    whole, pieces = engine(*size), engine(*size)
    whole.feed(data)
    for byte in data:
        pieces.feed(bytes([byte]))
    assert state(whole) == state(pieces)
    check_grid(whole)
