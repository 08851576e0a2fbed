"""What commands may know of what ran (`aimux.commands.records.Records`), and what is kept of it."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from typing import Protocol, TypeVar

from aimux.commands.audited import audited_text
from aimux.commands.records import Requested, Watcher
from aimux.errors import StoreError
from aimux.events import CommandFinished, Event, TestsFailed
from aimux.model.pane import Pane
from aimux.model.state import State
from aimux.observe import audit
from aimux.observe.audit import Request
from aimux.observe.history import Entry, Limits, forget_old, keep, may_keep
from aimux.observe.suggestions import Suggestion, suggest
from aimux.persist.store import Store
from aimux.security.clean import clean
from aimux.semantic.output import Ran
from aimux.server.clock import Clock
from aimux.server.git_branch import git_branch
from aimux.server.interventions import AgentKnowledge, Interventions
from aimux.server.principals import Ancestry, principal_of
from aimux.server.records import RecordBook
from aimux.server.situations import situation_of
from aimux.server.storage import Storage

FORGET_EVERY = 200
"""Kept commands between two looks at the limits."""
MAX_HEADLINE = 500
MAX_REQUESTS = 1000
"""Requests of one turn of the loop that are stored together."""
MAX_AGENTS = 500
"""Panes in which an agent's command runs; of more it is not noted who asked."""

log = logging.getLogger(__name__)

Answer = TypeVar("Answer")
Done = Callable[[Answer | StoreError], None]


class PaneKnowledge(AgentKnowledge, Protocol):
    """What the sidebar's facts know of panes."""

    def is_at_prompt(self, pane: Pane) -> bool:
        """Whether the pane's own shell waits for a command line."""
        ...

    def typed(self, pane: Pane) -> str | None:
        """What has been typed at the pane's prompt; None: nobody knows."""
        ...

    def agent_state(self, pane: Pane) -> tuple[str, str]:
        """The name and the state of the agent in a pane; empty without one."""
        ...


class Recording:
    """The records and the store of one server.

    Args:
        publish: Tells whoever listens that something happened.
        changed: Called when a sidebar may show something else.
        soon: Calls an action in a later turn of the loop, which may end a pane.
    """

    def __init__(
        self,
        state: State,
        storage: Storage,
        clock: Clock,
        *,
        publish: Callable[[Event], None],
        changed: Callable[[], None],
        soon: Callable[[Callable[[], None]], None],
    ) -> None:
        self._state = state
        self._storage = storage
        self._clock = clock
        self._publish = publish
        self._changed = changed
        self._knowledge: PaneKnowledge | None = None
        self._kept = 0
        self._soon = soon
        self._ancestry = Ancestry(state)
        self._requests: list[Request] = []
        self._agents: dict[int, str] = {}
        self._interventions = Interventions(clock, command=self.last_text, store=self.store)
        self.book = RecordBook(clock, finished=self._finished, soon=soon)

    def know(self, knowledge: PaneKnowledge) -> None:
        """Say who knows of prompts and agents; once, before anything runs."""
        self._knowledge = knowledge

    # ---- what commands ask ----

    def of(self, pane: Pane) -> Sequence[Ran]:
        """The newest commands of a pane."""
        return self.book.of(pane)

    def with_output(self, pane: Pane) -> Sequence[Ran]:
        """The same, with the output of one that runs."""
        return self.book.with_output(pane)

    def last(self, pane: Pane) -> Ran | None:
        """The newest command of a pane that has ended."""
        return self.book.last(pane)

    def last_text(self, pane: Pane) -> str:
        """The line of the newest command of a pane that has ended."""
        ran = self.book.last(pane)
        return ran.record.text or "" if ran is not None else ""

    def person_typed(self, pane: Pane, data: bytes) -> None:
        """A person typed a key into a pane."""
        if self._knowledge is not None and self.agent_state(pane) in ("working", "waiting"):
            self._interventions.typed(self._knowledge, pane, data)

    def person_answered(self, pane: Pane, answer: str) -> None:
        """A person answered what the agent in a pane asks."""
        if self._knowledge is not None:
            self._interventions.answered(self._knowledge, pane, answer)

    def watch(self, pane: Pane, watcher: Watcher) -> None:
        """Tell a watcher what happens in a pane."""
        self.book.watch(pane, watcher)

    def is_at_prompt(self, pane: Pane) -> bool:
        """Whether the pane's own shell waits for a command line."""
        return self._knowledge is not None and self._knowledge.is_at_prompt(pane)

    def typed(self, pane: Pane) -> str | None:
        """What has been typed at the pane's prompt; None: nobody knows."""
        return self._knowledge.typed(pane) if self._knowledge is not None else None

    def agent_state(self, pane: Pane) -> str:
        """The state of the agent in a pane."""
        return self._knowledge.agent_state(pane)[1] if self._knowledge is not None else ""

    def agent_name(self, pane: Pane) -> str:
        """The agent in a pane."""
        return self._knowledge.agent_state(pane)[0] if self._knowledge is not None else ""

    def ask(self, question: Callable[[Store], Answer], done: Done[Answer]) -> None:
        """Ask the store."""
        self._storage.ask(question, done)

    def change(self, work: Callable[[Store], Answer], done: Done[Answer]) -> None:
        """Run a transaction."""
        self._storage.change(work, done)

    def store(self, work: Callable[[Store], object]) -> None:
        """Run a transaction for which nobody waits."""
        self._storage.change(work)

    def asked_by(self, pane: Pane, agent: str) -> None:
        """An agent asked for the next command of a pane."""
        if len(self._agents) >= MAX_AGENTS:
            panes = self._state.panes
            self._agents = {one: name for one, name in self._agents.items() if one in panes}
        if agent and len(self._agents) < MAX_AGENTS:
            self._agents[pane.id] = agent

    def suggest(self, pane: Pane, done: Done[Sequence[Suggestion]]) -> None:
        """What is suggested after the newest command of a pane."""
        ran = self.book.last(pane)
        if ran is None:
            self._soon(lambda: done(()))
            return
        path = ran.record.path or pane.path or pane.start_path
        search_path = self._state.environment.get("PATH") or ""

        def question(store: Store) -> Sequence[Suggestion]:
            return suggest(situation_of(store, ran, path=path, search_path=search_path))

        self._storage.ask(question, done)

    def requested(self, request: Requested) -> None:
        """A command has run: keep it in the audit if it may have changed something."""
        text = audited_text(request.command)
        if text is None or (request.client is None and not request.in_hook):
            return  # what a configuration says, the file says
        self._requests.append(self._request(request, text))
        if len(self._requests) == 1:
            self._soon(self._keep_requests)
        elif len(self._requests) >= MAX_REQUESTS:
            self._keep_requests()

    def _request(self, request: Requested, text: str) -> Request:
        client = request.client
        attached = client is not None and client.session is not None
        pane = None if client is None or attached else self._ancestry.pane_of(client)
        return Request(
            at=self._clock.wall(),
            uid=client.user if client is not None else -1,
            pid=client.process if client is not None else 0,
            principal=clean(principal_of(client, pane, in_hook=request.in_hook)),
            agent=clean(self.agent_name(pane)) if pane is not None else "",
            request=text,
            outcome="failed" if request.failed else "done",
        )

    def _keep_requests(self) -> None:
        requests, self._requests = self._requests, []
        if not requests:
            return
        limit = self._state.server_options.number("audit-limit")

        def work(store: Store) -> None:
            audit.record(store, requests)
            audit.forget_old(store, limit)

        self._storage.change(work)

    def close(self) -> None:
        """Store what waits; the server ends."""
        self._keep_requests()
        self._storage.close()

    # ---- what is kept ----

    def _finished(self, pane: Pane, ran: Ran) -> None:
        result = ran.result
        self._changed()
        self._publish(CommandFinished(pane.id, ran.record.exit_status, result.status))
        if result.kind == "test" and result.status == "fail":
            self._publish(TestsFailed(pane.id, result.counts.get("failed", len(result.failing))))
        text = ran.record.text or ""
        if self._state.server_options.flag("command-history") and may_keep(text):
            self._keep(self._entry(pane, ran, text), ran)

    def _entry(self, pane: Pane, ran: Ran, text: str) -> Entry:
        window = self._state.window_of(pane)
        place = next(self._state.links_of(window), None) if window is not None else None
        record, result = ran.record, ran.result
        return Entry(
            text=text,
            pane=pane.id,
            session=clean(place[0].name) if place is not None else "",
            agent=clean(self._agents.pop(pane.id, "") or self.agent_name(pane)),
            path=record.path or pane.path or pane.start_path,
            branch="",
            started=record.started_wall,
            seconds=record.seconds or 0.0,
            exit_status=record.exit_status,
            kind=result.kind,
            status=result.status,
            headline=clean(result.headline, limit=MAX_HEADLINE),
        )

    def _keep(self, entry: Entry, ran: Ran) -> None:
        """In the writer's thread: git's branch, secrets, compression, limits."""
        self._kept += 1
        limits = self._limits() if self._kept % FORGET_EVERY == 1 else None
        now = self._clock.wall()
        with_output = self._state.server_options.flag("command-history-output")

        def work(store: Store) -> None:
            output = "\n".join(ran.output.shown) if with_output else ""
            keep(store, entry, output, branch=git_branch(entry.path))
            if limits is not None:
                forget_old(store, limits, now=now)

        self._storage.change(work)

    def _limits(self) -> Limits:
        options = self._state.server_options
        return Limits(
            commands=options.number("command-history-limit"),
            days=options.number("command-history-days"),
            output_bytes=options.number("command-history-megabytes") << 20,
        )
