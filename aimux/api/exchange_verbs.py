"""The verbs for messages, tasks, shared values, notes, claims and decisions, as requests.

Who acts is decided by the server: the pane that this process runs in, or a person (`me`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from aimux.api.errors import checked
from aimux.api.exchange_records import Change, Claim, Decision, Message, Note, Shared, Task
from aimux.api.request import (
    Request,
    Target,
    decoded,
    json_of,
    nothing,
    number,
    option,
    text,
    words,
)
from aimux.link.exchange import Answer

# ---- messages ----


def send(  # noqa: PLR0913  # as the command has them
    to: Target,
    message: str,
    *,
    kind: str | None = None,
    priority: str | None = None,
    reply_to: int | None = None,
    ttl_seconds: float | None = None,
    dedup: str | None = None,
) -> Request[list[int]]:
    """Send a message; its ids, one for each recipient.

    Args:
        to: A pane, an agent's name, `@role`, a session, `*` or `me`.
        message: At most 64 KiB.
        kind: See `Message.kind`.
        priority: See `Message.priority`.
        reply_to: The message that it answers.
        ttl_seconds: After that it is of no use.
        dedup: Sent twice by that, it is one message.
    """
    asked = words(
        ("msg", "send", "--json"),
        *(option("--type", kind), option("--priority", priority), option("--id", dedup)),
        *(option("--reply-to", reply_to), option("--ttl", ttl_seconds)),
        *("--", _place(to), message),
    )
    return Request(asked, json_of(list[int]))


def ask(to: Target, message: str, *, timeout_seconds: float) -> Request[Message]:
    """Send a request and wait for its answer. Raises TimedOutError."""
    limit = option("--expect-reply", timeout_seconds)
    asked = words(("msg", "send", "--json"), limit, "--", _place(to), message)
    return Request(asked, _reply)


def _reply(answer: Answer) -> Message:
    """The ids of what was sent stand on the first line, the answer on the next."""
    _, _, said = checked(answer).partition("\n")
    return decoded(said, tuple[Message])[0]


def inbox(name: str | None = None, *, wait_seconds: float | None = None) -> Request[list[Message]]:
    """What waits for the caller, or for a name; with `wait_seconds` it waits for the first.

    Raises TimedOutError if nothing came.
    """
    asked = words("inbox", "--json", option("--wait", wait_seconds), () if name is None else name)
    return Request(asked, json_of(list[Message]))


def acknowledge(*ids: int) -> Request[None]:
    """These messages have been dealt with: they are not handed out again."""
    return Request(words("msg", "ack", "--", map(str, ids)), nothing)


def message(wanted: int) -> Request[Message]:
    """One message, with its state."""
    return Request(words("msg", "show", "--json", str(wanted)), _only_message)


def _only_message(answer: Answer) -> Message:
    return decoded(checked(answer), tuple[Message])[0]


def resend(wanted: int) -> Request[None]:
    """A message that is dead or has expired is sent anew. Its sender and people may."""
    return Request(words("msg", "resend", str(wanted)), nothing)


def drop(wanted: int) -> Request[None]:
    """A message that waits is dead. Its sender and people may."""
    return Request(words("msg", "drop", str(wanted)), nothing)


# ---- tasks ----


def add_task(  # noqa: PLR0913  # as the command has them
    task: str,
    *,
    role: str | None = None,
    needs: Iterable[str] = (),
    priority: str | None = None,
    after: Iterable[int] = (),
    retries: int | None = None,
    timeout_seconds: float | None = None,
    worktree: bool = False,
    agent: str | None = None,
) -> Request[int]:
    """Put a task into the queue; its id.

    Args:
        task: What is to be done.
        role: For agents of this role.
        needs: What its agent must be able to do.
        priority: See `Task.priority`.
        after: The tasks that come first.
        retries: How often it is tried again.
        timeout_seconds: How long one try may take.
        worktree: It gets a git worktree of its own, and an agent that is started there.
        agent: The kind of that agent; `none` for the worktree alone.
    """
    asked = words(
        *("task", "add", option("--role", role), option("--needs", ",".join(needs) or None)),
        *(option("--priority", priority), *(option("--after", one) for one in after)),
        *(option("--retries", retries), option("--timeout", timeout_seconds)),
        *(option("--worktree", worktree), option("--agent", agent), "--", task),
    )
    return Request(asked, number)


def tasks() -> Request[list[Task]]:
    """The tasks of this host that are not finished, and the newest of the others."""
    return Request(words("task", "list", "--json"), json_of(list[Task]))


def task(wanted: int | str) -> Request[Task]:
    """One task: by its number, or `Task.name`, which knows its host."""
    return Request(words("task", "show", "--json", str(wanted)), json_of(Task))


def claim_task(wanted: int | str | None = None) -> Request[Task]:
    """Take a task: that one, or the most urgent that the caller can do."""
    which = () if wanted is None else str(wanted)
    return Request(words("task", "claim", "--json", which), json_of(Task))


def report_progress(
    wanted: int | str, *, percent: int | None = None, said: str | None = None
) -> Request[None]:
    """Say how far a task of the caller's is, which renews its lease."""
    rest = (str(word) for word in (percent, said) if word is not None)
    return Request(words("task", "progress", "--", str(wanted), rest), nothing)


def finish_task(wanted: int | str, result: str = "") -> Request[None]:
    """A task of the caller's is done."""
    return Request(words("task", "done", "--", str(wanted), _if_any(result)), nothing)


def fail_task(wanted: int | str, reason: str = "") -> Request[None]:
    """A task of the caller's cannot be done; it is tried again if retries are left."""
    return Request(words("task", "fail", "--", str(wanted), _if_any(reason)), nothing)


def cancel_task(wanted: int | str) -> Request[None]:
    """Nobody needs a task any more."""
    return Request(words("task", "cancel", str(wanted)), nothing)


def assign_task(wanted: int, to: Target) -> Request[None]:
    """Give a task to somebody, who is told. Its author and people may."""
    return Request(words("task", "assign", "--", str(wanted), _place(to)), nothing)


def retry_task(wanted: int) -> Request[None]:
    """A task that failed or was cancelled is open again, with all its tries."""
    return Request(words("task", "retry", str(wanted)), nothing)


def order_task(wanted: int, *firsts: int) -> Request[None]:
    """These tasks come before that one. A circle is refused."""
    return Request(words("task", "after", "--", str(wanted), map(str, firsts)), nothing)


# ---- shared values and notes ----


def set_value(
    key: str, value: str, *, namespace: str | None = None, ttl_seconds: float | None = None
) -> Request[int]:
    """Give a shared value; its new version. A namespace is global, session or repository."""
    limits = (*option("--namespace", namespace), *option("--ttl", ttl_seconds))
    return Request(words("kv", "set", limits, "--", key, value), number)


def compare_and_set(
    key: str, version: int, value: str, *, namespace: str | None = None
) -> Request[int]:
    """The same if it still has that version (0: it is not there). Raises ConflictError."""
    place = option("--namespace", namespace)
    return Request(words("kv", "cas", place, "--", key, str(version), value), number)


def value(key: str, *, namespace: str | None = None) -> Request[Shared]:
    """A shared value. Raises NotFoundError."""
    asked = words("kv", "get", "--json", option("--namespace", namespace), "--", key)
    return Request(asked, json_of(Shared))


def values(pattern: str = "*", *, namespace: str | None = None) -> Request[list[Shared]]:
    """The shared values whose keys fit a pattern."""
    asked = words("kv", "list", "--json", option("--namespace", namespace), "--", pattern)
    return Request(asked, json_of(list[Shared]))


def delete_value(key: str, *, namespace: str | None = None) -> Request[None]:
    """Take a shared value away. Raises NotFoundError."""
    return Request(words("kv", "del", option("--namespace", namespace), "--", key), nothing)


def watch_values(
    pattern: str = "*",
    *,
    namespace: str | None = None,
    count: int = 1,
    timeout_seconds: float | None = None,
) -> Request[list[Change]]:
    """Wait for so many changes of the shared values whose keys fit a pattern.

    What happens between two calls is seen by the versions of `values`. Raises TimedOutError.
    """
    asked = words(
        *("kv", "watch", "--json", option("--namespace", namespace), option("--count", count)),
        *(option("--timeout", timeout_seconds), "--", pattern),
    )
    return Request(asked, _changes)


def _changes(answer: Answer) -> list[Change]:
    return [decoded(line, Change) for line in checked(answer).splitlines()]


def add_note(note: str, *, namespace: str | None = None) -> Request[int]:
    """Keep a note; its id."""
    return Request(words("note", "add", option("--namespace", namespace), "--", note), number)


def search_notes(
    *wanted: str, namespace: str | None = None, count: int | None = None
) -> Request[list[Note]]:
    """The notes with these words, or the newest."""
    limits = (*option("--namespace", namespace), *option("--count", count))
    return Request(words("note", "search", "--json", limits, "--", wanted), json_of(list[Note]))


# ---- claims and decisions ----


def claim(*paths: str, ttl_seconds: float | None = None) -> Request[None]:
    """Claim paths, all or none. Raises ConflictError where somebody else has one."""
    asked = words("claim", option("--ttl", ttl_seconds), "--", map(_path, paths))
    return Request(asked, nothing)


def claims() -> Request[list[Claim]]:
    """All claims."""
    return Request(words("claim", "list", "--json"), json_of(list[Claim]))


def release(*paths: str) -> Request[None]:
    """Release the caller's claims on these paths, or all of the caller's."""
    return Request(words("claim", "release", "--", map(_path, paths)), nothing)


def log_decision(  # noqa: PLR0913  # as the command has them
    title: str,
    *,
    chosen: str,
    why: str,
    options: Sequence[str] = (),
    confidence: float | None = None,
    link: str | None = None,
    commit: str | None = None,
) -> Request[int]:
    """Write down a decision; its id.

    Args:
        title: What it is about.
        chosen: One of the options, if there are any.
        why: The reason.
        options: What there was to choose from.
        confidence: 0 to 1.
        link: What it led to, such as a task.
        commit: The commit that it is about; the one that is checked out here by default.
    """
    asked = words(
        *("decision", "log", "--title", title, *(option("--option", one) for one in options)),
        *("--chosen", chosen, "--why", why, option("--confidence", confidence)),
        *(option("--link", link), option("--commit", commit)),
    )
    return Request(asked, number)


def judge_decision(wanted: int, *, good: bool) -> Request[None]:
    """Say how a decision turned out."""
    return Request(words("decision", "outcome", str(wanted), "ok" if good else "bad"), nothing)


def decisions(*, count: int | None = None) -> Request[list[Decision]]:
    """The newest decisions, those included that were kept by themselves."""
    asked = words("decision", "list", "--json", option("--count", count))
    return Request(asked, json_of(list[Decision]))


def export_decisions(*, count: int | None = None) -> Request[str]:
    """The newest decisions as a document of Markdown; as records they are `decisions`."""
    return Request(words("decision", "list", "--markdown", option("--count", count)), text)


def _place(target: Target) -> str:
    return target if isinstance(target, str) else target.id


def _path(path: str) -> str:
    """A path that is not taken for a word of the command."""
    return path if path.startswith(("/", "~")) else f"./{path}"


def _if_any(text: str) -> tuple[str, ...]:
    return (text,) if text else ()
