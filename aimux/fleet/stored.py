"""The server's database, awaited."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Protocol, TypeVar

from aimux.errors import StoreError
from aimux.persist.store import Store

Answer = TypeVar("Answer")
Done = Callable[[Answer | StoreError], None]
Work = Callable[[Store], Answer]


class Storage(Protocol):
    """What is stored, and asked; `done` is called in a later turn of the loop."""

    def ask(self, question: Work[Answer], done: Done[Answer]) -> None:
        """Ask without writing."""
        ...

    def change(self, work: Work[Answer], done: Done[Answer] | None = None) -> None:
        """Run a transaction."""
        ...


def tell(done: Done[Answer], answer: Answer | StoreError) -> None:
    """Call `done` in a later turn of the loop, which is where its errors belong."""
    asyncio.get_running_loop().call_soon(done, answer)


async def asked(storage: Storage, question: Work[Answer]) -> Answer:
    """Ask without writing. Raises StoreError."""
    return await _awaited(storage.ask, question)


async def changed(storage: Storage, work: Work[Answer]) -> Answer:
    """Run a transaction. Raises StoreError: nothing was stored."""
    return await _awaited(storage.change, work)


async def _awaited(
    begin: Callable[[Work[Answer], Done[Answer]], None], work: Work[Answer]
) -> Answer:
    future: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()

    def done(answer: Answer | StoreError) -> None:
        if future.done():  # whoever waited has gone
            return
        if isinstance(answer, StoreError):
            future.set_exception(answer)
        else:
            future.set_result(answer)

    begin(work, done)
    return await future
