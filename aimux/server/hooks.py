"""Runs the hooks of events: a queue of their own, beside those of the people who ask."""

from __future__ import annotations

import logging
from collections.abc import Callable

from aimux.commands.build import Language
from aimux.commands.command import Source
from aimux.commands.effects import Effects
from aimux.commands.hooks import hook_of, place_of
from aimux.commands.queue import Queue
from aimux.commands.targets import Target
from aimux.errors import CommandError
from aimux.events import Event
from aimux.model.state import State
from aimux.server.requesters import ConfigRequester

log = logging.getLogger(__name__)


class HookRequester:
    """Nobody waits for a hook: what it prints is dropped, its errors are kept as a file's are.

    Args:
        errors: Shows them to the first person who comes.
    """

    def __init__(self, errors: ConfigRequester) -> None:
        self._errors = errors

    def output(self, text: str) -> None:
        """Nothing, as in tmux."""

    def raw(self, text: str) -> None:
        """Nothing, as in tmux."""

    def error(self, text: str) -> None:
        """Keep an error."""
        self._errors.error(text)

    def fail(self, status: int) -> None:
        """A hook has no exit status."""


class Hooks:
    """The hooks of one server.

    Args:
        later: Calls an action once what runs now has returned.
        settle: Called when something that is drawn may have changed.
    """

    def __init__(
        self,
        state: State,
        effects: Effects,
        language: Language,
        requester: HookRequester,
        *,
        later: Callable[[Callable[[], None]], None],
        settle: Callable[[], None],
    ) -> None:
        self._state = state
        self._requester = requester
        self._later = later
        self._due = False
        self._stopped = False
        self._happened: list[tuple[Event, Target | None]] = []
        self._queue = Queue(state, effects, language, idle=settle)

    def happened(self, event: Event) -> None:
        """Queue an event's hook; what a hook's own command does at this moment runs none."""
        if self._queue.running or self._stopped or not event.hook:
            return
        self._happened.append((event, place_of(self._state, event)))
        self._run_soon()

    def _queue_hook(self, event: Event, place: Target | None) -> None:
        hook = hook_of(self._state, event, place)
        if hook is None:
            return
        source = Source(self._requester, formats=hook.formats, in_hook=True)
        try:
            for block in hook.blocks:
                self._queue.append(block, source, hook.place)
        except CommandError as error:
            log.warning("hook %s: %s", event.hook, error)

    def stop(self) -> None:
        """Run what is queued as far as that goes at once, and nothing after that."""
        self._stopped = True
        self._run_queue()

    def _run_soon(self) -> None:
        if not self._due:
            self._due = True
            self._later(self._run)

    def _run(self) -> None:
        self._due = False
        if not self._stopped:
            self._run_queue()

    def _run_queue(self) -> None:
        happened, self._happened = self._happened, []
        for event, place in happened:
            self._queue_hook(event, place)
        self._queue.run()
