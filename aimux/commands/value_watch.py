"""kv watch: a line for each value that is written or goes away from now on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from functools import partial

from typing_extensions import override

from aimux.agents import shared_values
from aimux.agents.shared_values import Shared
from aimux.commands.callers import namespace_of
from aimux.commands.command import Call
from aimux.commands.exchange import VALUES
from aimux.commands.harmless import age, first_line, harmless_json
from aimux.commands.numbers import number, seconds
from aimux.commands.store_wait import StoreWait
from aimux.commands.verbs import Words
from aimux.patterns.globs import glob_matches
from aimux.persist.store import Store
from aimux.security.clean import clean

LATE_SECONDS = 0.05
"""Between a value's end and the look that finds that it has gone."""
LATEST_SECONDS = 86_400.0


def watch(call: Call, words: Words) -> None:
    """`kv watch [pattern]`: values that were written, and keys that were deleted or expired."""
    count, timeout = words.get("count"), words.get("timeout")
    left = None if count is None else number(count, "count", low=1)
    patience = None if timeout is None else seconds(timeout, "timeout")
    _Watch(call, words, left=left).start((VALUES,), patience)


def value_line(one: Shared, now: float) -> str:
    """A value in one line, with who wrote it when."""
    who = f"{clean(one.author)} {age(now - one.written)} ago"
    return f"{clean(one.name)} = {first_line(one.value)}  (version {one.version}, {who})"


@dataclass(frozen=True, slots=True)
class _Seen:
    """What one look found.

    Attributes:
        newest: The version that was given last.
        written: What was written since the last look.
        names: All keys; None where none can have gone.
        due: When the next one of those looked at ends by itself; None for never.
    """

    newest: int
    written: tuple[Shared, ...] = ()
    names: frozenset[str] | None = None
    due: float | None = None


class _Watch(StoreWait[_Seen]):
    """What has been told already: versions only grow, and what is told gone is forgotten."""

    def __init__(self, call: Call, words: Words, *, left: int | None) -> None:
        self._namespace = namespace_of(call, words.get("namespace"))
        self._asker = call
        self._as_json = words.has("json")
        self._pattern = words.text(0) or "*"
        self._left = left
        self._behind: int | None = None
        self._known: frozenset[str] = frozenset()
        self._due: float | None = None
        super().__init__(call, self.question(), self._told)

    @override
    def question(self) -> Callable[[Store], _Seen]:
        """What has changed since the last look."""
        now = self._asker.effects.now()
        is_due = self._due is not None and self._due <= now
        if is_due:
            self._due = None
        return partial(
            _look,
            server=self._asker.effects.exchange.fleet.values_of(self._namespace),
            namespace=self._namespace,
            behind=self._behind,
            now=now,
            is_due=is_due,
        )

    def _told(self, seen: _Seen) -> bool:
        """Print what is new; whether that was all that is wanted."""
        is_first, self._behind = self._behind is None, seen.newest
        for one in seen.written:
            self._tell(one.name, self._written(one))
        known = self._known | {one.name for one in seen.written}
        if seen.names is not None:
            for name in () if is_first else sorted(known - seen.names):
                self._tell(name, self._gone(name))
            known = seen.names
        self._known = known
        self._look_at(seen.due)
        return self._left == 0

    def _tell(self, name: str, line: str) -> None:
        if self._left != 0 and glob_matches(self._pattern, name):
            self._asker.print(line)
            if self._left is not None:
                self._left -= 1

    def _written(self, one: Shared) -> str:
        now = self._asker.effects.now()
        return harmless_json(asdict(one)) if self._as_json else value_line(one, now)

    def _gone(self, name: str) -> str:
        if not self._as_json:
            return f"{clean(name)} is gone"
        place = {"namespace": self._namespace, "name": name}
        return harmless_json({**place, "value": None, "version": self._behind})

    def _look_at(self, due: float | None) -> None:
        """Look again when the next value ends by itself: nobody tells of that."""
        if due is None or (self._due is not None and self._due <= due):
            return
        self._due = due
        wait = min(LATEST_SECONDS, max(0.0, due - self._asker.effects.now()))
        self._asker.effects.after(wait + LATE_SECONDS, self._ended)

    def _ended(self) -> None:
        self.look_again()


def _look(  # which values, since when
    store: Store, *, server: str, namespace: str, behind: int | None, now: float, is_due: bool
) -> _Seen:
    newest = shared_values.newest_version(store, server)
    written: list[Shared] = []
    if behind is not None:
        written = shared_values.list_values(store, server, namespace, now=now, behind=behind)
        written.sort(key=lambda one: one.version)
        # Every version that was given is that of a value which is there: none was taken away.
        if not is_due and len(written) == newest - behind:
            ends = [one.expires for one in written if one.expires is not None]
            return _Seen(newest, tuple(written), due=min(ends, default=None))
    names, due = shared_values.names(store, server, namespace, now=now)
    return _Seen(newest, tuple(written), names, due)
