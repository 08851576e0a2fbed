"""Copilot CLI's events: one JSON object a line. Seen on 1.0.102."""

from __future__ import annotations

from aimux.agents.sources.fields import Record, moment, parse_record, record, records, text, tokens
from aimux.agents.sources.turn_log import MAX_TEXT, TurnLog
from aimux.agents.state_claims import Claim
from aimux.security.clean import clean


class CopilotEvents(TurnLog):
    """Follows one session. A turn of a person is several of the model's: one for each request."""

    source = "events"

    def __init__(self) -> None:
        super().__init__()
        self._wants_tools = False

    def feed(self, line: bytes) -> None:
        """Take a line, in order; one that cannot be read is passed over."""
        fields = parse_record(line)
        at = moment(fields, "timestamp") or 0.0
        self._happened(text(fields, "type"), record(fields, "data"), at)

    def _happened(self, kind: str, data: Record, at: float) -> None:
        match kind:
            case "session.start" | "session.resume":
                self.session = self.session or clean(text(data, "sessionId"), limit=MAX_TEXT)
                self.directory = text(record(data, "context"), "cwd") or self.directory
            case "user.message":
                self._begins(at)
            case "session.usage_record":
                usage = record(data, "usage")
                self._counts(tokens(usage, "inputTokens"), text(usage, "model"))
            case "session.compaction_complete":
                self._compactions += 1
            case "assistant.message":
                self._wants_tools = bool(records(data, "toolRequests"))
            case _:
                self._ended(kind, data, at)

    def _ended(self, kind: str, data: Record, at: float) -> None:
        match kind:
            case "assistant.turn_end":
                ended = Claim("transcript", "done", at, evidence="turn ended")
                self.claim = None if self._wants_tools else ended
            case "abort":
                self.claim = Claim("transcript", "idle", at, evidence="aborted")
            case "session.error":
                self._fails(at, text(data, "message"), text(data, "errorType"))
            case "assistant.turn_start":
                self.claim = None
            case _:
                pass
