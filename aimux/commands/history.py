"""history and audit: what was run and what was asked for, from the database. aimux's own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from functools import partial
from pathlib import PurePosixPath
from time import localtime, strftime

from aimux.commands.command import Call, Command, Flags
from aimux.commands.numbers import number, seconds
from aimux.commands.result_formats import as_json
from aimux.commands.stored import answered
from aimux.errors import CommandError
from aimux.observe.audit import Report, list_requests, verify
from aimux.observe.history import (
    MAX_FOUND,
    Entry,
    Query,
    delete,
    delete_found,
    output_of,
    search,
)
from aimux.persist.store import Store
from aimux.security.clean import LONGEST, clean
from aimux.semantic.output import unpacked

DEFAULT_COUNT = 100
MAX_DELETED = 1000
BROKEN = 2
"""The exit status of `audit verify` where the chain does not hold."""


def history(call: Call) -> None:
    """`history` of commands, oldest first; `history show id`; `history delete id ...`."""
    words = call.arguments.texts()
    if not words:
        query = _query(call)
        answered(call, partial(search, query=query), _print_entries)
    elif words[0] == "delete":
        _delete(call, words[1:])
    elif words[0] == "show" and len(words) == 2:
        wanted = number(words[1], "id")
        answered(call, partial(output_of, number=wanted), _print_output)
    else:
        raise CommandError(f"unknown word: {words[0]} (delete id ..., show id)")


def _query(call: Call) -> Query:
    arguments = call.arguments
    since = arguments.get("since")
    words = tuple(word for text in arguments.all("grep") for word in text.split())
    return Query(
        words=words,
        failed=arguments.has("failed"),
        path=_directory(call, arguments.get("cwd")),
        agent=arguments.get("agent") or "",
        since=None if since is None else call.effects.now() - seconds(since, "time"),
        limit=number(arguments.get("n") or str(DEFAULT_COUNT), "count", low=1, high=MAX_FOUND),
    )


def _directory(call: Call, given: str | None) -> str:
    """The directory that `--cwd` names, from where the asker is; "" without it."""
    if given is None:
        return ""
    parts: list[str] = []
    for part in PurePosixPath(call.resolve(given)).parts[1:]:
        if part != "..":
            parts.append(part)
        elif parts:
            parts.pop()
    return "/" + "/".join(parts)


def _print_entries(call: Call, entries: list[Entry]) -> None:
    oldest_first = entries[::-1]
    if call.arguments.has("json"):
        call.print(as_json([asdict(entry) for entry in oldest_first]))
        return
    for entry in oldest_first:
        call.print(_line(entry))


def _line(entry: Entry) -> str:
    """One entry: its number, when, how it ended, where, and what; a line break is shown as ↵."""
    when = strftime("%Y-%m-%d %H:%M", localtime(entry.started))
    status = "?" if entry.exit_status is None else str(entry.exit_status)
    where = clean(f"{entry.path} ({entry.branch})" if entry.branch else entry.path, limit=LONGEST)
    text = clean(entry.text.replace("\n", " ↵ "), limit=LONGEST)
    return f"{entry.id:>6}  {when}  {status:>3}  {entry.seconds:>7.1f}s  {where}  {text}"


def _print_output(call: Call, block: bytes | None) -> None:
    if block is None:
        call.source.requester.error("no output is kept of it")
        return
    try:
        call.print(unpacked(block))
    except ValueError as error:
        call.source.requester.error(f"its output is damaged: {error}")


def _delete(call: Call, words: tuple[str, ...]) -> None:
    """By numbers, or all that the conditions mean; never everything by leaving them out."""
    numbers = [number(word, "id", low=1) for word in words[:MAX_DELETED]]
    query = _query(call)
    bare = Query(limit=query.limit)
    if not numbers and query == bare:
        raise CommandError("which? give ids, or --grep, --failed, --cwd, --agent or --since")
    work: Callable[[Store], int] = (
        partial(delete, numbers=numbers) if numbers else partial(delete_found, query=query)
    )
    answered(call, work, _print_deleted, changes=True)


def _print_deleted(call: Call, count: int) -> None:
    call.print(f"{count} deleted")


# ---- audit ----


def audit(call: Call) -> None:
    """`audit list` prints requests, oldest first; `audit verify` checks that none was changed."""
    word = call.arguments.text(0)
    if word == "list":
        count = number(
            call.arguments.get("n") or str(DEFAULT_COUNT), "count", low=1, high=MAX_FOUND
        )
        listing = partial(list_requests, limit=count)
        answered(call, listing, _print_requests)
    elif word == "verify":
        answered(call, verify, _print_report)
    else:
        raise CommandError(f"unknown word: {word} (list, verify)")


def _print_requests(call: Call, requests: list[dict[str, object]]) -> None:
    if call.arguments.has("json"):
        call.print(as_json(requests))
        return
    for one in requests:
        when = strftime("%Y-%m-%d %H:%M:%S", localtime(float(str(one["at"]))))
        who = f"{one['principal']} (uid {one['uid']}, pid {one['pid']})"
        agent = f" {one['agent']}" if one["agent"] else ""
        request = clean(str(one["request"]), limit=LONGEST)
        call.print(f"{one['id']:>6}  {when}  {who}{agent}  {one['outcome']}  {request}")


def _print_report(call: Call, report: Report) -> None:
    if call.arguments.has("json"):
        call.print(as_json(asdict(report)))
    elif report.problem:
        call.source.requester.error(f"entry {report.entry}: {report.problem}")
    else:
        call.print(f"{report.checked} entries, unchanged")
    if report.problem:
        call.source.requester.fail(BROKEN)


COMMANDS = (
    Command(
        name="audit",
        alias=None,
        getopt="n:",
        arity=(1, 1),
        usage="list|verify [-n count] [--json]",
        flags=Flags.CAN_FAIL,
        run=audit,
        is_addition=True,
        long={"json": False},
        anywhere=True,
    ),
    Command(
        name="history",
        alias=None,
        getopt="n:",
        arity=(0, None),
        usage="[delete [id ...] | show id] [-n count] [--grep words] [--failed] [--cwd directory]"
        " [--agent name] [--since time] [--json]",
        flags=Flags.CAN_FAIL,
        run=history,
        is_addition=True,
        long=dict.fromkeys(("grep", "cwd", "agent", "since"), True)
        | dict.fromkeys(("failed", "json"), False),
        anywhere=True,
    ),
)
