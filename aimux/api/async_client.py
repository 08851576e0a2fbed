"""The client whose verbs are awaited."""

from __future__ import annotations

import asyncio
from asyncio.subprocess import DEVNULL, PIPE
from collections.abc import Awaitable, Callable, Mapping
from functools import wraps
from os import fsdecode
from typing import Generic, ParamSpec, TypeVar, overload

from aimux.api import exchange_verbs, pane_verbs
from aimux.api.client import Client, starting
from aimux.api.errors import UnreachableError
from aimux.api.request import Request
from aimux.errors import LinkError
from aimux.link.exchange import Answer, Exchange, NobodyListensError

P = ParamSpec("P")
T = TypeVar("T")


class _Verb(Generic[P, T]):
    """A method that performs a request once it is awaited."""

    def __init__(self, request: Callable[P, Request[T]]) -> None:
        self._request = request
        self.__doc__ = request.__doc__

    @overload
    def __get__(self, client: None, owner: type) -> _Verb[P, T]: ...
    @overload
    def __get__(self, client: AsyncClient, owner: type) -> Callable[P, Awaitable[T]]: ...
    def __get__(
        self, client: AsyncClient | None, owner: type
    ) -> _Verb[P, T] | Callable[P, Awaitable[T]]:
        if client is None:
            return self

        @wraps(self._request)
        def perform(*arguments: P.args, **named: P.kwargs) -> Awaitable[T]:
            return client.perform(self._request(*arguments, **named))

        return perform


class AsyncClient:
    """`Client` for asyncio: the same verbs. One that is cancelled hangs up on the server."""

    def __init__(
        self,
        *,
        path: str | None = None,
        name: str | None = None,
        environment: Mapping[str, str] | None = None,
    ) -> None:
        client = Client(path=path, name=name, environment=environment)
        self.environment, self.path = client.environment, client.path

    command = _Verb(pane_verbs.command)
    sessions = _Verb(pane_verbs.sessions)
    windows = _Verb(pane_verbs.windows)
    panes = _Verb(pane_verbs.panes)
    agents = _Verb(pane_verbs.agents)
    new_session = _Verb(pane_verbs.new_session)
    split_window = _Verb(pane_verbs.split_window)
    kill_session = _Verb(pane_verbs.kill_session)
    kill_pane = _Verb(pane_verbs.kill_pane)
    send_keys = _Verb(pane_verbs.send_keys)
    run = _Verb(pane_verbs.run)
    results = _Verb(pane_verbs.results)
    read = _Verb(pane_verbs.read)
    screen = _Verb(pane_verbs.screen)
    wait_for_text = _Verb(pane_verbs.wait_for_text)
    wait_for_silence = _Verb(pane_verbs.wait_for_silence)
    wait_for_result = _Verb(pane_verbs.wait_for_result)
    wait_for_state = _Verb(pane_verbs.wait_for_state)

    send = _Verb(exchange_verbs.send)
    ask = _Verb(exchange_verbs.ask)
    inbox = _Verb(exchange_verbs.inbox)
    acknowledge = _Verb(exchange_verbs.acknowledge)
    message = _Verb(exchange_verbs.message)
    resend = _Verb(exchange_verbs.resend)
    drop = _Verb(exchange_verbs.drop)
    add_task = _Verb(exchange_verbs.add_task)
    tasks = _Verb(exchange_verbs.tasks)
    task = _Verb(exchange_verbs.task)
    claim_task = _Verb(exchange_verbs.claim_task)
    report_progress = _Verb(exchange_verbs.report_progress)
    finish_task = _Verb(exchange_verbs.finish_task)
    fail_task = _Verb(exchange_verbs.fail_task)
    cancel_task = _Verb(exchange_verbs.cancel_task)
    assign_task = _Verb(exchange_verbs.assign_task)
    retry_task = _Verb(exchange_verbs.retry_task)
    order_task = _Verb(exchange_verbs.order_task)
    set_value = _Verb(exchange_verbs.set_value)
    compare_and_set = _Verb(exchange_verbs.compare_and_set)
    value = _Verb(exchange_verbs.value)
    values = _Verb(exchange_verbs.values)
    delete_value = _Verb(exchange_verbs.delete_value)
    watch_values = _Verb(exchange_verbs.watch_values)
    add_note = _Verb(exchange_verbs.add_note)
    search_notes = _Verb(exchange_verbs.search_notes)
    claim = _Verb(exchange_verbs.claim)
    claims = _Verb(exchange_verbs.claims)
    release = _Verb(exchange_verbs.release)
    log_decision = _Verb(exchange_verbs.log_decision)
    judge_decision = _Verb(exchange_verbs.judge_decision)
    decisions = _Verb(exchange_verbs.decisions)
    export_decisions = _Verb(exchange_verbs.export_decisions)

    async def perform(self, request: Request[T]) -> T:
        """Ask, wait, and read the answer. Raises ApiError."""
        return request.read(await self._answer(request))

    async def _answer(self, request: Request[T]) -> Answer:
        try:
            return await _ask(Exchange(self.path, request.words, self.environment))
        except NobodyListensError as error:
            if not request.may_start:
                raise UnreachableError(str(error)) from error
        except LinkError as error:
            raise UnreachableError(str(error)) from error
        return await self._start(request.words)

    async def _start(self, words: tuple[str, ...]) -> Answer:
        process = await asyncio.create_subprocess_exec(
            *starting(self.path, words),
            env=self.environment,
            stdin=DEVNULL,
            stdout=PIPE,
            stderr=PIPE,
        )
        output, error = await process.communicate()
        return Answer(process.returncode or 0, fsdecode(output), fsdecode(error))


async def _ask(exchange: Exchange) -> Answer:
    try:
        while exchange.answer is None:
            await _readable(exchange.fileno())
            exchange.advance()
        return exchange.answer
    finally:
        exchange.close()


async def _readable(descriptor: int) -> None:
    loop = asyncio.get_running_loop()
    ready = asyncio.Event()
    loop.add_reader(descriptor, ready.set)
    try:
        await ready.wait()
    finally:
        loop.remove_reader(descriptor)
