"""The history of commands: kept, searched, deleted. Each function is given a transaction."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from msgspec import Struct

from aimux.persist.store import Store, Value
from aimux.security.redact import redact
from aimux.semantic.output import packed

MAX_FOUND = 10_000
_COLUMNS = (
    *("text", "pane", "session", "agent", "path", "branch", "started", "seconds"),
    *("exit_status", "kind", "status", "headline"),
)
_SELECT = "SELECT " + ", ".join(f"command.{column}" for column in ("id", *_COLUMNS))
_SHORTEST_WORD = 3  # letters: the index is of three letters each
MAX_PATHS = 50
"""Directories that are searched one by one; more are searched together."""
CROWDED = 5000

Condition = tuple[str, list[Value]]
"""A condition in SQL and its values."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One command that ran.

    Attributes:
        text: Its command line, without secrets.
        pane: The number of its pane, in the server of then.
        session: That pane's session, by its name of then.
        agent: The agent that ran in the pane or asked for the command; "" if none.
        path: The directory it began in.
        branch: What git had checked out there; "" if nothing.
        started: Seconds since the epoch.
        seconds: How long it took.
        exit_status: 0-255, or None where the shell did not say.
        kind: What was recognised, such as `test`.
        status: How it went: `ok warn fail info unknown`.
        headline: What it said in one line.
        id: Its number, from 1, in the order in which commands ended; 0 before it is kept.
    """

    text: str
    pane: int
    session: str
    agent: str
    path: str
    branch: str
    started: float
    seconds: float
    exit_status: int | None
    kind: str = "plain"
    status: str = "unknown"
    headline: str = ""
    id: int = 0


@dataclass(frozen=True, slots=True)
class Query:
    """Which commands are meant; every condition that is given must hold.

    Attributes:
        words: Each stands somewhere in the command line, whatever the case.
        failed: Its exit status is known and not 0.
        path: It began in this directory or below it.
        agent: An agent's name.
        since: Began at or after, seconds since the epoch.
        limit: At most so many, the newest.
    """

    words: tuple[str, ...] = ()
    failed: bool = False
    path: str = ""
    agent: str = ""
    since: float | None = None
    limit: int = 100


class Limits(Struct, frozen=True):
    """How much is kept; 0 is no limit.

    Attributes:
        commands: The newest so many.
        days: None that began earlier.
        output_bytes: Packed output of all together; the oldest output goes, its command stays.
    """

    commands: int = 100_000
    days: int = 0
    output_bytes: int = 256 << 20


def may_keep(text: str) -> bool:
    """Whether a command line is kept: an empty one, and one behind a space, is not."""
    return bool(text.strip()) and not text[0].isspace()


def keep(store: Store, entry: Entry, output: str, *, branch: str = "") -> int:
    """Keep a command and what it printed, both without secrets; the entry's id.

    Args:
        store: A transaction.
        entry: The command.
        output: What it printed; nothing is kept of it if it is empty.
        branch: What git had checked out, where the entry does not say it.
    """
    values: dict[str, Value] = {column: getattr(entry, column) for column in _COLUMNS}
    values["text"], values["headline"] = redact(entry.text), redact(entry.headline)
    values["branch"] = entry.branch or branch
    names = ", ".join(_COLUMNS)
    places = ", ".join(f":{column}" for column in _COLUMNS)
    sql = f"INSERT INTO command ({names}) VALUES ({places})"  # noqa: S608  # names of ours
    number = store.execute(sql, values).lastrowid or 0
    if output:
        block = packed(redact(output))
        store.execute("INSERT INTO command_output VALUES (?, ?, ?)", (number, block, len(block)))
    return number


def search(store: Store, query: Query) -> list[Entry]:
    """The newest commands that a query means, newest first."""
    limit = max(0, min(query.limit, MAX_FOUND))
    if not query.path:
        return _find(store, query, limit)
    paths = _paths_below(store, query.path)
    if len(paths) > MAX_PATHS:
        return _find(store, query, limit, _below(query.path))
    # One directory after another: each has its commands in order already.
    found = [
        entry
        for path in paths
        for entry in _find(store, query, limit, ("command.path = ?", [path]))
    ]
    return sorted(found, key=lambda entry: -entry.id)[:limit]


def _paths_below(store: Store, path: str) -> list[str]:
    """A directory and those below it in which commands ran, at most one more than MAX_PATHS."""
    condition, values = _below(path)
    sql = f"SELECT DISTINCT path FROM command WHERE {condition} LIMIT ?"  # noqa: S608  # ours
    return [str(row[0]) for row in store.execute(sql, [*values, MAX_PATHS + 1])]


def _below(path: str) -> Condition:
    """By the order of letters, so that an index serves: `0` follows `/`."""
    inside = path.rstrip("/")
    return (
        "(command.path = ? OR command.path >= ? AND command.path < ?)",
        [path, f"{inside}/", f"{inside}0"],
    )


def _find(store: Store, query: Query, limit: int, place: Condition | None = None) -> list[Entry]:
    long_words = [word for word in query.words if len(word) >= _SHORTEST_WORD]
    indexed = bool(long_words) and (place is None or _is_crowded(store, place))
    by_like = [word for word in query.words if not indexed or len(word) < _SHORTEST_WORD]
    conditions = [*_word_conditions(by_like), *_conditions(query)]
    source, order = "command", "command.id"
    if indexed:
        source = "command_words JOIN command ON command.id = command_words.rowid"
        order = "command_words.rowid"
        quoted = " AND ".join('"' + word.replace('"', '""') + '"' for word in long_words)
        conditions.insert(0, ("command_words MATCH ?", [quoted]))
    if place is not None:
        conditions.append(place)
    if query.since is not None:
        conditions.append((f"{order} >= ?", [_first_since(store, query.since)]))
    where = " AND ".join(condition for condition, _ in conditions) or "1"
    values = [value for _, given in conditions for value in given]
    sql = f"{_SELECT} FROM {source} WHERE {where} ORDER BY {order} DESC LIMIT ?"
    return [_entry(row) for row in store.execute(sql, [*values, limit])]


def _is_crowded(store: Store, place: Condition) -> bool:
    """Whether so much ran in a place that words are found sooner by their index."""
    condition, values = place
    sql = f"SELECT 1 FROM command WHERE {condition} LIMIT 1 OFFSET {CROWDED}"  # noqa: S608  # ours
    return store.execute(sql, values).fetchone() is not None


def _word_conditions(words: Sequence[str]) -> Iterator[Condition]:
    for word in words:
        if set(word) & set("%_\\"):
            yield "command.text LIKE ? ESCAPE '\\'", [f"%{_escaped(word)}%"]
        else:  # which is faster
            yield "command.text LIKE ?", [f"%{word}%"]


def _conditions(query: Query) -> Iterator[Condition]:
    if query.failed:
        yield "command.exit_status != 0", []
    if query.agent:
        yield "command.agent != '' AND command.agent = ?", [query.agent]
    if query.since is not None:
        yield "command.started >= ?", [query.since]


def _first_since(store: Store, since: float) -> int:
    """A number below which no command began that late: they are numbered as they ended.

    Servers that share the database may be a little out of order.
    """
    rows = store.execute(
        "SELECT id FROM command WHERE started + seconds >= ? ORDER BY started + seconds LIMIT 50",
        (since,),
    )
    return min((int(row[0] or 0) for row in rows), default=1 << 62)


def _escaped(word: str) -> str:
    return word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def _entry(row: Sequence[Value]) -> Entry:
    fields = dict(zip(("id", *_COLUMNS), row, strict=True))
    return Entry(**fields)  # type: ignore[arg-type]  # the columns are typed by the schema


def output_of(store: Store, number: int) -> bytes | None:
    """The packed output of a command (`semantic.output.unpacked`); None if none is kept."""
    row = store.execute("SELECT block FROM command_output WHERE command = ?", (number,)).fetchone()
    return bytes(row[0]) if row is not None and isinstance(row[0], bytes) else None


def delete(store: Store, numbers: Sequence[int]) -> int:
    """Delete commands with their output, for good; how many there were."""
    found = _delete(store, numbers)
    _purge(store)
    return found


def _delete(store: Store, numbers: Sequence[int]) -> int:
    """From the tables; their pages are zeroed, and the database empties its journal after it."""
    store.execute("PRAGMA secure_delete = ON")
    found = 0
    for number in numbers:
        found += store.execute("DELETE FROM command WHERE id = ?", (number,)).rowcount
    return found


def _purge(store: Store) -> None:
    """From the words' index: what is deleted there stays, marked, until its parts are merged."""
    store.execute("INSERT INTO command_words (command_words) VALUES ('optimize')")


def delete_found(store: Store, query: Query) -> int:
    """Delete every command that a query means; how many there were."""
    everything = replace(query, limit=MAX_FOUND)
    count = 0
    while found := search(store, everything):
        count += _delete(store, [entry.id for entry in found])
    _purge(store)
    return count


def forget_old(store: Store, limits: Limits, *, now: float) -> int:
    """Keep to the limits; how many commands went."""
    gone = 0
    if limits.days:
        oldest = now - limits.days * 86_400
        gone += store.execute("DELETE FROM command WHERE started < ?", (oldest,)).rowcount
    if limits.commands:
        gone += store.execute(
            "DELETE FROM command WHERE id <= (SELECT max(id) FROM command) - ?", (limits.commands,)
        ).rowcount
    if limits.output_bytes:
        _forget_output(store, limits.output_bytes)
    return gone


def _forget_output(store: Store, limit: int) -> None:
    row = store.execute("SELECT coalesce(sum(size), 0) FROM command_output").fetchone()
    excess = int(row[0] or 0) - limit if row is not None else 0
    if excess <= 0:
        return
    last = 0
    for number, size in store.execute("SELECT command, size FROM command_output ORDER BY command"):
        excess -= int(size or 0)
        last = int(number or 0)
        if excess <= 0:
            break
    store.execute("DELETE FROM command_output WHERE command <= ?", (last,))


def used_programs(store: Store) -> list[str]:
    """The first words of newest commands that worked, each once."""
    rows = store.execute(
        "SELECT text FROM command WHERE exit_status = 0 ORDER BY id DESC LIMIT 500"
    )
    words = (str(row[0]).split(maxsplit=1)[0] for row in rows if str(row[0]).strip())
    return list(dict.fromkeys(words))


def succeeded_after(store: Store, text: str, path: str) -> str | None:
    """What was run next, and worked, the last time that this command line failed there.

    None if it never failed there, or the next commands up to its success only repeated it.
    """
    row = store.execute(
        "SELECT max(id) FROM command WHERE text = ? AND path = ? AND exit_status != 0"
        " AND id < (SELECT max(id) FROM command WHERE text = ? AND path = ? AND exit_status = 0)",
        (text, path, text, path),
    ).fetchone()
    if row is None or row[0] is None:
        return None
    next_good = store.execute(
        "SELECT text FROM command WHERE id > ? AND id < ? AND path = ? AND text != ?"
        " AND exit_status = 0 ORDER BY id LIMIT 1",
        (row[0], int(row[0]) + 20, path, text),
    ).fetchone()
    return str(next_good[0]) if next_good is not None else None
