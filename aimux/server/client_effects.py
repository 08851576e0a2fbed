"""Attached clients, for commands: shown a session, detached, locked, redrawn, asked for things."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from aimux.commands.command import Source
from aimux.commands.effects import NO_WISH, LastWish
from aimux.commands.sizes import fit_windows
from aimux.commands.targets import MousePlace, Target
from aimux.keys.mouse import MouseEvent
from aimux.model.client import Client
from aimux.model.command_list import CommandBlock
from aimux.model.session import Session
from aimux.server.attachment import Attachment
from aimux.server.collector import collect_everything
from aimux.server.host import HostEffects
from aimux.server.supervision import guarded
from aimux.styles.draw import StyleRange

COLLECT_SECONDS = 1.0


class ClientEffects(HostEffects):
    """The effects that concern clients. One that shows no session is asked in vain."""

    def _attachment(self, client: Client) -> Attachment | None:
        attached = self._host.clients.of(client)
        return attached.attachment if attached is not None else None

    # ---- coming and going ----

    def attach(self, client: Client, session: Session) -> None:
        """Show a session, which is set already, on a client whose request runs now."""
        if client.control is not None:
            self._host.controls.attached(client)
            fit_windows(self._state)
            return
        guard = self._host.one_shots.guard_of(client)
        attached = self._host.clients.attach(client, guard)
        # Not once the queue is empty: a command behind this one may hold it back, as prompts do.
        loop = asyncio.get_running_loop()
        loop.call_soon(guarded("attaching", attached.introduce))
        fit_windows(self._state)
        self._host.config.show(self._state, session)

    def detach(self, client: Client, message: str, wish: LastWish = NO_WISH) -> None:
        """Take a client's session away; its guard prints the message."""
        attached = self._host.clients.detach(client, message, wish)
        self._host.controls.leave(client)
        self._state.clients.pop(client.id, None)
        if attached is not None:
            self._host.one_shots.forget(attached.guard)
            loop = asyncio.get_running_loop()
            loop.call_later(COLLECT_SECONDS, self._collect_unwatched)
        self._host.settle_soon()

    def _collect_unwatched(self) -> None:
        if len(self._host.clients) == 0:
            collect_everything()

    def suspend(self, client: Client) -> None:
        """Stop a client's process."""
        attachment = self._attachment(client)
        if attachment is not None:
            attachment.suspend()

    def lock(self, client: Client, command: str) -> None:
        """Let a command have a client's terminal."""
        attached = self._host.clients.of(client)
        if attached is not None:
            attached.lock(command)

    # ---- what they show ----

    def redraw(self, client: Client) -> None:
        """Send a client everything again."""
        attachment = self._attachment(client)
        if attachment is not None:
            attachment.refresh_all()

    def toggle_sidebar(self, client: Client) -> None:
        """Show or hide a client's sidebar."""
        attachment = self._attachment(client)
        if attachment is not None:
            attachment.toggle_sidebar()

    def focus_sidebar(self, client: Client, *, focused: bool) -> None:
        """Let a client's sidebar have its keys, or no longer."""
        attachment = self._attachment(client)
        if attachment is not None:
            attachment.focus_sidebar(focused=focused)

    def status_ranges(self, client: Client) -> tuple[StyleRange, ...]:
        """What the mouse means in a client's status line."""
        return self._host.clients.status_ranges(client)

    def open_link(self, client: Client, target: str) -> None:
        """Open a link where a client runs."""
        attachment = self._attachment(client)
        if attachment is not None:
            attachment.open_link(target)

    # ---- what they ask for ----

    def run_at(
        self,
        client: Client,
        commands: CommandBlock | str,
        *,
        current: Target,
        mouse: MousePlace | None,
        mouse_event: MouseEvent | None,
    ) -> None:
        """Run commands as if the person at a client had asked for them."""
        attached = self._host.clients.of(client)
        if attached is None:
            return
        source = Source(attached.requester, client=client, mouse=mouse, mouse_event=mouse_event)
        bindings = self._host.bindings
        if isinstance(commands, str):
            bindings.run_text(commands, source, current)
        else:
            bindings.run(commands, source, current)

    def press(self, client: Client, keys: Sequence[str]) -> None:
        """Press keys at a client."""

        def press_all() -> None:
            for key in keys:
                self._press(client, key)

        self.after(0, press_all)

    def _press(self, client: Client, key: str) -> None:
        attached = self._host.clients.of(client)
        if client.session is None:
            return
        if attached is not None:
            attached.press(key)
        else:
            self._host.controls.press(client, key)

    # ---- clipboards ----

    def set_clipboard(self, data: bytes, *, client: Client | None = None) -> None:
        """Offer data to a terminal's clipboard, or to all, unless `set-clipboard` is off."""
        if self._state.server_options.text("set-clipboard") == "off":
            return
        for attached in self._host.clients:
            if client in (None, attached.client):
                attached.attachment.offer_clipboard(data)

    def ask_clipboard(self, client: Client) -> None:
        """Ask a client's terminal for its clipboard."""
        attachment = self._attachment(client)
        if attachment is not None:
            attachment.ask_clipboard()
