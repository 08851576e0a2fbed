"""Waits after the prefix, and then shows which keys can follow."""

from __future__ import annotations

from aimux.commands.effects import Effects
from aimux.commands.which_key import hint_rows
from aimux.model.client import Client
from aimux.model.key_tables import Binding
from aimux.model.session import Session
from aimux.model.state import State

PREFIX_TABLE = "prefix"


class WhichKey:
    """The hints of one client, gone with its next key. Called as tmux there are none."""

    def __init__(self, state: State, effects: Effects, client: Client) -> None:
        self._state = state
        self._effects = effects
        self._client = client
        self._round = 0

    def begin(self, session: Session) -> None:
        """The prefix was pressed: wait for `which-key-delay`."""
        if self._client.as_tmux or not session.options.flag("which-key"):
            return
        self._round += 1
        number = self._round
        milliseconds = session.options.number("which-key-delay")
        self._effects.after(milliseconds / 1000, lambda: self._show(number))

    def end(self) -> bool:
        """A key was pressed; whether there was something to take away."""
        self._round += 1
        shown, self._client.hint = bool(self._client.hint), ()
        return shown

    def _show(self, number: int) -> None:
        client = self._client
        is_free = client.overlay is None and client.prompt is None
        if number != self._round or client.key_table != PREFIX_TABLE or not is_free:
            return
        bindings = self._state.key_tables.bindings(PREFIX_TABLE)
        client.hint = hint_rows(
            bindings,
            [binding for binding in bindings if self._is_own(binding)],
            columns=client.window_columns,
            chrome=self._state.theme.chrome,
        )

    def _is_own(self, binding: Binding) -> bool:
        return binding != self._state.key_tables.default(PREFIX_TABLE, binding.key)
