import subprocess
import sys

import pytest

from aimux.vt.engine import Engine
from aimux.vt.events import (
    Bell,
    ClipboardSet,
    HistoryCleared,
    ModesChanged,
    NameChanged,
    Osc,
    PathChanged,
    TitleChanged,
)
from aimux.vt.render import row_text


@pytest.fixture
def engine() -> Engine:
    return Engine(20, 5)


def record(engine: Engine) -> list[object]:
    """Events and replies in the order in which they come."""
    heard: list[object] = []
    engine.on_event = heard.append
    engine.on_reply = heard.append
    return heard


def test_text_lands_where_the_cursor_is(engine) -> None:
    engine.feed(b"\x1b[2;3Hhello")
    assert row_text(engine.rows[1]) == "  hello"
    assert (engine.cursor_x, engine.cursor_y) == (7, 1)


def test_a_pending_wrap_is_reported_on_the_last_column(engine) -> None:
    engine.feed(b"x" * 20)
    assert (engine.cursor_x, engine.x) == (19, 20)


def test_bytes_may_be_cut_inside_a_character(engine) -> None:
    for byte in "é好".encode():
        engine.feed(bytes([byte]))
    assert row_text(engine.rows[0]) == "é好"


def test_invalid_utf8_becomes_replacement_characters(engine) -> None:
    engine.feed(b"a\xffb")
    assert row_text(engine.rows[0]) == "a\ufffdb"


def test_unchanged_rows_keep_identity_and_version(engine) -> None:
    engine.feed(b"one\r\ntwo")
    before = [(id(row), row.version) for row in engine.rows]
    engine.feed(b"!")
    after = [(id(row), row.version) for row in engine.rows]
    assert [old == new for old, new in zip(before, after, strict=True)] == [
        True,
        False,
        True,
        True,
        True,
    ]


def test_rows_keep_their_identity_when_they_scroll(engine) -> None:
    engine.feed(b"1\r\n2\r\n3\r\n4\r\n5")
    second = engine.rows[1]
    engine.feed(b"\r\n6")
    assert engine.rows[0] is second


def test_history_is_bounded_and_counts_what_it_dropped() -> None:
    engine = Engine(20, 2, history_limit=3)
    engine.feed(b"".join(b"%d\r\n" % n for n in range(10)))
    assert [row_text(row) for row in engine.history] == ["6", "7", "8"]
    assert engine.history.dropped == 6


def test_the_history_limit_can_change(engine) -> None:
    engine.feed(b"".join(b"%d\r\n" % n for n in range(10)))
    engine.history_limit = 2
    assert [row_text(row) for row in engine.history] == ["4", "5"]
    assert engine.history.dropped == 4


def test_the_alternate_screen_adds_nothing_to_the_history(engine) -> None:
    engine.feed(b"main\x1b[?1049h" + b"x\r\n" * 20)
    assert engine.alternate
    assert len(engine.history) == 0
    engine.feed(b"\x1b[?1049l")
    assert not engine.alternate
    assert row_text(engine.rows[0]) == "main"


def test_events_come_in_order(engine) -> None:
    heard = record(engine)
    engine.feed(b"\a\x1b]2;title\a\x1b]7;file://h/p\x1b\\\x1bkname\x1b\\\x1b[3J\x1b[?2004h")
    assert heard == [
        Bell(),
        TitleChanged("title"),
        PathChanged("file://h/p"),
        NameChanged("name"),
        HistoryCleared(),
        ModesChanged(),
    ]
    assert engine.title == "title"
    assert engine.path == "file://h/p"


def test_modes_changed_is_told_only_when_a_mode_changed(engine) -> None:
    engine.feed(b"\x1b[?2004h")
    heard = record(engine)
    engine.feed(b"\x1b[?2004h")
    assert heard == []


@pytest.mark.parametrize("code", [9, 22, 99, 133, 633, 777, 7501, 21337])
def test_an_osc_for_others_carries_its_absolute_row(engine, code) -> None:
    engine.feed(b"x\r\n" * 10)
    heard = record(engine)
    engine.feed(b"\x1b]%d;A;b=c\a" % code)
    assert heard == [Osc(code, "A;b=c", 10)]


def test_a_prompt_mark_stays_with_its_row(engine) -> None:
    engine.feed(b"one\r\n\x1b]133;A\a$ ")
    row = engine.rows[1]
    engine.feed(b"\r\x1b[K$ " + b"\r\n" * 5)
    assert row.mark == "A"
    assert engine.history[1] is row


def test_claude_code_hears_that_its_status_is_wanted_before_da1(engine) -> None:
    heard = record(engine)
    engine.feed(b"\x1b[>0q\x1b[?u\x1b]7501;?\a\x1b[c")
    assert heard == [b"\x1bP>|aimux\x1b\\", b"\x1b[?0u", b"\x1b]7501;?\x1b\\", b"\x1b[?1;2c"]


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        (b"\x1b[c", b"\x1b[?1;2c"),
        (b"\x1b[>c", b"\x1b[>84;0;0c"),
        (b"\x1b[=c", b"\x1bP!|00000000\x1b\\"),
        (b"\x1b[5n", b"\x1b[0n"),
        (b"\x1b[3;4H\x1b[6n", b"\x1b[3;4R"),
        (b"\x1b[2;4r\x1b[?6h\x1b[2;1H\x1b[6n", b"\x1b[2;1R"),
        (b"\x1b[?6n", b"\x1b[?1;1;1R"),
        (b"\x1b[?2026$p", b"\x1b[?2026;2$y"),
        (b"\x1b[?2026h\x1b[?2026$p", b"\x1b[?2026;1$y"),
        (b"\x1b[?7$p", b"\x1b[?7;1$y"),
        (b"\x1b[?31337$p", b"\x1b[?31337;0$y"),
        (b"\x1b[4$p", b"\x1b[4;2$y"),
        (b"\x1b[18t", b"\x1b[8;5;20t"),
        (b"\x1b[?2027$p", b"\x1b[?2027;2$y"),
        (b"\x1b[?1048$p", b"\x1b[?1048;2$y"),
        (b"\x1b[?2048$p", b"\x1b[?2048;0$y"),
        (b"\x1b[?1016h\x1b[?1016$p", b"\x1b[?1016;1$y"),
        (b"\x1b[?1005h\x1b[?1005$p", b"\x1b[?1005;1$y"),
        (b"\x1bP$qs\x1b\\", b"\x1bP1$r1;20s\x1b\\"),
        (b"\x1bP$qt\x1b\\", b"\x1bP1$r5t\x1b\\"),
        (b'\x1b[1"q\x1bP$q"q\x1b\\', b'\x1bP1$r1"q\x1b\\'),
        (b'\x1bP$q"q\x1b\\', b'\x1bP1$r0"q\x1b\\'),
        (b'\x1bP$q"p\x1b\\', b'\x1bP1$r64;1"p\x1b\\'),
        (b"\x1bP$q$|\x1b\\", b"\x1bP1$r20$|\x1b\\"),
        (b"\x1bP$q*|\x1b\\", b"\x1bP1$r5*|\x1b\\"),
        (b"\x1bP+q6b63757531\x1b\\", b"\x1bP1+r6b63757531=5c454f41\x1b\\"),
        (b"\x1bP+q5463\x1b\\", b"\x1bP1+r5463\x1b\\"),
        (b"\x1b]12;#010203\a\x1b]12;?\a", b"\x1b]12;rgb:0101/0202/0303\x1b\\"),
        (b"\x1b]12;#010203\a\x1b]112\a\x1b]12;?\a", b"\x1b]12;rgb:ffff/ffff/ffff\x1b\\"),
        (b"\x1b]4;1;#010203\a\x1b]104;1\a\x1b]4;1;?\a", b"\x1b]4;1;rgb:cdcd/0000/0000\x1b\\"),
        (b"\x1b[1;31;48;5;9m\x1bP$qm\x1b\\", b"\x1bP1$r0;1;31;48:5:9m\x1b\\"),
        (b"\x1b[2;4r\x1bP$qr\x1b\\", b"\x1bP1$r2;4r\x1b\\"),
        (b"\x1b[5 q\x1bP$q q\x1b\\", b"\x1bP1$r5 q\x1b\\"),
        (b"\x1bP+q544e\x1b\\", b"\x1bP1+r544e=746d75782d323536636f6c6f72\x1b\\"),
        (b"\x1bP+qzz\x1b\\", b"\x1bP0+r\x1b\\"),
        (b"\x1b]11;?\a", b"\x1b]11;rgb:0000/0000/0000\x1b\\"),
        (b"\x1b]4;1;?\a", b"\x1b]4;1;rgb:cdcd/0000/0000\x1b\\"),
        (b"\x1b]10;#102030\a\x1b]10;?\a", b"\x1b]10;rgb:1010/2020/3030\x1b\\"),
        (b"\x1b[>5u\x1b[?u", b"\x1b[?5u"),
        (b"\x1b[>5u\x1b[<u\x1b[?u", b"\x1b[?0u"),
        (b"\x1b[=3;1u\x1b[=1;3u\x1b[?u", b"\x1b[?2u"),
        (b"\x1b[>4;2m\x1b[?4m", b"\x1b[>4;2m"),
        (b"\x1b[?996n", b"\x1b[?997;1n"),
    ],
)
def test_a_question_gets_its_fixed_answer(engine, question, answer) -> None:
    heard: list[bytes] = []
    engine.on_reply = heard.append
    engine.feed(question)
    assert heard == [answer]


def test_replies_are_limited_in_number() -> None:
    now = [0.0]
    engine = Engine(20, 5, clock=lambda: now[0])
    heard: list[bytes] = []
    engine.on_reply = heard.append
    engine.feed(b"\x1b[c" * 1000)
    assert len(heard) == 100
    now[0] = 0.5
    engine.feed(b"\x1b[c" * 1000)
    assert len(heard) == 150


def test_the_clipboard_can_be_set_but_not_read(engine) -> None:
    heard = record(engine)
    engine.feed(b"\x1b]52;c;aGk=\a\x1b]52;c;?\a\x1b]52;c;%%%\a")
    assert heard == [ClipboardSet("c", b"hi")]


@pytest.mark.parametrize(
    ("sequence", "field", "value"),
    [
        (b"\x1b[?1h", "application_cursor_keys", True),
        (b"\x1b=", "application_keypad", True),
        (b"\x1b[4h", "insert", True),
        (b"\x1b[?7l", "wrap", False),
        (b"\x1b[?6h", "origin", True),
        (b"\x1b[?1002h", "mouse_protocol", 1002),
        (b"\x1b[?1002h\x1b[?1002l", "mouse_protocol", 0),
        (b"\x1b[?1006h", "mouse_encoding", 1006),
        (b"\x1b[?1004h", "focus_events", True),
        (b"\x1b[?1007h", "alternate_scroll", True),
        (b"\x1b[?2004h", "bracketed_paste", True),
        (b"\x1b[?2026h", "synchronized", True),
        (b"\x1b[?2031h", "color_scheme_updates", True),
        (b"\x1b[?5h", "reverse_screen", True),
        (b"\x1b[?25l", "cursor_visible", False),
        (b"\x1b[>4;2m", "modify_other_keys", 2),
        (b"\x1b[>4;2m\x1b[>4m", "modify_other_keys", 0),
        (b"\x1b[>13u", "kitty_flags", 13),
    ],
)
def test_a_mode_can_be_read(engine, sequence, field, value) -> None:
    version = engine.modes.version
    engine.feed(sequence)
    assert getattr(engine.modes, field) == value
    assert engine.modes.version > version


def test_kitty_flags_belong_to_a_screen(engine) -> None:
    engine.feed(b"\x1b[>1u\x1b[?1049h")
    assert engine.modes.kitty_flags == 0
    engine.feed(b"\x1b[>8u\x1b[?1049l")
    assert engine.modes.kitty_flags == 1


def test_a_soft_reset_leaves_the_cells(engine) -> None:
    engine.feed(b"abc\x1b[4h\x1b[?6h\x1b[2;3r\x1b[31m\x1b[!p")
    assert row_text(engine.rows[0]) == "abc"
    assert (engine.scroll_top, engine.scroll_bottom, engine.attribute) == (0, 4, 0)
    assert not engine.modes.insert


def test_reset_leaves_nothing(engine) -> None:
    engine.feed(b"x\r\n" * 10 + b"\x1b[?1049h\x1b]2;unfinished")
    engine.reset()
    engine.feed(b"text")
    assert [row_text(row) for row in engine.rows] == ["text", "", "", "", ""]
    assert len(engine.history) == 0


def test_another_program_finds_the_history_and_an_empty_screen() -> None:
    engine = Engine(10, 2, history_limit=10)
    engine.feed(b"one\r\ntwo\r\nthree\x1b[?25l\x1b[?1049hfull\x1b[")
    engine.begin_anew(keep_screen=False)
    engine.feed(b"new")
    assert [row_text(row) for row in engine.history] == ["one"]
    assert [row_text(row) for row in engine.rows] == ["new", ""]
    assert not engine.alternate
    assert engine.modes.cursor_visible


def test_a_reset_screen_goes_to_the_history() -> None:
    engine = Engine(10, 2, history_limit=10)
    engine.feed(b"one\r\ntwo\r\nthree\x1b[31m")
    engine.begin_anew(keep_screen=True)
    assert [row_text(row) for row in engine.history] == ["one", "two", "three"]
    assert [row_text(row) for row in engine.rows] == ["", ""]


def test_a_change_from_dark_to_light_is_told_to_a_program_that_asked(engine) -> None:
    heard = record(engine)
    light = {"foreground": 0x000000, "background": 0xFFFFFF, "cursor": 0x000000}
    engine.set_theme(**light)
    engine.feed(b"\x1b[?2031h")
    engine.set_theme(**light)
    engine.set_theme(foreground=0xFFFFFF, background=0x000000, cursor=0xFFFFFF)
    assert heard == [ModesChanged(), b"\x1b[?997;1n"]


def test_an_exception_in_a_callback_leaves_the_screen_as_it_would_have_been(engine) -> None:
    heard: list[object] = []

    def fail(_event: object) -> None:
        raise OSError("the owner's fault")

    engine.on_event = fail
    engine.on_reply = heard.append
    data = b"one\a\x1b[2;2Htwo\x1b[?2004h\x1b]2;title\a\x1b[5n" + b"x\r\n" * 40 + b"\xe5\xa5"
    with pytest.raises(OSError, match="the owner's fault"):
        engine.feed(data)
    engine.on_event = None
    engine.feed(b"\xbd")
    untouched = Engine(20, 5)
    untouched.feed(data + b"\xbd")
    assert [row_text(row) for row in engine.rows] == [row_text(row) for row in untouched.rows]
    assert (engine.title, engine.modes.bracketed_paste, heard) == ("title", True, [])
    engine.feed(b"\x1b[5n")
    assert heard == [b"\x1b[0n"]


def test_the_window_title_and_the_icon_name_are_kept_together(engine) -> None:
    engine.feed(b"\x1b]1;i\a\x1b]2;w\a\x1b[22;0t\x1b]0;new\a\x1b[23;1t")
    assert (engine.title, engine.icon_name) == ("new", "i")
    engine.feed(b"\x1b]2;w\a" + b"\x1b[22;2t" * 100 + b"\x1b]0;new\a\x1b[23;2t\x1b[23t")
    assert (engine.title, engine.icon_name) == ("w", "i")
    assert len(engine.titles) == 14


def test_titles_can_be_pushed_and_popped(engine) -> None:
    engine.feed(b"\x1b]2;one\a\x1b[22t\x1b]2;two\a")
    assert engine.title == "two"
    engine.feed(b"\x1b[23t")
    assert engine.title == "one"


def test_the_engine_needs_no_pyte() -> None:
    code = (
        "import sys, aimux.vt.engine, aimux.vt.render, aimux.vt.capture;"
        "sys.exit('pyte' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_importing_the_engine_brings_nothing_slow() -> None:
    code = (
        "import sys, aimux.vt.engine;"
        "print(*{'dataclasses', 'inspect', 'pyte', 'typing_extensions'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert done.stdout.strip() == ""


def test_events_of_two_kinds_differ_though_they_say_the_same() -> None:
    assert TitleChanged("same") == TitleChanged("same")
    assert TitleChanged("same") != NameChanged("same")
    assert len({TitleChanged("same"), TitleChanged("same")}) == 1
    assert repr(TitleChanged("same")) == "TitleChanged('same')"
