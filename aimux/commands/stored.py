"""Commands whose answer comes from the store: they hold their queue back until it is there."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TypeVar

from aimux.commands.command import Call
from aimux.errors import CommandError, StoreError
from aimux.persist.store import Store

Answer = TypeVar("Answer")


def answered(
    call: Call,
    work: Callable[[Store], Answer],
    tell: Callable[[Call, Answer], None],
    *,
    changes: bool = False,
) -> None:
    """Hold the queue until the store has answered, then print that, or why there is none.

    Args:
        call: Who asks.
        work: What the store is asked; a CommandError undoes all of it.
        tell: Prints the answer. It may raise CommandError.
        changes: Whether the work writes.
    """
    records = call.effects.records
    give = records.change if changes else records.ask
    answered_by(call, partial(give, work), tell)


def answered_by(
    call: Call,
    ask: Callable[[Callable[[Answer | StoreError], None]], None],
    tell: Callable[[Call, Answer], None],
) -> None:
    """The same, of whoever is asked: `ask` is given what is to be called with the answer."""
    release = call.queue.wait()

    def done(answer: Answer | StoreError) -> None:
        if isinstance(answer, StoreError):
            call.source.requester.error(str(answer))
        else:
            _told(call, answer, tell)
        release()

    ask(done)


def _told(call: Call, answer: Answer, tell: Callable[[Call, Answer], None]) -> None:
    try:
        tell(call, answer)
    except CommandError as error:
        call.source.requester.error(str(error))
