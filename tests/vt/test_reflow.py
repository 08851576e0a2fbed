from aimux.vt.engine import Engine
from aimux.vt.render import row_text
from aimux.vt.row import DEFAULT_LOOK


def texts(engine: Engine) -> list[str]:
    return [row_text(row) for row in engine.rows]


def history_texts(engine: Engine) -> list[str]:
    return [row_text(engine.history[number]) for number in range(len(engine.history))]


def test_a_long_line_is_joined_again() -> None:
    engine = Engine(10, 4)
    engine.feed(b"abcdefghijklmno")
    engine.resize(rows=4, columns=20)
    assert texts(engine) == ["abcdefghijklmno", "", "", ""]
    assert (engine.x, engine.y) == (15, 0)
    engine.resize(rows=4, columns=5)
    assert texts(engine) == ["klmno", "", "", ""]  # as in tmux, blank rows below stay
    assert history_texts(engine) == ["abcde", "fghij"]


def test_the_cursor_stays_in_its_text() -> None:
    engine = Engine(10, 4)
    engine.feed(b"\r\n\r\nabcdefghijklmno\x1b[3;4H")
    engine.resize(rows=4, columns=4)
    engine.resize(rows=4, columns=20)
    assert (engine.x, engine.y) == (3, 2)


def test_marks_stay_with_their_line() -> None:
    engine = Engine(10, 4)
    engine.feed(b"out\r\n\x1b]133;A\a$ a long command line")
    engine.resize(rows=4, columns=40)
    assert [row.mark for row in engine.rows] == ["", "A", "", ""]


def test_colours_and_clusters_move_with_their_cells() -> None:
    engine = Engine(10, 4)
    engine.feed("ab\x1b[31mcd\x1b[m好e\u0301".encode())
    assert engine.rows[0].looks is not None
    red = engine.rows[0].looks[2]
    engine.resize(rows=4, columns=3)
    engine.resize(rows=4, columns=10)
    row = engine.rows[0]
    assert row_text(row) == "abcd好e\u0301"
    assert row.looks is not None
    assert row.looks.replace(DEFAULT_LOOK, ".") == f"..{red}{red}..."


def test_a_wide_character_is_not_cut() -> None:
    engine = Engine(10, 4)
    engine.feed("a好好".encode())
    engine.resize(rows=4, columns=2)
    assert [*history_texts(engine), *texts(engine)] == ["a", "好", "好", "", "", ""]


def test_a_smaller_height_drops_blank_rows_first_and_a_greater_takes_rows_back() -> None:
    engine = Engine(10, 4)
    engine.feed(b"1\r\n2\r\n3")
    engine.resize(rows=3, columns=10)
    assert texts(engine) == ["1", "2", "3"]
    engine.resize(rows=2, columns=10)
    assert texts(engine) == ["2", "3"]
    engine.resize(rows=4, columns=10)
    assert texts(engine) == ["1", "2", "3", ""]


def test_the_hidden_main_screen_is_wrapped_too() -> None:
    engine = Engine(10, 4)
    engine.feed(b"abcdefghijklmno\x1b[?1049h")
    engine.resize(rows=4, columns=20)
    engine.feed(b"\x1b[?1049l")
    assert texts(engine)[0] == "abcdefghijklmno"
    assert (engine.x, engine.y) == (15, 0)


def test_rows_that_fit_stay_the_same_objects() -> None:
    engine = Engine(10, 4)
    engine.feed(b"short")
    row, version = engine.rows[0], engine.rows[0].version
    engine.resize(rows=4, columns=20)
    assert engine.rows[0] is row
    assert row.version == version
