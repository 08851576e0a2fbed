"""The command queue: commands of one requester, one after another.

An error ends the group that it happened in (a line of a file, a whole command line) and the queue
goes on with the next. A command may hold the queue back until something has happened.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

from msgspec import Struct

from aimux.commands.build import Language, located
from aimux.commands.command import Call, Flags, Guards, Source, Unguarded
from aimux.commands.effects import Effects
from aimux.commands.hooks import run_after_hook
from aimux.commands.records import Requested
from aimux.commands.table import COMMANDS
from aimux.commands.targets import Target
from aimux.errors import CommandError, SpawnError
from aimux.model.client import Client
from aimux.model.command_list import BoundCommand, CommandBlock, print_command
from aimux.model.state import State

MAX_ITEMS = 10_000


@dataclass(slots=True)
class Standing:
    """What commands mean without a target; those that were given together share one."""

    target: Target | None = None


class Item(Struct, frozen=True):
    """A command to run; items of one group share `group`."""

    command: BoundCommand
    source: Source
    standing: Standing
    group: object


class Queue:
    """The commands of one requester.

    Args:
        language: Reads the strings that commands are given.
        idle: Called each time that the queue has run empty.
        guards: Told where each command begins and ends.
    """

    def __init__(
        self,
        state: State,
        effects: Effects,
        language: Language,
        *,
        idle: Callable[[], None],
        guards: Guards | None = None,
    ) -> None:
        self.language = language
        self.failed = False
        self._own = self._standing = Standing()
        self._state = state
        self._effects = effects
        self._idle = idle
        self._guards = guards or Unguarded()
        self._items: deque[Item] = deque()
        self._inserted: list[Item] = []
        self._waits = 0
        self._running = False

    @property
    def running(self) -> bool:
        """Whether a command runs at this moment."""
        return self._running

    @property
    def current(self) -> Target | None:
        """What the commands that run now mean without a target, if something made it so."""
        return self._standing.target

    @current.setter
    def current(self, target: Target | None) -> None:
        self._standing.target = target

    def append(self, block: CommandBlock, source: Source, place: Target | None = None) -> None:
        """Run these after what is there; without a target they mean `place`, if it is given.

        Raises:
            CommandError: It is too much; then nothing more runs at all.
        """
        self._own = Standing(place)
        self._items.extend(items_of(block, source, self._own))
        self._check_length()

    def insert(self, block: CommandBlock, source: Source) -> None:
        """Run these before what is there; they share what the last command's group means."""
        standing = self._standing if self._running else self._own
        self._insert(items_of(block, source, standing))

    def insert_hook(self, block: CommandBlock, source: Source, place: Target | None) -> None:
        """The same, with a current target of their own."""
        self._insert(items_of(block, source, Standing(place)))

    def _insert(self, items: list[Item]) -> None:
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
        if self._items and not self._waits:
            self._effects.look()  # what happened meanwhile is not the next command's doing
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
        self._standing = item.standing
        self._guards.begin(item.source)
        failed = True
        try:
            run_command(call)
            run_after_hook(call)
            failed = False
        except (CommandError, SpawnError) as error:
            self.failed = True
            item.source.requester.error(_located(item, str(error)))
            self._items = deque(one for one in self._items if one.group is not item.group)
        finally:
            self._guards.end(item.source, failed=failed)
            self._effects.records.requested(_requested(item, failed=failed))
        self._effects.look()
        self._items.extendleft(reversed(self._inserted))
        self._inserted.clear()

    def _log(self, item: Item) -> None:
        """Note what a client runs, for show-messages."""
        source = item.source
        if source.client is not None:
            how = f"key {source.key}" if source.key else "command"
            text = f"{source.client.name} {how}: {print_command(item.command)}"
            self._state.messages.append((self._effects.now(), text))


def _requested(item: Item, *, failed: bool) -> Requested:
    source = item.source
    return Requested(item.command, source.client, source.pane, source.in_hook, failed)


def require_permission(client: Client, block: CommandBlock) -> None:
    """Raise CommandError if a client may only look, and a command would do more."""
    if client.read_only and any(
        Flags.READ_ONLY not in COMMANDS[command.name].flags for command in block
    ):
        raise CommandError("client is read-only")


def items_of(block: CommandBlock, source: Source, standing: Standing) -> list[Item]:
    """The commands of a block, each with a mark of its group."""
    items = []
    for group in block.groups:
        mark = object()
        items += [Item(command, source, standing, mark) for command in group]
    return items


def _located(item: Item, text: str) -> str:
    """An error with its place where nobody waits for it: in the configuration at the start."""
    command = item.command
    if item.source.client is None and command.source:
        return located(text, command.source, command.line)
    return text


def run_command(call: Call) -> None:
    """Run one command. Raises CommandError for one that this version lacks."""
    command = call.command
    if command.run is None:
        raise CommandError(f"command not supported yet: {command.name}")
    command.run(call)
