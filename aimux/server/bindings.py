"""Runs commands that a person asked for by a key, the mouse or a prompt, each in its own queue."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from aimux.commands.build import Language
from aimux.commands.command import Source
from aimux.commands.effects import Effects
from aimux.commands.queue import Queue, require_permission
from aimux.commands.targets import Target
from aimux.errors import CommandError
from aimux.model.command_list import CommandBlock
from aimux.model.state import State
from aimux.server.one_shots import OUR_FAULT
from aimux.server.supervision import guarded


class Bindings:
    """What runs them. Every error is told to who asked, none is raised.

    Args:
        settle: Called when something that is drawn may have changed.
    """

    def __init__(
        self, state: State, effects: Effects, language: Language, *, settle: Callable[[], None]
    ) -> None:
        self._state = state
        self._effects = effects
        self._language = language
        self._settle = settle

    def run(self, block: CommandBlock, source: Source, current: Target | None = None) -> None:
        """Run commands that were read before."""
        queue = Queue(self._state, self._effects, self._language, idle=self._settle)
        try:
            if source.client is not None:
                require_permission(source.client, block)
            queue.append(block, source, current)
        except CommandError as error:
            source.requester.error(str(error))
        guarded("a binding", queue.run, failed=lambda: source.requester.error(OUR_FAULT))()

    def run_text(self, text: str, source: Source, current: Target | None = None) -> None:
        """Read commands, and run them unless one of them is wrong."""
        try:
            block = self._language.read_string(text)
        except CommandError as error:
            source.requester.error(str(error))
            return
        self.run(block, source, current)

    def run_words(self, words: Sequence[str], source: Source) -> None:
        """Run the command of these words. Raises CommandError if there is no such."""
        self.run(self._language.read_words(words), source)
