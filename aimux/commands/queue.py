"""The command queue: commands of one requester, one after another.

An error ends the group that it happened in (a line of a file, a whole command line) and the queue
goes on with the next. A command may hold the queue back until something has happened.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

from aimux.commands.build import Language, located
from aimux.commands.command import Call, Source
from aimux.commands.effects import Effects
from aimux.commands.table import COMMANDS
from aimux.commands.targets import Target
from aimux.errors import CommandError, SpawnError
from aimux.model.command_list import BoundCommand, CommandBlock, print_command
from aimux.model.state import State

MAX_ITEMS = 10_000


@dataclass(frozen=True, slots=True)
class Item:
    """A command to run; items of one group share `group`."""

    command: BoundCommand
    source: Source
    group: object


class Queue:
    """The commands of one requester.

    Args:
        language: Reads the strings that commands are given.
        idle: Called each time that the queue has run empty.
    """

    def __init__(
        self, state: State, effects: Effects, language: Language, *, idle: Callable[[], None]
    ) -> None:
        self.language = language
        self.failed = False
        self.current: Target | None = None
        self._state = state
        self._effects = effects
        self._idle = idle
        self._items: deque[Item] = deque()
        self._inserted: list[Item] = []
        self._waits = 0
        self._running = False

    def append(self, block: CommandBlock, source: Source) -> None:
        """Run these after what is there. Raises CommandError, and runs none, if it is too much."""
        self._items.extend(items_of(block, source))
        self._check_length()

    def insert(self, block: CommandBlock, source: Source) -> None:
        """Run these before what is there."""
        items = items_of(block, source)
        if self._running:
            self._inserted.extend(items)
        else:
            self._items.extendleft(reversed(items))
        self._check_length()

    def _check_length(self) -> None:
        if len(self._items) + len(self._inserted) > MAX_ITEMS:
            self._items.clear()
            self._inserted.clear()
            raise CommandError("too many commands")

    def wait(self) -> Callable[[], None]:
        """Hold the queue back; the returned function lets it go on. It may be called once."""
        self._waits += 1
        released = False

        def release() -> None:
            nonlocal released
            if not released:
                released = True
                self._waits -= 1
                self.run()

        return release

    def run(self) -> None:
        """Run until nothing is left or a command waits."""
        if self._running:
            return
        self._running = True
        try:
            while self._items and not self._waits:
                self._step(self._items.popleft())
        finally:
            self._running = False
        if not self._items and not self._waits:
            self._idle()

    def _step(self, item: Item) -> None:
        command = item.command
        call = Call(
            COMMANDS[command.name],
            command.arguments,
            self._state,
            self._effects,
            item.source,
            self,
        )
        self._log(item)
        try:
            run_command(call)
        except (CommandError, SpawnError) as error:
            self.failed = True
            item.source.requester.error(_located(item, str(error)))
            self._items = deque(one for one in self._items if one.group is not item.group)
        self._items.extendleft(reversed(self._inserted))
        self._inserted.clear()

    def _log(self, item: Item) -> None:
        """Note what a client runs, for show-messages."""
        source = item.source
        if source.client is not None:
            how = f"key {source.key}" if source.key else "command"
            text = f"{source.client.name} {how}: {print_command(item.command)}"
            self._state.messages.append((self._effects.now(), text))


def items_of(block: CommandBlock, source: Source) -> list[Item]:
    """The commands of a block, each with a mark of its group."""
    items = []
    for group in block.groups:
        mark = object()
        items += [Item(command, source, mark) for command in group]
    return items


def _located(item: Item, text: str) -> str:
    """An error with its place where nobody waits for it: in the configuration at the start."""
    command = item.command
    if item.source.client is None and command.source:
        return located(text, command.source, command.line)
    return text


def run_command(call: Call) -> None:
    """Run one command. Raises CommandError for one, or for a flag, that this version lacks."""
    command = call.command
    if command.run is None:
        raise CommandError(f"command not supported yet: {command.name}")
    for flag in (*command.unsupported, *command.later):
        if call.arguments.has(flag):
            raise CommandError(f"command {command.name}: flag not supported yet: -{flag}")
    command.run(call)
