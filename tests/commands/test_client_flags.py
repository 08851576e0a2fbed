"""The flags of `-f`: what they set, and what they cannot take back."""

from __future__ import annotations

import pytest

from aimux.commands.client_flags import flag_names, set_flags
from aimux.model.client import Client
from aimux.model.control import Control
from tests.server.world import make_world

ALWAYS = ["attached", "focused"]


@pytest.fixture
def client() -> Client:
    return make_world().client()


def flags(client: Client) -> list[str]:
    """What is on beside what always is."""
    return [name for name in flag_names(client) if name not in (*ALWAYS, "UTF-8")]


def test_flags_are_shown_in_tmuxs_order(client: Client) -> None:
    client.control = Control()
    set_flags(client, "active-pane,read-only,pause-after=5,wait-exit,no-output,ignore-size")
    assert flag_names(client) == [
        *ALWAYS,
        "control-mode",
        "ignore-size",
        "no-output",
        "wait-exit",
        "pause-after=5",
        "read-only",
        "active-pane",
        "UTF-8",
    ]


def test_a_mark_takes_flags_back_but_for_read_only(client: Client) -> None:
    client.control = Control()
    set_flags(client, "ignore-size,active-pane,pause-after,read-only,no-output")
    set_flags(client, "!ignore-size,!active-pane,!pause-after,!read-only,!no-output")
    assert flags(client) == ["control-mode", "read-only"]


def test_a_client_with_a_screen_has_no_flags_of_control_mode(client: Client) -> None:
    set_flags(client, "no-output,wait-exit,pause-after=1,nosuch,,read-only")
    assert flags(client) == ["read-only"]


def test_without_a_text_nothing_changes(client: Client) -> None:
    set_flags(client, None)
    assert flags(client) == []
