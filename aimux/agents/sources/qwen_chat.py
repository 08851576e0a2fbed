"""Qwen Code's chat file: one JSON object a line. Seen on 0.15.10 and 0.24.4."""

from __future__ import annotations

from aimux.agents.sources.fields import moment, parse_record, record, records, text, tokens
from aimux.agents.sources.turn_log import MAX_TEXT, TurnLog
from aimux.agents.state_claims import Claim
from aimux.security.clean import clean


class QwenChat(TurnLog):
    """Follows one chat. It does not tell of errors and interrupts."""

    source = "chat"

    def feed(self, line: bytes) -> None:
        """Take a line, in order; one that cannot be read is passed over."""
        fields = parse_record(line)
        at = moment(fields, "timestamp") or 0.0
        self.session = self.session or clean(text(fields, "sessionId"), limit=MAX_TEXT)
        self.directory = self.directory or text(fields, "cwd")
        match text(fields, "type"):
            case "user":
                self._begins(at)
            case "assistant":
                usage = record(fields, "usageMetadata")
                self._counts(tokens(usage, "promptTokenCount"), text(fields, "model"))
                parts = records(record(fields, "message"), "parts")
                is_answer = bool(usage) and not any("functionCall" in part for part in parts)
                ended = Claim("transcript", "done", at, evidence="answered")
                self.claim = ended if is_answer else None
            case "system":
                if text(fields, "subtype") == "chat_compression":
                    self._compactions += 1
            case _:
                pass
