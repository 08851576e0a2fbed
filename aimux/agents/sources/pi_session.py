"""pi's session file: one JSON object a line. Seen on 0.73.1, 0.74.2 and 0.85.1."""

from __future__ import annotations

from aimux.agents.sources.fields import Record, moment, number, parse_record, record, text, tokens
from aimux.agents.sources.turn_log import MAX_TEXT, TurnLog
from aimux.agents.state_claims import Claim
from aimux.security.clean import clean

_USED = ("input", "output", "cacheRead", "cacheWrite")
_ENDED = frozenset({"stop", "length"})


class PiSession(TurnLog):
    """Follows one session; its numbers are those of pi's own footer, its cost is a sum."""

    source = "session"

    def __init__(self) -> None:
        super().__init__()
        self._cost = 0.0

    def feed(self, line: bytes) -> None:
        """Take a line, in order; one that cannot be read is passed over."""
        fields = parse_record(line)
        at = moment(fields, "timestamp") or 0.0
        match text(fields, "type"):
            case "session":
                self.session = clean(text(fields, "id"), limit=MAX_TEXT)
                self.directory = text(fields, "cwd")
            case "compaction":
                self._compactions += 1
            case "message":
                self._said(record(fields, "message"), at)
            case _:
                pass

    def _said(self, message: Record, at: float) -> None:
        role = text(message, "role")
        if role == "user":
            self._begins(at)
        elif role == "assistant":
            usage = record(message, "usage")
            self._cost += number(record(usage, "cost"), "total") or 0.0
            used = sum(tokens(usage, name) for name in _USED)
            self._counts(used, text(message, "model"), self._cost or None)
            self._ended(message, at)

    def _ended(self, message: Record, at: float) -> None:
        reason = text(message, "stopReason")
        self.claim = None
        if reason == "aborted":
            self.claim = Claim("transcript", "idle", at, evidence=reason)
        elif reason == "error":
            self._fails(at, text(message, "errorMessage"), reason)
        elif reason in _ENDED:
            self.claim = Claim("transcript", "done", at, evidence=f"stop reason {reason}")
