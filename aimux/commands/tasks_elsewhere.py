"""Tasks of other hosts: found among those that are shown here, and asked of their host."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from aimux.agents import messages, tasks
from aimux.agents.addresses import AT
from aimux.agents.scheduler import Waiting, Worker, can_do, urgency
from aimux.agents.tasks import Task, TaskWish
from aimux.commands.callers import caller_of
from aimux.commands.command import Call
from aimux.commands.numbers import number
from aimux.commands.stored import answered_by
from aimux.errors import CommandError
from aimux.security.clean import clean

Show = Callable[[Task, str], None]
"""Prints a task, and whose it is."""


def which_task(call: Call, word: str) -> tuple[int, str]:
    """The number of a task, and whose it is; "" for this host. Raises CommandError."""
    name, _, host = word.partition(AT)
    is_here = host == call.effects.exchange.fleet.others().host
    return task_id(name), "" if is_here else host


def task_id(word: str) -> int:
    """The number of a task, with or without `#`. Raises CommandError."""
    return number(word.removeprefix("#"), "id", low=1)


def as_waiting(one: Task) -> Waiting:
    """A task, as the scheduler sees it."""
    needs = frozenset(one.needs.split())
    return Waiting(one.id, one.priority, one.created, one.role, needs, one.pane)


def find(call: Call, wanted: int, host: str) -> Task:
    """A task of another host. Raises CommandError."""
    for place, one in call.effects.exchange.fleet.tasks():
        if (place, one.id) == (host, wanted):
            return one
    raise CommandError(f"no task {wanted}@{clean(host)}")


def best(call: Call, worker: Worker, now: float) -> tuple[int, str]:
    """The most urgent task of other hosts that the caller can do. Raises CommandError."""
    open_ones = [
        (as_waiting(one), host)
        for host, one in call.effects.exchange.fleet.tasks()
        if one.shown_state == "open" and one.begins <= now
    ]
    able = [(one, host) for one, host in open_ones if can_do(worker, one)]
    if not able:
        raise CommandError("no task for you")
    chosen, host = max(able, key=lambda pair: (urgency(pair[0], now=now), -pair[0].created))
    return chosen.id, host


def claim(call: Call, wanted: int, host: str, show: Show) -> None:
    """Claim a task of another host, and print it."""
    exchange, caller = call.effects.exchange, caller_of(call)
    wish = TaskWish(host, wanted, "claim", caller.address, caller.agent)

    def tell(call: Call, is_done: bool) -> None:
        if not is_done:
            raise CommandError(f"{clean(host)} has not answered: nothing was claimed")
        show(find(call, wanted, host), host)

    answered_by(call, partial(exchange.fleet.ask_task, wish), tell)


def ask(
    call: Call, host: str, wanted: int, verb: str, said: str, percent: int | None = None
) -> None:
    """Let the host whose task it is do something to it; say so if that has to wait."""
    exchange, caller = call.effects.exchange, caller_of(call)
    said = messages.storable(said)[: tasks.MAX_TEXT // 4]
    wish = TaskWish(host, wanted, verb, caller.address, caller.agent, said, percent)

    def tell(call: Call, is_done: bool) -> None:
        if not is_done:
            call.print(f"queued for {clean(host)}")

    answered_by(call, partial(exchange.fleet.ask_task, wish), tell)
