"""Codex's rollout: a thread's events, one JSON object a line. Seen on 0.169.0.

Unlike Claude Code's transcript it holds the window, the plan's limits and interrupts.
"""

from dataclasses import replace

from aimux.agents.context import MAX_LIMITS, Context, PlanLimit
from aimux.agents.sources.fields import Record, moment, number, parse_record, record, text, tokens
from aimux.agents.state_claims import Claim
from aimux.protocol.plan_limits import limit_name
from aimux.security.clean import clean

BASELINE = 12_000
"""Tokens that Codex counts as used by nobody: its own percentage leaves them out."""
_MAX_TEXT = 200
_LIMITED = "usage_limit"


class CodexRollout:
    """Follows one rollout.

    Attributes:
        thread: The thread's id; "" before it is told.
        directory: Where the thread works.
        by_person: Whether a person's terminal made the thread, and not another program or agent.
        created_at: When, in seconds since the epoch; `None` before it is told.
        prompted_at: When the last turn began, seconds since the epoch; `None` before.
        context: The newest numbers; `None` before the first.
        claim: How the last turn ended; `None` while one goes on. Its time is the wall clock's.
    """

    def __init__(self) -> None:
        self.thread = self.directory = ""
        self.by_person = False
        self.created_at: float | None = None
        self.prompted_at: float | None = None
        self.context: Context | None = None
        self.claim: Claim | None = None
        self._model = ""
        self._turn_began_with: int | None = None
        self._compactions = 0

    @property
    def session(self) -> str:
        """The thread's id: by it a thread is gone on with."""
        return self.thread

    def works_in(self, directory: str) -> bool:
        """Whether a person's terminal made the thread in a directory."""
        return self.by_person and self.directory == directory

    def feed(self, line: bytes) -> None:
        """Take a line, in order; one that cannot be read is passed over."""
        fields = parse_record(line)
        payload = record(fields, "payload")
        at = moment(fields, "timestamp") or 0.0
        match text(fields, "type"):
            case "session_meta":
                self._begin(payload)
            case "turn_context":
                self._model = clean(text(payload, "model"), limit=_MAX_TEXT)
            case "compacted":
                self._compactions += 1
            case "event_msg":
                self._event(payload, at)
            case _:
                pass

    def _begin(self, payload: Record) -> None:
        self.thread = clean(text(payload, "id"), limit=_MAX_TEXT)
        self.directory = text(payload, "cwd")
        self.created_at = moment(payload, "timestamp")
        source = text(payload, "thread_source")
        self.by_person = source in ("", "user") and text(payload, "originator") != "codex_exec"

    def _event(self, payload: Record, at: float) -> None:
        match text(payload, "type"):
            case "task_started":
                self.claim = None
                self.prompted_at = at
                self._turn_began_with = self.context.used if self.context else None
            case "task_complete":
                self.claim = self._ended(record(payload, "error"), at)
            case "turn_aborted":
                reason = clean(text(payload, "reason"), limit=_MAX_TEXT)
                self.claim = Claim("transcript", "idle", at, evidence=f"turn aborted: {reason}")
            case "token_count":
                self._count(payload)
            case _:
                pass

    def _ended(self, error: Record, at: float) -> Claim:
        if not error:
            return Claim("transcript", "done", at, evidence="task_complete")
        info = clean(str(error.get("codex_error_info") or "error"), limit=_MAX_TEXT)
        said = clean(text(error, "message"), limit=_MAX_TEXT)
        if _LIMITED not in info:
            return Claim("transcript", "error", at, detail=said, evidence=info)
        limits = self.context.limits if self.context else ()
        resets = [one.resets_at for one in limits if one.percent >= 100 and one.resets_at]
        until = max(resets, default=None)
        return Claim("transcript", "limited", at, detail=said, evidence=info, resets_at=until)

    def _count(self, payload: Record) -> None:
        info = record(payload, "info")
        last = record(info, "last_token_usage")
        limits = _limits(record(payload, "rate_limits"))
        used, window = tokens(last, "total_tokens"), tokens(info, "model_context_window")
        if not used:
            if self.context is not None and limits:
                self.context = replace(self.context, limits=limits)
            return
        before = self._turn_began_with
        self.context = Context(
            used=used,
            window=window,
            percent=codex_percent(used, window),
            growth=None if before is None else used - before,
            compactions=self._compactions,
            limits=limits,
            model=self._model,
            source="rollout",
        )


def codex_percent(used: int, window: int) -> int | None:
    """How much of the window is used, as Codex counts: what it leaves is what `/status` says."""
    room = window - BASELINE
    if room <= 0:
        return None
    left = max(0, min(room, room - (used - BASELINE)))
    return 100 - round(100 * left / room)


def _limits(fields: Record) -> tuple[PlanLimit, ...]:
    found = []
    for name in ("primary", "secondary")[:MAX_LIMITS]:
        limit = record(fields, name)
        percent = number(limit, "used_percent")
        minutes = tokens(limit, "window_minutes")
        if percent is not None:
            shown = limit_name(minutes) if minutes else name
            found.append(PlanLimit(shown, percent, moment(limit, "resets_at")))
    return tuple(found)
