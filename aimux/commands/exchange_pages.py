"""A message or a task with all that is known of it, to be read and acted upon by a person.

What can be done is a command of the table; the sidebar's rows do the same by the same keys.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import TypeVar

from msgspec import Struct

from aimux.agents import messages, tasks
from aimux.agents.addresses import Caller
from aimux.agents.messages import PRIORITIES, Message
from aimux.agents.tasks import Task, priority_name
from aimux.commands.callers import caller_of, person_at
from aimux.commands.command import Call
from aimux.commands.harmless import age, first_line, shown_lines
from aimux.commands.numbers import number
from aimux.commands.stored import answered
from aimux.commands.targets import Target
from aimux.commands.verbs import Words
from aimux.errors import CommandError
from aimux.model.page import LEAST_ROWS, Page, PageLine
from aimux.persist.store import Store
from aimux.security.clean import clean

DAY = 86_400
_SURE = 'confirm-before -p "{what} {id}? (y/n)" "{command} {id}"'
MESSAGE_KEYS: Mapping[str, tuple[str, str]] = {
    "r": ("answer", "msg reply {id}"),
    "R": ("resend", "msg resend {id}"),
    "d": ("drop", _SURE.format(what="drop message", command="msg drop", id="{id}")),
}
TASK_KEYS: Mapping[str, tuple[str, str]] = {
    "c": ("cancel", _SURE.format(what="cancel task", command="task cancel", id="{id}")),
    "r": ("retry", "task retry {id}"),
    "a": ("assign", "task assign {id}"),
}
AGENT_KEYS: Mapping[str, tuple[str, str]] = {"m": ("message", "msg send '%{id}'")}
"""For an agent of another host: what it asks is answered there."""
ROW_COMMANDS: Mapping[tuple[str, str], str] = {
    ("message", "Enter"): "msg open {id}",
    ("task", "Enter"): "task open {id}",
    ("agent", "Enter"): "fleet open '%{id}'",
    **{("agent", key): command for key, (_, command) in AGENT_KEYS.items()},
    **{("message", key): command for key, (_, command) in MESSAGE_KEYS.items()},
    **{("task", key): command for key, (_, command) in TASK_KEYS.items()},
}
"""What a key on a row of the sidebar runs, by what the row is."""
Answer = TypeVar("Answer")


# ---- messages ----


class _Letter(Struct, frozen=True):
    """A message and the first answer to it."""

    message: Message
    answer: Message | None


def open_message(call: Call, words: Words) -> None:
    """`msg open id`: the whole message, with what became of it."""
    wanted, caller = number(words.words[0], "id", low=1), caller_of(call)
    server, now = call.effects.exchange.server, call.effects.now()

    def work(store: Store) -> _Letter:
        message = messages.find(store, server, wanted)
        _require_part(caller, message)
        return _Letter(message, messages.answer_to(store, server, wanted))

    def lines(letter: _Letter) -> list[PageLine]:
        return message_lines(letter.message, letter.answer, now)

    _open(call, f"message {wanted}", MESSAGE_KEYS, wanted, work, lines)


def _require_part(caller: Caller, message: Message) -> None:
    if not (caller.owns(message.recipient) or caller.owns(message.sender)):
        raise CommandError(f"message {message.id} is not yours")


def message_lines(message: Message, answer: Message | None, now: float) -> list[PageLine]:
    """What is told of a message; everything in it is clean."""
    agent = f" ({clean(message.agent)})" if message.agent else ""
    lines = [
        PageLine(f"{clean(message.sender)}{agent}", "from"),
        PageLine(clean(message.recipient), "to"),
        PageLine(f"{message.kind}, {PRIORITIES[message.priority]} priority", "type"),
    ]
    if message.reply_to is not None:
        lines.append(PageLine(f"message {message.reply_to}", "answers"))
    lines += _history(message, now)
    if answer is not None:
        lines.append(PageLine(f"message {answer.id}: {first_line(answer.text)}", "answer"))
    return [*lines, PageLine(""), *(PageLine(line) for line in shown_lines(message.text, ""))]


def _history(message: Message, now: float) -> list[PageLine]:
    """When it was sent, handed out and how, and when its state began."""
    lines = [PageLine(moment_text(message.created, now), "sent")]
    if message.tries:
        times = "" if message.tries == 1 else f", {message.tries} times"
        way = f" by {clean(message.way)}" if message.way else ""
        lines.append(PageLine(f"{moment_text(message.tried, now)}{way}{times}", "delivered"))
    if message.expires is not None and message.state in messages.WAITING:
        lines.append(PageLine(f"{_clock(message.expires, now)}", "expires"))
    if message.state != "delivered":
        why = f": {clean(message.reason)}" if message.reason else ""
        lines.append(PageLine(f"{moment_text(message.since, now)}{why}", message.state))
    return lines


def moment_text(then: float, now: float) -> str:
    """When something was, and how long ago."""
    return f"{_clock(then, now)}, {age(now - then)} ago"


def _clock(then: float, now: float) -> str:
    at = datetime.fromtimestamp(then).astimezone()
    return f"{at:%H:%M:%S}" if abs(now - then) < DAY else f"{at:%Y-%m-%d %H:%M}"


# ---- tasks ----


def open_task(call: Call, words: Words) -> None:
    """`task open id`: the whole task, with what became of it."""
    wanted = number(words.words[0].removeprefix("#"), "id", low=1)
    server, now = call.effects.exchange.server, call.effects.now()

    def work(store: Store) -> Task:
        return tasks.find(store, server, wanted)

    _open(call, f"task {wanted}", TASK_KEYS, wanted, work, lambda task: task_lines(task, now))


def task_lines(task: Task, now: float) -> list[PageLine]:
    """What is told of a task; everything in it is clean."""
    told = {
        "state": f"{task.shown_state}, since {moment_text(task.since, now)}",
        "owner": clean(task.owner),
        "progress": f"{task.progress}%" if task.progress is not None else "",
        "priority": priority_name(task),
        "for": clean(f"@{task.role} {task.needs}" if task.role else task.needs).strip(),
        "after": " ".join(f"#{one}" for one in task.after),
        "tries": f"{task.tries} of {task.retries + 1}" if task.tries else "",
        "worktree": clean(task.worktree, limit=1000),
        "added": f"{moment_text(task.created, now)} by {clean(task.author)}",
    }
    lines = [PageLine(text, label) for label, text in told.items() if text]
    lines += [PageLine(""), *(PageLine(line) for line in shown_lines(task.text, ""))]
    if task.result:
        lines += [PageLine(""), *(PageLine(line, "said") for line in shown_lines(task.result, ""))]
    return lines


# ---- pages ----


def _open(
    call: Call,
    title: str,
    keys: Mapping[str, tuple[str, str]],
    identity: int,
    work: Callable[[Store], Answer],
    lines: Callable[[Answer], Sequence[PageLine]],
) -> None:
    """Show a page at once, and the text once it is there; a script is printed the text."""
    page = open_page(call, title, keys, identity)

    def asked(store: Store) -> Answer | CommandError:
        try:
            return work(store)
        except CommandError as error:
            return error

    def tell(call: Call, answer: Answer | CommandError) -> None:
        if isinstance(answer, CommandError):
            _close(call, page)
            raise answer
        if page is not None:
            page.show(lines(answer))
        else:
            call.print("\n".join(f"{line.label:<10}{line.text}".rstrip() for line in lines(answer)))

    answered(call, asked, tell)


def _close(call: Call, page: Page | None) -> None:
    client = person_at(call)
    if page is not None and client is not None and client.overlay is page:
        client.close_overlay()


def open_page(
    call: Call, title: str, keys: Mapping[str, tuple[str, str]], identity: int | str
) -> Page | None:
    """Open an empty page; None where there is nobody to read it, or no room.

    Args:
        call: Who asks.
        title: Stands in the frame.
        keys: What can be done: a word for it, and the command that does it, with `{id}` in it.
        identity: Stands for `{id}`.

    Raises:
        CommandError: Something else is open there.
    """
    client = person_at(call)
    if client is None or client.rows <= LEAST_ROWS:
        return None
    if client.overlay is not None or client.prompt is not None:
        raise CommandError("something else is open at the moment")

    def acted(key: str) -> None:
        command = keys[key][1].format(id=identity)
        if client.session is not None:
            target = Target.of_session(client.session)
            call.effects.run_at(client, command, current=target, mouse=None, mouse_event=None)

    client.overlay = page = Page(
        title=title,
        columns=client.window_columns,
        rows=client.rows,
        keys=[(key, word) for key, (word, _) in keys.items()],
        acted=acted,
    )
    return page
