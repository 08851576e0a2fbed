"""The mouse: reports in, names of tmux, reports out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aimux.keys.encode import encode_token
from aimux.keys.key import Modifiers
from aimux.keys.modes import InputModes, MouseEncoding, MouseProtocol
from aimux.keys.mouse import (
    CLICK_TIMEOUT_SECONDS,
    ClickTracker,
    MouseEvent,
    decode_mouse,
    encode_mouse,
)
from aimux.keys.names import MOUSE_NAMES
from aimux.keys.tokenizer import Tokenizer

SGR = InputModes(mouse_protocol=MouseProtocol.MOTION, mouse_encoding=MouseEncoding.SGR)
BUTTON_BITS = (0, 1, 2, 64, 65, 66, 67, 128, 129, 130, 131)


def names(
    tracker: ClickTracker, *reports: bytes, where: str = "Pane", now: float = 0.0
) -> list[str]:
    found = []
    for report in reports:
        event = decode_mouse(report)
        assert event is not None
        found += [key.name for key in tracker.feed(event, where=where, now=now)]
    return found


def modes(protocol: int, encoding: int = 1006) -> InputModes:
    return InputModes(
        mouse_protocol=MouseProtocol(protocol), mouse_encoding=MouseEncoding(encoding)
    )


@given(
    st.sampled_from(BUTTON_BITS),
    st.sampled_from((0, 4, 8, 16, 28, 32, 36)),
    st.integers(1, 9999),
    st.integers(1, 9999),
)
def test_an_sgr_report_comes_out_as_it_came_in(button, held, column, row) -> None:
    report = b"\x1b[<%d;%d;%dM" % (button + held, column, row)
    event = decode_mouse(report)
    assert event is not None
    assert encode_mouse(event, SGR, column=event.column, row=event.row) == report


@given(st.binary(max_size=12))
def test_no_report_raises(data) -> None:
    for raw in (data, b"\x1b[M" + data, b"\x1b[<" + data):
        decode_mouse(raw)


@pytest.mark.parametrize(
    ("protocol", "wanted"),
    [
        (0, []),
        (9, ["press"]),
        (1000, ["press", "release", "wheel"]),
        (1002, ["press", "release", "wheel", "drag"]),
        (1003, ["press", "release", "wheel", "drag", "motion"]),
    ],
)
def test_a_pane_gets_the_events_that_it_asked_for(protocol, wanted) -> None:
    events = {
        "press": MouseEvent(1, 0, 0),
        "release": MouseEvent(1, 0, 0, release=True),
        "wheel": MouseEvent(4, 0, 0),
        "drag": MouseEvent(1, 0, 0, motion=True),
        "motion": MouseEvent(0, 0, 0, motion=True),
        "wheel release": MouseEvent(4, 0, 0, release=True),
    }
    sent = [
        n for n, event in events.items() if encode_mouse(event, modes(protocol), column=0, row=0)
    ]
    assert sent == wanted


@pytest.mark.parametrize(
    ("encoding", "press", "release", "far"),
    [
        (0, b"\x1b[M $%", b"\x1b[M#$%", b"\x1b[M \xff\xff"),
        (1005, b"\x1b[M $%", b"\x1b[M#$%", "\x1b[M \u014d\u014d".encode()),
        (1006, b"\x1b[<0;4;5M", b"\x1b[<0;4;5m", b"\x1b[<0;301;301M"),
        (1015, b"\x1b[32;4;5M", b"\x1b[35;4;5M", b"\x1b[32;301;301M"),
    ],
)
def test_every_encoding_of_xterm(encoding, press, release, far) -> None:
    down, up = MouseEvent(1, 3, 4), MouseEvent(1, 3, 4, release=True)
    assert encode_mouse(down, modes(1000, encoding), column=3, row=4) == press
    assert encode_mouse(up, modes(1000, encoding), column=3, row=4) == release
    assert encode_mouse(down, modes(1000, encoding), column=300, row=300) == far


def test_an_old_release_names_no_button_but_keeps_modifiers() -> None:
    event = MouseEvent(8, 0, 0, release=True, modifiers=Modifiers.CTRL)
    assert encode_mouse(event, modes(1000, 0), column=0, row=0) == b"\x1b[M3!!"


def test_1005_has_nothing_for_a_far_column() -> None:
    assert encode_mouse(MouseEvent(1, 0, 0), modes(1000, 1005), column=2015, row=0) == b""


def test_a_token_is_reported_from_the_panes_corner() -> None:
    (token,) = Tokenizer().feed(b"\x1b[<0;10;5M")
    assert encode_token(token, SGR, left=4, top=2) == b"\x1b[<0;6;3M"
    assert encode_token(token, SGR, left=20, top=2) == b""


def test_a_click_is_down_and_up() -> None:
    tracker = ClickTracker()
    assert names(tracker, b"\x1b[<0;1;1M", b"\x1b[<0;1;1m") == ["MouseDown1Pane", "MouseUp1Pane"]


def test_an_old_release_is_of_the_button_that_was_pressed() -> None:
    tracker = ClickTracker()
    assert names(tracker, b'\x1b[M"!!', b"\x1b[M#!!") == ["MouseDown3Pane", "MouseUp3Pane"]


def test_modifiers_and_places_are_part_of_the_name() -> None:
    tracker = ClickTracker()
    assert names(tracker, b"\x1b[<16;1;1M", where="StatusLeft") == ["C-MouseDown1StatusLeft"]
    assert names(tracker, b"\x1b[<93;1;1M", where="Border") == ["C-M-S-WheelDownBorder"]
    assert names(tracker, b"\x1b[<66;1;1M", now=9) == ["MouseDown6Pane"]


def test_clicks_are_counted_within_300_ms() -> None:
    tracker = ClickTracker()
    press = b"\x1b[<0;1;1M"
    assert names(tracker, press, now=0.0) == ["MouseDown1Pane"]
    assert names(tracker, press, now=0.2) == ["SecondClick1Pane"]
    assert names(tracker, press, now=0.4) == ["TripleClick1Pane"]
    assert tracker.deadline is None
    assert names(tracker, press, now=0.5) == ["MouseDown1Pane"]


def test_a_double_click_is_certain_when_no_third_follows() -> None:
    tracker = ClickTracker()
    names(tracker, b"\x1b[<0;1;1M", now=0.0)
    names(tracker, b"\x1b[<0;7;2M", now=0.1)
    assert tracker.deadline == pytest.approx(0.1 + CLICK_TIMEOUT_SECONDS)
    assert tracker.expire(0.3) == []
    (key,) = tracker.expire(0.5)
    assert (key.name, key.event.column, key.event.row) == ("DoubleClick1Pane", 6, 1)
    assert tracker.expire(0.6) == []


def test_an_overdue_double_click_comes_before_the_next_event() -> None:
    tracker = ClickTracker()
    names(tracker, b"\x1b[<0;1;1M", b"\x1b[<0;1;1M", now=0.0)
    assert names(tracker, b"\x1b[<0;1;1M", now=1.0) == ["DoubleClick1Pane", "MouseDown1Pane"]


def test_another_button_begins_anew() -> None:
    tracker = ClickTracker()
    assert names(tracker, b"\x1b[<0;1;1M", b"\x1b[<2;1;1M", b"\x1b[<2;1;1M") == [
        "MouseDown1Pane",
        "MouseDown3Pane",
        "SecondClick3Pane",
    ]


def test_clicks_are_counted_anew_on_another_part_of_a_scrollbar() -> None:
    tracker = ClickTracker()
    press = b"\x1b[<0;5;5M"
    assert [
        *names(tracker, press, press, where="ScrollbarUp"),
        *names(tracker, press, where="ScrollbarDown"),
        *names(tracker, press, where="Pane"),
    ] == [
        "MouseDown1ScrollbarUp",
        "SecondClick1ScrollbarUp",
        "DoubleClick1ScrollbarUp",
        "MouseDown1ScrollbarDown",
        "MouseDown1Pane",
    ]


def test_a_drag_begins_where_the_button_went_down_and_ends_where_it_went_up() -> None:
    tracker = ClickTracker()
    names(tracker, b"\x1b[<0;5;5M", where="Border")
    moved = decode_mouse(b"\x1b[<32;6;5M")
    assert moved is not None
    (began,) = tracker.feed(moved, where="Pane", now=0.0)
    assert (began.name, began.event.column, began.where) == ("MouseDrag1Border", 4, "Border")
    assert names(tracker, b"\x1b[<32;6;5M", b"\x1b[<32;7;5M", b"\x1b[<0;7;5m") == [
        "MouseDrag1Pane",
        "MouseDragEnd1Pane",
    ]


def test_a_lost_release_ends_the_drag_at_the_next_event() -> None:
    tracker = ClickTracker()
    names(tracker, b"\x1b[<0;5;5M", b"\x1b[<32;6;5M")
    assert names(tracker, b"\x1b[<35;9;9M", b"\x1b[<35;9;8M") == [
        "MouseDragEnd1Pane",
        "MouseMovePane",
    ]


@given(
    st.lists(
        st.tuples(
            st.sampled_from((0, 2, 3, 32, 34, 35, 64, 66, 128)), st.booleans(), st.integers(1, 3)
        ),
        max_size=30,
    )
)
def test_every_name_can_be_bound(reports) -> None:
    tracker, now = ClickTracker(), 0.0
    for bits, release, column in reports:
        event = decode_mouse(b"\x1b[<%d;%d;1%c" % (bits, column, b"m" if release else b"M"))
        assert event is not None
        now += 0.1
        for key in tracker.feed(event, where="Pane", now=now):
            assert key.name in MOUSE_NAMES or key.name == "MouseMovePane"
            assert key.event.modifiers is Modifiers.NONE
