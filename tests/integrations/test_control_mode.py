"""How control mode writes what happened; tests/compat compares it with tmux."""

from __future__ import annotations

import os

import pytest

from aimux.events import (
    AlertBell,
    ClientDetached,
    ClientSessionChanged,
    Event,
    PaneModeChanged,
    SessionClosed,
    SessionRenamed,
    SessionWindowChanged,
    WindowLayoutChanged,
    WindowLinked,
    WindowPaneChanged,
    WindowRenamed,
    WindowUnlinked,
)
from aimux.ids import ClientId, PaneId, SessionId, WindowId
from aimux.integrations.control_mode import (
    Listener,
    changed_subscriptions,
    escaped,
    guard,
    line_of,
    notification,
    visible,
)
from aimux.model.control import Continued, Control, Output, Paused, Said, Scope, Subscription
from tests.server.world import World, make_world

SESSION, HERE, ELSEWHERE = SessionId(0), WindowId(0), WindowId(7)
LINK = (SESSION, "work")


@pytest.fixture
def listener() -> Listener:
    """A control client of the session `work`, whose window 0 is called `one`."""
    world = make_world()
    client = world.client()
    client.control = Control()
    return Listener(client, world.state, world.effects)


def test_blocks_have_whole_seconds_a_number_and_where_they_come_from() -> None:
    assert guard("begin", time=12.9, number=3, typed=True) == "%begin 12 3 1"
    assert guard("error", time=12.9, number=4, typed=False) == "%error 12 4 0"


def test_bytes_that_would_end_a_line_are_octal() -> None:
    assert escaped(b"a\\b\r\n\x00\x1f \x7f~\xc3\xa9") == r"a\134b\015\012\000\037 " + "\x7f~é"


def test_every_byte_comes_through_whatever_it_is_cut_into() -> None:
    data = bytes(byte for byte in range(256) if byte >= 0x20 and byte != ord("\\"))
    assert os.fsencode(escaped(data[:180]) + escaped(data[180:])) == data


def test_buffers_are_shown_as_c_would_write_them() -> None:
    assert visible("a\\\t\n\0x\x001\x07\x08\v\f\r\x1b\x7fé\udcff") == (
        "a\\\\\\t\n\\0x\\0001\\a\\b\\v\\f\\r\\033\\177é\\377"
    )


@pytest.mark.parametrize(
    ("entry", "extended", "line"),
    [
        (Said("%begin"), False, "%begin"),
        (Paused(PaneId(3)), True, "%pause %3"),
        (Continued(PaneId(3)), True, "%continue %3"),
        (Output(PaneId(3), bytearray(b"a\n"), 1.0), False, r"%output %3 a\012"),
        (Output(PaneId(3), bytearray(b"a\n"), 1.0), True, r"%extended-output %3 1500 : a\012"),
    ],
)
def test_what_waits_is_written_as_a_line(entry: Said, extended: bool, line: str) -> None:
    assert line_of(entry, now=2.5, extended=extended) == line


NEWS: list[tuple[Event, str | None]] = [
    (WindowLinked(*LINK, HERE, "one"), "%window-add @0"),
    (WindowLinked(*LINK, ELSEWHERE, "x"), "%unlinked-window-add @7"),
    (WindowUnlinked(*LINK, HERE, "one"), "%window-close @0"),
    (WindowUnlinked(*LINK, ELSEWHERE, "x"), "%unlinked-window-close @7"),
    (WindowRenamed(HERE, "then"), "%window-renamed @0 one"),
    (WindowRenamed(ELSEWHERE, "x"), "%unlinked-window-renamed @7 x"),
    (WindowPaneChanged(ELSEWHERE, "x", PaneId(4)), "%window-pane-changed @7 %4"),
    (WindowPaneChanged(HERE, "one", PaneId(4)), "%window-pane-changed @0 %0"),
    (WindowLayoutChanged(HERE, "one"), "%layout-change @0 ae5d,80x23,0,0,0 ae5d,80x23,0,0,0 *"),
    (WindowLayoutChanged(ELSEWHERE, "x"), None),
    (SessionRenamed(SESSION, "then"), "%session-renamed $0 work"),
    (SessionRenamed(SessionId(9), "then"), "%session-renamed $9 then"),
    (SessionClosed(SESSION, "work"), "%sessions-changed"),
    (SessionWindowChanged(SESSION, "work", ELSEWHERE), "%session-window-changed $0 @0"),
    (SessionWindowChanged(SessionId(9), "x", ELSEWHERE), "%session-window-changed $9 @7"),
    (PaneModeChanged(PaneId(4)), "%pane-mode-changed %4"),
    (ClientSessionChanged(ClientId(0), "me", SESSION), "%session-changed $0 work"),
    (ClientSessionChanged(ClientId(9), "you", SESSION), "%client-session-changed you $0 work"),
    (ClientSessionChanged(ClientId(9), "you", SessionId(9)), None),
    (ClientDetached(ClientId(9), "you"), "%client-detached you"),
    (ClientDetached(ClientId(0), "me"), None),
    (AlertBell(*LINK, HERE, "one"), None),
]


@pytest.mark.parametrize(("event", "line"), NEWS, ids=lambda value: type(value).__name__)
def test_news_are_written_as_tmux_writes_them(
    listener: Listener, event: Event, line: str | None
) -> None:
    assert notification(event, listener) == line


def test_who_has_left_its_session_hears_of_no_windows(listener: Listener) -> None:
    listener.client.session = None
    assert notification(WindowLinked(*LINK, HERE, "one"), listener) is None
    assert notification(WindowRenamed(HERE, "x"), listener) is None
    assert notification(WindowLayoutChanged(HERE, "one"), listener) is None
    assert notification(SessionClosed(SESSION, "work"), listener) == "%sessions-changed"


def test_a_subscription_is_told_once_for_every_value() -> None:
    world: World = make_world()
    client = world.client()
    client.control = Control()
    watched = Subscription("name", Scope.WINDOW, 0, "#{window_name}")
    client.control.subscriptions["name"] = watched
    listener = Listener(client, world.state, world.effects)
    assert list(changed_subscriptions(listener)) == ["%subscription-changed name $0 @0 0 - : one"]
    assert list(changed_subscriptions(listener)) == []
    world.window.name = "two"
    assert list(changed_subscriptions(listener)) == ["%subscription-changed name $0 @0 0 - : two"]
    del world.session.links[0]
    assert list(changed_subscriptions(listener)) == []
    assert watched.values == {}
