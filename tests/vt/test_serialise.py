import pathlib

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from aimux.vt.attributes import TABLE, Attributes
from aimux.vt.engine import Engine
from aimux.vt.modes import NAMES
from aimux.vt.row import Row
from aimux.vt.serialise import serialise
from aimux.vt.terminal import SavedCursor
from tests.vt.rows import meaning

TEXTS = (
    "abc",
    "x" * 30,
    "好",
    "好" * 12,
    "e\u0301",
    "👩\u200d💻",
    "\u200d",
    "🇫🇷",
    "❤\ufe0f",
    "─ q",
)
CONTROLS = (
    "\r\n", "\n", "\r", "\t", "\x08", "\x0e", "\x0f", "\x1b[4h", "\x1b[?7l", "\x1b[?7h",
    "\x1b[?1049h", "\x1b[?1049l", "\x1b[?47h", "\x1b[?47l", "\x1b[31m", "\x1b[44;1m",
    "\x1b[48;5;3m", "\x1b[38;2;1;2;3;58;5;9;4:3m", "\x1b[m", "\x1b(0", "\x1b(B", "\x1b)0",
    "\x1b(A", "\x1bc", "\x1b7", "\x1b8", "\x1bD", "\x1bM", "\x1bH", "\x1b[g", "\x1b#8",
    "\x1b[2;5r", "\x1b[r", "\x1b[?6h", "\x1b[3@", "\x1b[2P", "\x1b[2X", "\x1b[K", "\x1b[1K",
    "\x1b[2K", "\x1b[J", "\x1b[1J", "\x1b[L", "\x1b[M", "\x1b[S", "\x1b[T", "\x1b[2;9H",
    "\x1b[A", "\x1b[9C", '\x1b[1"q', "\x1b[?2J", "\x1b]8;id=k;http://x\x07", "\x1b]8;;\x07",
    "\x1b]133;A\x07", "\x1b]0;t\x1b\\", "\x1b]2;u\x07", "\x1b[22t", "\x1b]7;file:///a\x07",
    "\x1b]4;3;#102030\x07", "\x1b]11;#123456\x07", "\x1b[?1h", "\x1b[?25l", "\x1b[?5h",
    "\x1b[?1002h", "\x1b[?1006h", "\x1b[?2004h", "\x1b[?2031h", "\x1b[20h", "\x1b[>4;2m",
    "\x1b[>5u", "\x1b[=3u", "\x1b=", "\x1b[5 q",
)  # fmt: skip
streams = st.lists(st.sampled_from([*TEXTS, *CONTROLS]), max_size=60).map("".join)
sizes = st.tuples(st.integers(2, 24), st.integers(3, 8))


def redrawn(engine: Engine, history: int = 0) -> Engine:
    other = Engine(engine.columns, engine.lines, clock=lambda: 0.0)
    other.feed(serialise(engine, history=history))
    return other


def look(row: Row, columns: int) -> tuple[object, ...]:
    """What a row shows: cells of the whole width, whether blanks were drawn or never touched."""
    _, attributes, clusters, wrapped, mark, _ = meaning(row)
    blank = (*Attributes()[:4], None)
    looks = list(attributes) if isinstance(attributes, list) else [blank] * len(row.text)
    looks += [blank] * (columns - len(looks))
    return (row.text.ljust(columns), looks, clusters or None, wrapped, mark)


def saved(cursor: SavedCursor | None, columns: int) -> tuple[object, ...] | None:
    if cursor is None:
        return None
    return (min(cursor.x, columns - 1), cursor.y, TABLE[cursor.attribute], cursor.charsets)


def state(engine: Engine) -> dict[str, object]:
    modes = engine.modes
    columns = engine.columns
    return {
        "rows": [look(row, columns) for row in engine.rows],
        "main": [look(row, columns) for row in engine.main_rows],
        "cursor": (engine.x, engine.y, TABLE[engine.attribute]),
        "charsets": (engine.charsets, engine.shift, engine.special),
        "modes": {name: getattr(modes, name) for name in NAMES},
        "texts": (engine.title, engine.icon_name, engine.path, engine.titles),
        "region": (engine.top, engine.bottom, engine.tab_stops),
        "saved": saved(engine.saved_cursor, columns),
        "alternate": (engine.alternate, saved(engine.alternate_saved_cursor, columns)),
        "kitty": engine.kitty_stacks,
        "shape": engine.cursor_shape,
        "colours": (engine.colours.palette, [engine.colours.dynamic(n) for n in (10, 11, 12)]),
    }


@settings(max_examples=400)
@given(streams, sizes)
def test_any_screen_is_drawn_again(stream: str, size: tuple[int, int]) -> None:
    engine = Engine(*size, clock=lambda: 0.0)
    engine.feed(stream.encode())
    assume(not (engine.modes.origin and engine.y > engine.bottom))
    assert state(redrawn(engine)) == state(engine)


DATA = pathlib.Path(__file__).parent / "captured"
CAPTURED = sorted([*DATA.rglob("*.bytes"), *DATA.rglob("*.ansi")])


@pytest.mark.parametrize("path", CAPTURED, ids=lambda path: path.name)
def test_the_screens_of_real_programs_are_drawn_again(path: pathlib.Path) -> None:
    data = path.read_bytes()
    engine = Engine(80, 24, clock=lambda: 0.0)
    step = max(len(data) // 12, 1)
    for start in range(0, len(data), step):
        engine.feed(data[start : start + step])
        assert state(redrawn(engine)) == {
            **state(engine),
            "modes": {**state(engine)["modes"], "synchronized": False},
        }


def test_the_rows_above_are_drawn_too() -> None:
    engine = Engine(20, 4)
    engine.feed("".join(f"\x1b[3{n % 8}m{n} {'long ' * (n % 6)}\r\n" for n in range(900)).encode())
    engine.history.compact()
    other = redrawn(engine, history=500)
    assert state(other) == state(engine)
    assert len(other.history) == 500
    expected = [look(row, 20) for row in engine.history.span(len(engine.history) - 500, 9999)]
    assert [look(row, 20) for row in other.history] == expected
    assert [row.used for row in other.history] == [
        row.used for row in engine.history.span(len(engine.history) - 500, 9999)
    ]


def test_more_history_than_there_is_is_all_of_it() -> None:
    engine = Engine(20, 4)
    engine.feed(b"1\r\n2\r\n3\r\n4\r\n5\r\n6")
    assert [row.text for row in redrawn(engine, history=99).history] == ["1", "2"]


def test_a_hold_on_the_frame_is_not_handed_on() -> None:
    engine = Engine(20, 4)
    engine.feed(b"\x1b[?2026h")
    assert not redrawn(engine).modes.synchronized


def test_erased_cells_do_not_become_used() -> None:
    engine = Engine(20, 4)
    engine.feed(b"abc\x1b[44m\x1b[K\r\n\x1b[mlonger text\r\x1b[5C\x1b[K")
    assert [row.used for row in redrawn(engine).rows] == [row.used for row in engine.rows]
    assert [row.used for row in engine.rows[:2]] == [3, 11]
