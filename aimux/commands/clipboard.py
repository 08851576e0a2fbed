"""Asking an outer terminal for its clipboard (`refresh-client -l`), and what is done with it."""

from __future__ import annotations

from base64 import b64encode

from aimux.commands.command import Call
from aimux.commands.effects import Effects
from aimux.commands.targets import Kind, find
from aimux.model.client import Client
from aimux.model.clipboard import MAX_CLIPBOARD, ClipboardQuestion
from aimux.model.state import State

QUESTION_SECONDS = 5.0
"""How long a terminal has to answer: tmux's TTY_QUERY_TIMEOUT."""


def ask_clipboard(call: Call, client: Client) -> None:
    """-l for a new buffer, -l pane for that pane's program.

    One question is open at a time: who asks meanwhile gets the same answer. Nothing is asked with
    `set-clipboard off`.

    Raises:
        CommandError: There is no such pane.
    """
    given = call.arguments.get("l")
    pane = find(call.state, given, Kind.PANE, call.current()).pane if given else None
    if call.state.server_options.text("set-clipboard") == "off" or client.control is not None:
        return
    question = client.clipboard_question
    if question is None:
        question = client.clipboard_question = ClipboardQuestion()
        call.effects.ask_clipboard(client)
        opened = question
        call.effects.after(QUESTION_SECONDS, lambda: _give_up(client, opened))
    if pane is None:
        question.to_buffer = True
    elif pane.id not in question.panes:
        question.panes.append(pane.id)


def _give_up(client: Client, question: ClipboardQuestion) -> None:
    if client.clipboard_question is question:
        client.clipboard_question = None


def take_clipboard(state: State, effects: Effects, client: Client, data: bytes) -> None:
    """A terminal told its clipboard: unasked, too late, or more than MAX_CLIPBOARD is dropped."""
    question, client.clipboard_question = client.clipboard_question, None
    if question is None or not data or len(data) > MAX_CLIPBOARD:
        return
    if question.to_buffer:
        state.buffers.add(data, now=effects.now())
    for identity in question.panes:
        pane = state.panes.get(identity)
        if pane is not None:
            effects.write(pane, b"\x1b]52;;" + b64encode(data) + b"\x1b\\")
