"""Waiting for something to stand in the store: asked once, and again after every change."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from aimux.commands.callers import is_gone
from aimux.commands.command import Call
from aimux.errors import StoreError
from aimux.persist.store import Store

GAVE_UP = 124
"""What timeout(1) exits with."""

Answer = TypeVar("Answer")


class StoreWait(Generic[Answer]):
    """One command that waits for the store.

    Args:
        call: Who waits; the queue is held back until the end.
        question: Reads the store, in another thread.
        heard: Told of each answer; True ends the wait.
    """

    def __init__(
        self,
        call: Call,
        question: Callable[[Store], Answer],
        heard: Callable[[Answer], bool],
    ) -> None:
        self._call = call
        self._question = question
        self._heard = heard
        self._asking = self._again = self._over = False
        self._release = call.queue.wait()

    def start(self, topics: Sequence[str], seconds: float | None) -> None:
        """Wait for one of the topics, at most so long. Raises CommandError: too many wait."""
        try:
            self._call.effects.exchange.watch(topics, self.look_again)
        except BaseException:
            self.end()
            raise
        if seconds is not None:
            self._call.effects.after(seconds, lambda: self.end(GAVE_UP))
        self._ask()

    def look_again(self) -> bool:
        """Ask once more, as after a change, unless it is over; whether it is."""
        if not self._over and is_gone(self._call):
            self.end()
        if not self._over:
            self._ask()
        return self._over

    def _ask(self) -> None:
        """Ask, unless a question is on its way: then once more after that."""
        self._again = self._asking
        if not self._asking:
            self._asking = True
            self._call.effects.records.ask(self.question(), self._answered)

    def question(self) -> Callable[[Store], Answer]:
        """What the store is asked; made anew each time, in the loop's thread."""
        return self._question

    def _answered(self, answer: Answer | StoreError) -> None:
        self._asking = False
        if self._over:
            return
        if isinstance(answer, StoreError):
            self._call.source.requester.error(str(answer))
            self.end()
        elif is_gone(self._call) or self._heard(answer):
            self.end()
        elif self._again:
            self._ask()

    @property
    def is_over(self) -> bool:
        """Whether it waits no more."""
        return self._over

    def end(self, status: int = 0) -> None:
        """Let the queue go on, once."""
        if not self._over:
            self._over = True
            if status:
                self._call.source.requester.fail(status)
            self._release()
