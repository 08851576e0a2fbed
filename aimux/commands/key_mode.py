"""A mode that takes keys itself, as choosers and the clock do; copy mode has key tables instead."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable

from msgspec import Struct

from aimux.commands.command import Source
from aimux.model.client import Client
from aimux.model.pane import Pane
from aimux.model.prompt import Prompt
from aimux.model.state import State


class Stroke(Struct, frozen=True):
    """A key in a mode.

    Attributes:
        name: The key's canonical name; of the mouse, too.
        source: Who pressed it; its `mouse` is where the mouse was.
        typed: Whether a person pressed it, and not `send-keys`.
    """

    name: str
    source: Source
    typed: bool = False

    def place_in(self, pane: Pane) -> tuple[int, int] | None:
        """Column and row of the mouse in a pane; None if it is not there, or no mouse."""
        mouse = self.source.mouse
        if mouse is None or mouse.pane is not pane:
            return None
        return mouse.column, mouse.row


class KeyMode(ABC):
    """Covers a pane and takes its keys; satisfies `aimux.model.pane.Mode`.

    Attributes:
        name: As `#{pane_mode}` shows it.
        key_table: Empty: its keys are bound in no table of its own.
    """

    name: str
    key_table: str = ""

    @abstractmethod
    def key(self, stroke: Stroke) -> None:
        """Take a key that no table binds; it may end the mode."""

    @abstractmethod
    def rows(self, *, columns: int, rows: int, depth: int) -> list[str]:
        """ANSI text of every row, each of exactly `columns` cells."""

    def cursor(self) -> tuple[int, int] | None:
        """Such a mode has no cursor."""
        return None

    @property
    @abstractmethod
    def version(self) -> int:
        """Changes whenever `rows` would give something else for the same size."""

    @abstractmethod
    def refresh(self) -> None:
        """What it shows may have changed."""

    @abstractmethod
    def closed(self) -> None:
        """It has been taken off the pane."""


def ask(  # noqa: PLR0913  # a prompt has many sides
    state: State,
    client: Client | None,
    label: str,
    answered: Callable[[str], None],
    *,
    text: str = "",
    single: bool = False,
    kind: str = "command",
) -> None:
    """Open a prompt on a client; without one, or while one is open there, nothing happens.

    Args:
        state: Has the history of prompts.
        client: Where it is opened.
        label: What stands before the answer.
        answered: Called with the answer, which may be empty; not if the prompt is given up.
        text: What stands in the prompt at first.
        single: The first key answers.
        kind: Which prompts share its history.
    """
    if client is None or client.prompt is not None:
        return

    def answer(given: str | None) -> None:
        client.prompt = None
        if given is not None:
            answered(given)

    client.prompt = Prompt(
        label=label,
        answer=answer,
        text=text,
        cursor=len(text),
        single=single,
        history=state.prompt_history.setdefault(kind, []),
    )
