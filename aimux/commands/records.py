"""What commands ask of the world about what ran. The server does it; see `effects`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol, TypeVar

from msgspec import Struct

from aimux.errors import StoreError
from aimux.model.client import Client
from aimux.model.command_list import BoundCommand
from aimux.model.pane import Pane
from aimux.observe.suggestions import Suggestion
from aimux.persist.store import Store
from aimux.semantic.output import Ran

Answer = TypeVar("Answer")


class News(Struct, frozen=True):
    """Something happened in a pane.

    Attributes:
        finished: The command that has ended, its output read.
        is_gone: The pane's program has ended, or the pane was closed; nothing more will come.
        exit_status: How the program ended, if it has; 128 and the signal where one killed it.
    """

    finished: Ran | None = None
    is_gone: bool = False
    exit_status: int | None = None


class Requested(Struct, frozen=True):
    """A command that has run.

    Attributes:
        command: It, with its arguments.
        client: Who asked; None for a configuration file or a hook.
        pane: The pane that the asker says that it is in.
        in_hook: A hook ran it.
        failed: It gave an error.
    """

    command: BoundCommand
    client: Client | None
    pane: Pane | None
    in_hook: bool
    failed: bool


Watcher = Callable[[News], bool]
"""Told what happens until it returns True. News without anything in it: the pane printed."""


class Records(Protocol):
    """What ran, and the store."""

    def of(self, pane: Pane) -> Sequence[Ran]:
        """The newest commands of a pane, oldest first; the last may still run."""
        ...

    def with_output(self, pane: Pane) -> Sequence[Ran]:
        """The same; one that runs has the output that has left the screen."""
        ...

    def last(self, pane: Pane) -> Ran | None:
        """The newest command of a pane that has ended; None if none has."""
        ...

    def last_text(self, pane: Pane) -> str:
        """The line of the newest command of a pane that has ended; "" if none is known."""
        ...

    def watch(self, pane: Pane, watcher: Watcher) -> None:
        """Tell a watcher what happens in a pane. Raises CommandError if there are too many."""
        ...

    def is_at_prompt(self, pane: Pane) -> bool:
        """Whether the pane's own shell has said that it waits for a command line."""
        ...

    def typed(self, pane: Pane) -> str | None:
        """What stands at the pane's prompt up to the cursor.

        None: its shell does not say where its prompt ends (fish).
        """
        ...

    def agent_state(self, pane: Pane) -> str:
        """The state of the agent in a pane; empty where there is none."""
        ...

    def agent_name(self, pane: Pane) -> str:
        """The agent in a pane; empty where there is none."""
        ...

    def person_typed(self, pane: Pane, data: bytes) -> None:
        """A person typed a key into a pane, whose agent may work or ask something."""
        ...

    def person_answered(self, pane: Pane, answer: str) -> None:
        """A person answered what the agent in a pane asks, by the key of an answer."""
        ...

    def asked_by(self, pane: Pane, agent: str) -> None:
        """An agent asked for the next command of a pane; empty: a person did."""
        ...

    def suggest(
        self, pane: Pane, done: Callable[[Sequence[Suggestion] | StoreError], None]
    ) -> None:
        """Call `done`, in a later turn of the loop, with what is suggested after the last one."""
        ...

    def requested(self, request: Requested) -> None:
        """A command has run: keep it in the audit, if it may have changed something."""
        ...

    def ask(
        self, question: Callable[[Store], Answer], done: Callable[[Answer | StoreError], None]
    ) -> None:
        """Ask the store, and call `done` in a later turn of the loop."""
        ...

    def change(
        self, work: Callable[[Store], Answer], done: Callable[[Answer | StoreError], None]
    ) -> None:
        """Run a transaction, and call `done` in a later turn of the loop."""
        ...
