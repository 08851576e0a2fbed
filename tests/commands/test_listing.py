"""show-messages where no client is attached: later versions of tmux answer."""

from __future__ import annotations

import pytest

from tests.commands.test_overlays import Desk


@pytest.fixture
def desk() -> Desk:
    desk = Desk()
    desk.world.state.clients.clear()
    desk.world.state.messages.append((0.0, "a message"))
    return desk


@pytest.mark.parametrize(("flags", "said"), [("-J", []), ("-T", []), ("", ["a message"])])
def test_messages_are_shown_without_a_client_by_later_versions(
    desk: Desk, flags: str, said: list[str]
) -> None:
    desk.run(f"set-option -s tmux-version 3.7c ; show-messages {flags}", client=None)
    assert [line.partition(" ")[2] for line in desk.asker.said] == said


def test_a_client_that_is_named_has_to_be_there(desk: Desk) -> None:
    desk.run("set-option -s tmux-version 3.7c ; show-messages -t nobody", client=None)
    assert desk.asker.said == ["can't find client: nobody"]


def test_tmux_3_3a_needs_a_client(desk: Desk) -> None:
    desk.run("set-option -s tmux-version 3.3a ; show-messages -J", client=None)
    assert desk.asker.said == ["no current client"]
