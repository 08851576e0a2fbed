"""OpenCode's database: its sessions, their messages and tokens. Seen on 1.18.33.

Functions of an open transaction (`persist.store`); who opens the file, and that it is only read, is
not their business. Its window's title tells which of the sessions a terminal shows.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

import msgspec

from aimux.agents.binding import is_turn_of
from aimux.agents.context import Context, percent_of
from aimux.agents.sources.fields import Record, number, parse_record, record, text, tokens
from aimux.agents.state_claims import Claim
from aimux.persist.store import Store, Value
from aimux.security.clean import clean

MAX_SESSIONS = 50
"""Sessions of a directory that are looked at, the newest first."""
MAX_MESSAGES = 100
"""Messages of a session that are looked at, the newest first."""
_MAX_MESSAGE = 65_536
_MAX_TEXT = 200
_MAX_ANCESTORS = 8
_MAX_TITLE, _CUT_TITLE = 40, 37
"""Characters of a session's title that the window's shows whole; else so many and an ellipsis."""
_TITLE = "OC | "
_UNTITLED = re.compile(r"(?:New|Child) session - \d{4}-\d\d-\d\dT")
_INTERRUPTED = "MessageAbortedError"


class OpenCodeSession(msgspec.Struct, frozen=True):
    """A session.

    Attributes:
        id: OpenCode's own.
        title: What it is about; a default one before a model has named it.
        prompted_at: When its last turn began, seconds since the epoch; `None` if none has.
    """

    id: str
    title: str
    prompted_at: float | None


class OpenCodeLog(msgspec.Struct, frozen=True):
    """What a session's messages say.

    Attributes:
        session: Which it is.
        provider: Whose model answered last; "" before the first answer.
        context: The newest numbers, without the window; `None` before the first answer.
        claim: How the last turn ended; `None` while one goes on. Its time is the wall clock's.
    """

    session: OpenCodeSession
    provider: str
    context: Context | None
    claim: Claim | None


class Sight(msgspec.Struct, frozen=True):
    """What is known of the OpenCode in a pane when its database is looked at.

    Attributes:
        directory: Where it works.
        title: Of its window.
        session: That it was bound to so far; "" if it is not.
        named: A session that its plugin or its command line named; "" if none did.
        began_at: When its last turn began, seconds since the epoch; `None` if none has been seen,
            or if another's in the same directory began with it.
        taken: The sessions of other panes.
    """

    directory: str
    title: str
    session: str = ""
    named: str = ""
    began_at: float | None = None
    taken: frozenset[str] = frozenset()


# ---- binding ----


def session_seen(store: Store, sight: Sight) -> str:
    """The session that a pane shows, "" where that is not proven.

    A session is named by the program itself, or by the one title that stands in its window, or its
    turn began when the pane's did. None that the window's title speaks against is taken.
    """
    found = _named(store, sight) or _titled(store, sight) or _of_turn(store, sight)
    return "" if found in sight.taken else found


def _named(store: Store, sight: Sight) -> str:
    for name in (sight.named, sight.session):
        found = root_of(store, name) if name else None
        if found is not None and shows(sight.title, found.title):
            return found.id
    return ""


def _titled(store: Store, sight: Sight) -> str:
    found = session_titled(store, sight.title) if sight.title.startswith(_TITLE) else None
    return found.id if found is not None else ""


def _of_turn(store: Store, sight: Sight) -> str:
    if sight.began_at is None:
        return ""
    began_at = sight.began_at
    fitting = [
        one.id
        for one in sessions_in(store, sight.directory)
        if is_turn_of(one.prompted_at, began_at) and shows(sight.title, one.title)
    ]
    return fitting[0] if len(fitting) == 1 else ""


# ---- questions ----


def sessions_in(store: Store, directory: str) -> list[OpenCodeSession]:
    """A person's sessions of a directory, the one that was in use last first."""
    rows = store.execute(
        "SELECT id, title FROM session WHERE directory = ? AND parent_id IS NULL"
        " ORDER BY time_updated DESC LIMIT ?",
        (directory, MAX_SESSIONS),
    )
    return [_session(store, identity, title) for identity, title in list(rows)]


def session_titled(store: Store, title: str) -> OpenCodeSession | None:
    """The session that a window with a title shows; `None` where not exactly one fits."""
    shown = title.removeprefix(_TITLE)
    begin = shown.removesuffix("…") if len(shown) == _CUT_TITLE + 1 else shown
    rows = store.execute(
        "SELECT id, title FROM session WHERE parent_id IS NULL"
        " AND (title = ? OR substr(title, 1, ?) = ?) LIMIT ?",
        (shown, len(begin), begin, MAX_SESSIONS),
    )
    found = [(identity, name) for identity, name in list(rows) if shows(title, str(name))]
    return _session(store, *found[0]) if len(found) == 1 else None


def root_of(store: Store, session: str) -> OpenCodeSession | None:
    """The person's session that a session belongs to: itself, or the one that began it."""
    for _ in range(_MAX_ANCESTORS):
        row = store.execute(
            "SELECT id, title, parent_id FROM session WHERE id = ?", (session,)
        ).fetchone()
        if row is None:
            return None
        identity, title, parent = row
        if not parent:
            return _session(store, identity, title)
        session = str(parent)
    return None


def read_log(store: Store, session: str) -> OpenCodeLog | None:
    """What a session's newest messages say; `None` if there is no such session."""
    row = store.execute("SELECT id, title, cost FROM session WHERE id = ?", (session,)).fetchone()
    if row is None:
        return None
    identity, title, cost = row
    messages = _messages(store, session)
    prompted_at = _prompted_at(messages)
    answers = [one for one in messages if text(one, "role") == "assistant"]
    last = next(iter(answers), {})
    return OpenCodeLog(
        session=OpenCodeSession(str(identity), str(title), prompted_at),
        provider=text(last, "providerID"),
        context=_context(messages, cost if isinstance(cost, float) and cost > 0 else None),
        claim=_claim(messages[0]) if messages else None,
    )


def shows(title: str, session_title: str) -> bool:
    """Whether a window with a title may show a session of a title.

    A session that nobody has named stands under the program's own name.
    """
    if not title.startswith(_TITLE):
        return bool(_UNTITLED.match(session_title))
    shown = title.removeprefix(_TITLE)
    if len(session_title) > _MAX_TITLE:
        return shown == session_title[:_CUT_TITLE] + "…"
    return shown == session_title


# ---- windows ----


def configured_window(config: Record, provider: str, model: str) -> int:
    """Tokens that fit into a model's context by a person's configuration; 0 if it says nothing."""
    return _limit(record(record(config, "provider"), provider), model)


def listed_window(models: Record, provider: str, model: str) -> int:
    """The same by OpenCode's list of models; 0 for one that is not in it."""
    return _limit(record(models, provider), model)


def with_window(log: OpenCodeLog, window: int) -> OpenCodeLog:
    """The same with the window of its model, where that is known."""
    if log.context is None or window <= 0:
        return log
    percent = percent_of(log.context.used, window)
    context = replace(log.context, window=window, percent=percent)
    return msgspec.structs.replace(log, context=context)


def _limit(provider: Record, model: str) -> int:
    return tokens(record(record(record(provider, "models"), model), "limit"), "context")


# ---- rows ----


def _session(store: Store, identity: Value, title: Value) -> OpenCodeSession:
    prompted_at = _prompted_at(_messages(store, str(identity)))
    return OpenCodeSession(str(identity), str(title), prompted_at)


def _messages(store: Store, session: str) -> list[Record]:
    """The newest messages, the last first."""
    rows = store.execute(
        "SELECT data FROM message WHERE session_id = ? AND length(data) <= ?"
        " ORDER BY time_created DESC, id DESC LIMIT ?",
        (session, _MAX_MESSAGE, MAX_MESSAGES),
    )
    return [parse_record(str(data)) for (data,) in rows]


def _prompted_at(messages: Iterable[Record]) -> float | None:
    asked = (one for one in messages if text(one, "role") == "user")
    return _seconds(record(next(asked, {}), "time"), "created")


def _seconds(times: Record, name: str) -> float | None:
    """A time that is written in milliseconds."""
    value = number(times, name)
    return None if value is None else value / 1000


def _context(messages: Sequence[Record], cost: float | None) -> Context | None:
    """Numbers as its own footer counts them: all tokens of the last answer that has some."""
    counted = [(at, _used(one)) for at, one in enumerate(messages)]
    found = next(((at, used) for at, used in counted if used), None)
    if found is None:
        return None
    at, used = found
    turn = next((i for i, one in enumerate(messages) if text(one, "role") == "user"), len(messages))
    before = next((value for i, value in counted if i > max(turn, at) and value), None)
    return Context(
        used=used,
        growth=None if before is None or turn < at else used - before,
        compactions=sum(one.get("summary") is True for one in messages),
        cost=cost,
        model=clean(text(messages[at], "modelID"), limit=_MAX_TEXT),
        source="database",
    )


def _used(message: Record) -> int:
    if text(message, "role") != "assistant":
        return 0
    counts = record(message, "tokens")
    cache = record(counts, "cache")
    parts = sum(tokens(counts, name) for name in ("input", "output", "reasoning"))
    return parts + sum(tokens(cache, name) for name in ("read", "write"))


def _claim(last: Record) -> Claim | None:
    at = _seconds(record(last, "time"), "completed")
    if text(last, "role") != "assistant" or at is None:
        return None
    error = record(last, "error")
    name = clean(text(error, "name"), limit=_MAX_TEXT)
    if name == _INTERRUPTED:
        return Claim("transcript", "idle", at, evidence=name)
    if error:
        said = clean(text(record(error, "data"), "message"), limit=_MAX_TEXT)
        return Claim("transcript", "error", at, detail=said, evidence=name)
    finish = clean(text(last, "finish"), limit=_MAX_TEXT)
    is_over = finish not in ("", "tool-calls", "unknown")
    return Claim("transcript", "done", at, evidence=f"finish {finish}") if is_over else None
