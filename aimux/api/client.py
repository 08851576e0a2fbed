"""The client whose verbs wait for their answer."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from functools import wraps
from typing import Generic, ParamSpec, TypeVar, overload

from aimux.api import exchange_verbs, pane_verbs
from aimux.api.errors import UnreachableError
from aimux.api.request import Request
from aimux.errors import LinkError
from aimux.link.exchange import Answer, NobodyListensError, ask
from aimux.paths import socket_path

P = ParamSpec("P")
T = TypeVar("T")


class _Verb(Generic[P, T]):
    """A method that performs a request."""

    def __init__(self, request: Callable[P, Request[T]]) -> None:
        self._request = request
        self.__doc__ = request.__doc__

    @overload
    def __get__(self, client: None, owner: type) -> _Verb[P, T]: ...
    @overload
    def __get__(self, client: Client, owner: type) -> Callable[P, T]: ...
    def __get__(self, client: Client | None, owner: type) -> _Verb[P, T] | Callable[P, T]:
        if client is None:
            return self

        @wraps(self._request)
        def perform(*arguments: P.args, **named: P.kwargs) -> T:
            return client.perform(self._request(*arguments, **named))

        return perform


class Client:
    """Speaks to one server; each verb is one connection, so a client needs no closing.

    A process in a pane acts as that pane: AIMUX_PANE of the environment says which.

    Args:
        path: The server's socket (`-S`).
        name: The server's name (`-L`). With neither: the server of this process's pane, or the
            default one.
        environment: What the server is told; this process's own by default.

    Raises:
        PathError: The socket's directory is unsafe.
    """

    def __init__(
        self,
        *,
        path: str | None = None,
        name: str | None = None,
        environment: Mapping[str, str] | None = None,
    ) -> None:
        self.environment = dict(os.environ if environment is None else environment)
        self.path = socket_path(self.environment, name=name, path=path)

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

    def perform(self, request: Request[T]) -> T:
        """Ask, wait, and read the answer. Raises ApiError."""
        return request.read(self._answer(request))

    def _answer(self, request: Request[T]) -> Answer:
        try:
            return ask(self.path, request.words, self.environment)
        except NobodyListensError as error:
            if not request.may_start:
                raise UnreachableError(str(error)) from error
        except LinkError as error:
            raise UnreachableError(str(error)) from error
        return self._start(request.words)

    def _start(self, words: tuple[str, ...]) -> Answer:
        done = subprocess.run(
            starting(self.path, words),
            env=self.environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            errors="surrogateescape",
            check=False,
        )
        return Answer(done.returncode, done.stdout, done.stderr)


def starting(path: str, words: tuple[str, ...]) -> tuple[str, ...]:
    """A command line that starts a server where none runs; it is another process's work."""
    return (sys.executable, "-m", "aimux", "-S", path, *words)
