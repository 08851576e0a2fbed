"""Targets: what tmux 3.3a finds for a text, and what it says where it finds nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from aimux.commands.targets import Current, Kind, MousePlace, Target, find, find_client
from aimux.errors import CommandError
from aimux.ids import ClientId, PaneId, SessionId
from aimux.model.client import Client
from aimux.model.mark import Mark
from aimux.model.state import State
from tests.real_tmux import RealTmux
from tests.tmux_state import add_pane, empty_state, session_of, state_of

COLUMNS, ROWS = 80, 24
FOUND = "#{session_id}:#{window_id}.#{pane_id}"
SET_UP = (
    "rename-session -t work alpha",
    "rename-window -t alpha:0 main",
    "split-window -t alpha:0 -h cat",
    "split-window -t alpha:0 cat",
    "split-window -t alpha:0.0 cat",
    "select-pane -t alpha:0.3",
    "select-pane -t alpha:0.1",
    "new-window -t alpha:3 -n main2 cat",
    "new-window -t alpha:7 -n logs cat",
    "split-window -t alpha:7 cat",
    "new-window -t alpha:12 -n 3 cat",
    "new-window -t alpha:13 -n twin cat",
    "new-window -t alpha:14 -n twin cat",
    "select-window -t alpha:7",
    "select-window -t alpha:3",
    "new-session -d -s alphabet -n one -x 80 -y 24 cat",
    "new-window -t alphabet:5 -n main cat",
    "new-session -d -s beta -n [x] -x 80 -y 24 cat",
    "link-window -s alpha:7 -t beta:9",
    "new-session -d -s 42 -n -dash -x 80 -y 24 cat",
    "new-session -d -s work -n main -x 80 -y 24 cat",
    "split-window -t work:0 -h cat",
    "new-window -t work:4 -n other cat",
    "select-window -t work:0",
    "select-pane -t work:0.1",
)

# When the panes of alpha:0 were selected in SET_UP, counted on from when they were made.
SELECTED = {3: 101, 1: 102}

NAMES = (
    "",
    *(
        "alpha",
        "alphab",
        "alph",
        "bet",
        "b*",
        "*a",
        "al*t",
        "=alpha",
        "=alph",
        "nothing",
        "$0",
        "$1",
    ),
    *("$9", "$x", "42", "4", "work", "wor?", "[ab]*", "[^ab]*", r"\*", "=", "==", "~", "{marked}"),
    *("main", "ma", "m*", "other", "o", "=other", "=oth", "twin", "3", "0", "4", "12", "@0", "@1"),
    *("@99", "@x", "^", "$", "!", "+", "-", "+1", "+5", "-1", "+x", "-0", "{start}", "{end}"),
    *("{last}", "{next}", "{previous}", "{top}", "{bottom}", "{left}", "{right}", "{top-left}"),
    *("{bottom-right}", "{up-of}", "{down-of}", "{left-of}", "{right-of}", "top", "TOP", "left"),
    *("%0", "%3", "%99", "%x", "1", "9", " 1", "1 ", "-dash", "[x]", "[[]x]", "{mouse}"),
)
PLACES = (
    *("alpha:", "alpha:0", "alpha:7", "alpha:main", "alpha:ma", "alpha:main2", "alpha:3"),
    *("alpha:=3", "alpha:=mai", "alpha:twin", "alpha:9", "alpha:^", "alpha:$", "alpha:!"),
    *("alpha:+", "alpha:-", "alpha:+2", "alpha:-4", "alpha:@0", "alpha:@5", "alpha:{end}"),
    *("alpha:0.0", "alpha:0.3", "alpha:0.9", "alpha:0.!", "alpha:0.+", "alpha:0.-", "alpha:.0"),
    *("alpha:0.{top-right}", "alpha:0.{bottom}", "alpha:0.top-left", "alpha:0.{last}"),
    *("alpha:0.%1", "alpha:0.%7", "alpha:.%7", "alpha:.", "alpha:0.", "alpha.0", "alph:0"),
    *("=alpha:0.1", "=alph:0", "beta:9", "beta:9.1", "beta:@2", "beta:main", "beta:[x]"),
    *("nothing:0", "nothing:", ":", ":0", ":0.1", ":main", ":.0", ":.1", ".", ".0", ".1", ".!"),
    *(".+", ".-", ".+3", ".{left}", ".{right-of}", ".%1", "0.0", "0.1", "main.1", "4.0", "other.5"),
    *(
        "$0:3",
        "$0:0.1",
        "$0.1",
        "@0.1",
        "@0.9",
        "42:",
        "42:0",
        "42:-dash",
        "work:0.0",
        "::",
        "a:b:c",
    ),
    *("alpha:0.1.2", "{last}.0", "!.0", "^.0", "alpha:{start}.{bottom-right}", "alphabet:m"),
)
TARGETS = NAMES + PLACES


@dataclass
class World:
    tmux: RealTmux
    state: State


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    tmux = RealTmux(tmp_path_factory.mktemp("targets") / Path("tmux"))
    tmux.start(columns=COLUMNS, rows=ROWS)
    for line in SET_UP:
        tmux(*line.split())
    state = state_of(tmux)
    for pane, point in SELECTED.items():
        state.panes[PaneId(pane)].active_point = point
    yield World(tmux, state)
    tmux.close()


def found(target: Target) -> str:
    assert target.session is not None
    assert target.window is not None
    assert target.pane is not None
    return f"${target.session.id}:@{target.window.id}.%{target.pane.id}"


def answer(state: State, text: str, kind: Kind) -> str:
    try:
        return found(find(state, text, kind, Current()))
    except CommandError as error:
        return str(error)


@pytest.mark.parametrize("text", TARGETS)
def test_a_pane_is_found_as_by_tmux(world: World, text: str) -> None:
    status, output = world.tmux.run("capture-pane", "-p", "-t", text)
    if status == 0:
        output = world.tmux("display-message", "-p", "-t", text, FOUND)
    assert answer(world.state, text, Kind.PANE) == output


@pytest.mark.parametrize("text", TARGETS)
def test_a_window_is_found_as_by_tmux(world: World, text: str) -> None:
    status, output = world.tmux.run("list-panes", "-t", text, "-F", "#{session_id}:#{window_id}")
    ours = answer(world.state, text, Kind.WINDOW)
    if status == 0:
        output, ours = output.split("\n")[0], ours.partition(".")[0]
    assert ours == output


@pytest.mark.parametrize("text", TARGETS)
def test_a_session_is_found_as_by_tmux(world: World, text: str) -> None:
    status, output = world.tmux.run("list-windows", "-t", text, "-F", "#{session_id}")
    ours = answer(world.state, text, Kind.SESSION)
    if status == 0:
        output, ours = output.split("\n")[0], ours.partition(":")[0]
    assert ours == output


INDEXES = (
    "alpha:",
    "alpha:5",
    "alpha:+",
    "alpha:+3",
    "alpha:-2",
    "alpha:main.1",
    "beta:0",
    "99",
    ":8",
)


@pytest.mark.parametrize("text", INDEXES)
def test_an_index_for_a_window_is_found_as_by_tmux(world: World, text: str) -> None:
    template = "#{session_id}:#{window_index}"
    status, output = world.tmux.run("new-window", "-d", "-t", text, "-P", "-F", template, "cat")
    if output.startswith("can't"):
        with pytest.raises(CommandError) as caught:
            find(world.state, text, Kind.WINDOW, Current(), window_index=True)
        assert str(caught.value) == output
        return
    target = find(world.state, text, Kind.WINDOW, Current(), window_index=True)
    assert target.session is not None
    index = target.session.free_index(0) if target.index is None else target.index
    if status == 0:
        world.tmux("kill-window", "-t", output)
        assert f"${target.session.id}:{index}" == output
    else:
        assert output == f"create window failed: index {index} in use"


def test_without_a_session_there_is_no_target() -> None:
    assert answer(empty_state(), "", Kind.PANE) == "no current target"


def test_the_session_of_an_attached_client_is_current(world: World) -> None:
    state = world.state
    client = Client(ClientId(0), "/dev/pts/9", 0, 0, 0, session=state.sessions[SessionId(2)])
    target = find(state, None, Kind.PANE, Current(client=client))
    assert target.session is state.sessions[SessionId(2)]


def test_a_pane_that_commands_are_typed_in_decides_without_a_client(world: World) -> None:
    state = world.state
    target = find(state, "", Kind.PANE, Current(pane=state.panes[PaneId(0)]))
    # As in tmux it is the session that counts: its current window, and the active pane there.
    assert found(target) == found(Target.of_session(state.sessions[SessionId(0)]))


def test_sessions_without_clients_are_preferred_if_asked_for() -> None:
    state = empty_state()
    common = dict.fromkeys(("window_index", "pane_left", "pane_top", "pane_last"), "0")
    common |= dict.fromkeys(("window_width", "pane_width", "pane_height"), "80")
    common |= {"window_height": "80", "window_name": "w", "window_active": "1", "pane_active": "1"}
    for number in "01":
        fields = common | {"session_id": f"${number}", "session_name": number}
        fields |= {"window_id": f"@{number}", "pane_id": f"%{number}"}
        add_pane(state, session_of(state, fields), fields)
    client = Client(ClientId(0), "/dev/pts/9", 0, 0, 0, session=state.sessions[SessionId(1)])
    state.clients[client.id] = client
    assert find(state, "", Kind.PANE, Current()).session is state.sessions[SessionId(1)]
    free = find(state, "", Kind.PANE, Current(), prefer_unattached=True)
    assert free.session is state.sessions[SessionId(0)]
    assert find(state, "pts/9", Kind.SESSION, Current()).session is client.session
    assert find_client(state, "/dev/pts/9:", Current()) is client
    assert find_client(state, None, Current()) is client
    with pytest.raises(CommandError, match=r"^can't find client: pts/8$"):
        find_client(state, "pts/8", Current())


def test_the_marked_pane_and_the_mouse_are_targets(world: World) -> None:
    state = world.state
    marked = state.panes[PaneId(2)]
    around = next(state.links_of(state.window_of(marked)))
    state.mark = Mark(*around, marked)
    try:
        assert state.marked is marked
        assert find(state, "~", Kind.PANE, Current()).pane is state.marked
        assert find(state, None, Kind.PANE, Current(marked=True)).pane is state.marked
    finally:
        state.mark = None
    session = state.sessions[SessionId(0)]
    link = session.links[0]
    mouse = MousePlace(1, 1, session, link, state.panes[PaneId(1)])
    assert find(state, "=", Kind.PANE, Current(mouse=mouse)).pane is state.panes[PaneId(1)]
    assert find(state, "{mouse}", Kind.WINDOW, Current(mouse=mouse)).link is link
