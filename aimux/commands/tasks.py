"""task: what is to be done, who does it, how far it is. aimux's own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict
from functools import partial

from aimux.agents import dispatch, tasks
from aimux.agents.addresses import AT, Caller, Member, caller_of, host_of, recipients
from aimux.agents.messages import PRIORITIES
from aimux.agents.scheduler import Worker, can_do, urgency
from aimux.agents.tasks import DEFAULT_RETRIES, MAX_RETRIES, NewTask, Task, priority_name
from aimux.commands import callers, tasks_elsewhere
from aimux.commands.asking import addressees, ask, help_with
from aimux.commands.command import Call, Command, Flags
from aimux.commands.exchange import MESSAGES, TASKS
from aimux.commands.exchange_pages import open_task
from aimux.commands.harmless import age, first_line, harmless_json, shown_lines
from aimux.commands.numbers import number, seconds
from aimux.commands.stored import answered
from aimux.commands.task_decisions import retried
from aimux.commands.task_worktree import add_with_worktree
from aimux.commands.tasks_elsewhere import as_waiting, task_id, which_task
from aimux.commands.verbs import Verb, Words, run_verb
from aimux.errors import CommandError
from aimux.observe import decisions
from aimux.persist.store import Store
from aimux.security.clean import clean

# ---- adding ----


def _add(call: Call, words: Words) -> None:
    """`task add text`: prints its id."""
    new = _new(words)
    if words.has("worktree"):
        add_with_worktree(call, words, new, _keep)
    elif words.has("agent"):
        raise CommandError("--agent goes with --worktree")
    else:
        _keep(call, new)


def _new(words: Words) -> NewTask:
    priority, timeout = words.get("priority") or "normal", words.get("timeout")
    if priority not in PRIORITIES:
        raise CommandError(f"unknown priority: {priority} (one of {', '.join(PRIORITIES)})")
    retries = words.get("retries") or str(DEFAULT_RETRIES)
    return NewTask(
        text=words.text(0),
        role=(words.get("role") or "").removeprefix("@"),
        needs=frozenset((words.get("needs") or "").replace(",", " ").split()),
        priority=PRIORITIES.index(priority),
        after=tuple(task_id(word) for word in words.all("after")),
        retries=number(retries, "retries", high=MAX_RETRIES),
        seconds=None if timeout is None else seconds(timeout, "timeout"),
    )


def _keep(call: Call, new: NewTask) -> None:
    server = call.effects.exchange.server
    caller, now = callers.caller_of(call), call.effects.now()
    work = partial(tasks.add, server=server, caller=caller, new=new, now=now)

    def tell(call: Call, made: int) -> None:
        call.print(str(made))
        call.effects.exchange.changed(TASKS)

    answered(call, work, tell, changes=True)


def _put_after(call: Call, words: Words) -> None:
    """`task after id first ...`."""
    wanted, *firsts = map(task_id, words.words)
    server = call.effects.exchange.server

    def work(store: Store) -> None:
        for first in firsts:
            tasks.put_after(store, server, wanted, first)

    _change(call, work)


# ---- doing ----


def _claim(call: Call, words: Words) -> None:
    """`task claim [id]`: the most urgent that the caller can do, or that one; prints it."""
    show = partial(_print_task, call, words)
    wanted, host = which_task(call, words.words[0]) if words.words else (None, "")
    if wanted is not None and host:
        tasks_elsewhere.claim(call, wanted, host, show)
        return
    caller, now = callers.caller_of(call), call.effects.now()
    exchange = call.effects.exchange
    worker = _worker(caller, exchange.roster())

    def work(store: Store) -> Task | None:
        chosen = wanted if wanted is not None else _best(store, exchange.server, worker, now)
        if chosen is None:
            return None
        return tasks.give(store, exchange.server, chosen, caller, now=now)

    def tell(call: Call, task: Task | None) -> None:
        if task is None:
            tasks_elsewhere.claim(call, *tasks_elsewhere.best(call, worker, now), show)
            return
        exchange.changed(TASKS)
        _print_task(call, words, task)

    answered(call, work, tell, changes=True)


def _worker(caller: Caller, roster: Sequence[Member]) -> Worker:
    member = next((one for one in roster if one.pane == caller.pane), Member(-1))
    return Worker(caller.pane, member.role, member.capabilities)


def _best(store: Store, server: str, worker: Worker, now: float) -> int | None:
    open_ones = tasks.select(store, "WHERE server = ? AND state = 'open'", (server,))
    ready = [as_waiting(one) for one in open_ones if not one.after and one.begins <= now]
    able = [one for one in ready if can_do(worker, one)]
    if not able:
        return None
    return max(able, key=lambda one: (urgency(one, now=now), -one.id)).id


def _assign(call: Call, words: Words) -> None:
    """`task assign id to`: a message tells whoever it is given to; a person is asked whom."""
    wanted = task_id(words.words[0])
    if len(words.words) > 1:
        _assign_to(call, wanted, words.words[1])
        return
    names = partial(addressees, call.effects.exchange.roster(), groups=False)
    helped = help_with(call, "Tab completes", names)
    ask(
        call,
        f"assign task {wanted} to",
        lambda to: _assign_to(call, wanted, to.strip()),
        helped=helped,
        lines=False,
    )


def _assign_to(call: Call, wanted: int, to: str) -> None:
    caller, exchange, now = callers.caller_of(call), call.effects.exchange, call.effects.now()
    roster = exchange.roster()
    others = exchange.fleet.others()
    addresses = recipients(to, roster, caller, others)
    if len(addresses) != 1:
        raise CommandError(f"which? {', '.join(addresses)}")
    owner = _owner(addresses[0], roster)

    def work(store: Store) -> None:
        if not caller.owns(tasks.find(store, exchange.server, wanted).author):
            raise CommandError(f"task {wanted} is not yours")
        task = tasks.give(store, exchange.server, wanted, owner, now=now)
        dispatch.tell(store, exchange.server, task, owner.address, host=others.host, now=now)

    _change(call, work, owner.address)


def _owner(address: str, roster: Sequence[Member]) -> Caller:
    for member in roster:
        caller = caller_of(member.pane, roster)
        if address in caller.mailboxes:
            return caller
    return Caller(address, (address,)) if host_of(address) else caller_of(None, ())


def _progress(call: Call, words: Words) -> None:
    """`task progress id [percent] [text]`."""
    (wanted, host), rest = which_task(call, words.words[0]), words.words[1:]
    has_percent = bool(rest) and rest[0].removesuffix("%").isdecimal()
    percent = number(rest[0].removesuffix("%"), "percent", high=100) if has_percent else None
    said = " ".join(rest[1:] if has_percent else rest)
    if host:
        tasks_elsewhere.ask(call, host, wanted, "progress", said, percent)
        return
    _by_owner(call, partial(tasks.progress, number=wanted, percent=percent, said=said))


def _done(call: Call, words: Words) -> None:
    """`task done id [text]`."""
    wanted, host = which_task(call, words.words[0])
    if host:
        tasks_elsewhere.ask(call, host, wanted, "done", words.text(1))
        return
    _end(call, partial(tasks.done, number=wanted, result=words.text(1)))


def _fail(call: Call, words: Words) -> None:
    """`task fail id [text]`."""
    wanted, host = which_task(call, words.words[0])
    if host:
        tasks_elsewhere.ask(call, host, wanted, "fail", words.text(1))
        return
    _end(call, partial(tasks.fail, number=wanted, why=words.text(1)))


def _end(call: Call, work: Callable[..., Task]) -> None:
    """Let the caller end a task; where its worktree is, which is kept, is said."""
    exchange, caller = call.effects.exchange, callers.caller_of(call)
    ended = partial(work, server=exchange.server, caller=caller, now=call.effects.now())

    def tell(call: Call, task: Task) -> None:
        if task.worktree:
            call.print(f"worktree kept: {clean(task.worktree, limit=4000)}")
        exchange.changed(TASKS)

    answered(call, ended, tell, changes=True)


def _cancel(call: Call, words: Words) -> None:
    """`task cancel id ...`."""
    meant = [which_task(call, word) for word in words.words]
    numbers = [one for one, host in meant if not host]
    for wanted, host in meant:
        if host:
            tasks_elsewhere.ask(call, host, wanted, "cancel", "")

    def cancel_all(store: Store, server: str, caller: Caller, *, now: float) -> None:
        for one in numbers:
            tasks.cancel(store, server, caller, one, now=now)

    if numbers:
        _by_owner(call, cancel_all)


def _retry(call: Call, words: Words) -> None:
    """`task retry id ...`: what failed or was cancelled is open again, with all its tries."""
    numbers = list(map(task_id, words.words))

    def retry_all(store: Store, server: str, caller: Caller, *, now: float) -> None:
        for one in numbers:
            task = tasks.find(store, server, one)
            tasks.retry(store, server, caller, one, now=now)
            decisions.log(store, retried(task, caller, now))

    _by_owner(call, retry_all)


def _by_owner(call: Call, work: Callable[..., None]) -> None:
    """Let the caller change a task, with the time."""
    server = call.effects.exchange.server
    caller, now = callers.caller_of(call), call.effects.now()
    _change(call, partial(work, server=server, caller=caller, now=now))


def _change(call: Call, work: Callable[[Store], None], *told: str) -> None:
    exchange = call.effects.exchange
    topics = (TASKS, MESSAGES, *told) if told else (TASKS,)
    answered(call, work, lambda _call, _answer: exchange.changed(*topics), changes=True)


# ---- looking ----


def _list(call: Call, words: Words) -> None:
    """`task list`: unfinished ones, and the newest of the finished ones.

    As JSON those of other hosts are listed only for `--fleet`: there a number is not all of a name.
    """

    def tell(call: Call, found: list[Task]) -> None:
        shown = [("", one) for one in found]
        if words.has("fleet") or not words.has("json"):
            shown += call.effects.exchange.fleet.tasks()
        if words.has("json"):
            call.print(harmless_json([_fields(one, host) for host, one in shown]))
            return
        for host, one in shown:
            call.print(_line(one, call.effects.now(), host))

    answered(call, partial(tasks.list_tasks, server=call.effects.exchange.server), tell)


def _show(call: Call, words: Words) -> None:
    """`task show id`."""
    server, (wanted, host) = call.effects.exchange.server, which_task(call, words.words[0])
    if host:
        _print_task(call, words, tasks_elsewhere.find(call, wanted, host), host)
        return
    work = partial(tasks.find, server=server, number=wanted)
    answered(call, work, lambda call, task: _print_task(call, words, task))


def _print_task(call: Call, words: Words, task: Task, host: str = "") -> None:
    if words.has("json"):
        call.print(harmless_json(_fields(task, host)))
        return
    lines = [_line(task, call.effects.now(), host), *shown_lines(task.text, "    ")]
    if task.worktree:
        lines.append(f"    worktree: {clean(task.worktree, limit=4000)}")
    if task.result:
        lines += shown_lines(task.result, "    > ")
    call.print("\n".join(lines))


def _fields(task: Task, host: str) -> dict[str, object]:
    return asdict(task) | {
        "host": host,
        "state": task.shown_state,
        "priority": priority_name(task),
        "needs": task.needs.split(),
    }


def _line(task: Task, now: float, host: str) -> str:
    """One task in one line; of another host its name is in the number."""
    name = f"#{task.id}{AT}{clean(host)}" if host else f"#{task.id}"
    parts = [name, task.shown_state, age(now - task.since), priority_name(task)]
    if task.owner:
        parts.append(clean(task.owner))
    if task.progress is not None:
        parts.append(f"{task.progress}%")
    if task.after:
        parts.append("after " + " ".join(f"#{one}" for one in task.after))
    if task.role or task.needs:
        parts.append(clean(f"for {'@' if task.role else ''}{task.role} {task.needs}"))
    return "  ".join([*parts, first_line(task.text)])


_ADDING = dict.fromkeys(("role", "needs", "priority", "after", "retries", "timeout"), True)
VERBS = {
    "add": Verb(
        _add,
        (1, None),
        "[--role role] [--needs a,b] [--priority low|normal|high|urgent] [--after id]"
        " [--retries count] [--timeout time] [--worktree [--agent kind|none]] text",
        {**_ADDING, "worktree": False, "agent": True},
    ),
    "list": Verb(_list, (0, 0), "[--json] [--fleet]", {"json": False, "fleet": False}),
    "show": Verb(_show, (1, 1), "[--json] id", {"json": False}),
    "claim": Verb(_claim, (0, 1), "[--json] [id]", {"json": False}),
    "progress": Verb(_progress, (1, None), "id [percent] [text]"),
    "done": Verb(_done, (1, None), "id [text]"),
    "fail": Verb(_fail, (1, None), "id [text]"),
    "cancel": Verb(_cancel, (1, None), "id ..."),
    "assign": Verb(_assign, (2, 2), "id %pane|name", asked=1),
    "retry": Verb(_retry, (1, None), "id ..."),
    "open": Verb(open_task, (1, 1), "id"),
    "after": Verb(_put_after, (2, None), "id first ..."),
}


def task(call: Call) -> None:
    """`task` and one of VERBS."""
    run_verb(call, VERBS)


COMMANDS = (
    Command(
        name="task",
        alias=None,
        getopt="",
        arity=(1, None),
        usage="|".join(VERBS) + " [argument ...]",
        flags=Flags.CAN_FAIL,
        run=task,
        is_addition=True,
    ),
)
