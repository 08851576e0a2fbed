"""Whether a message has reached an agent, by the agent's own log. Pure.

What was handed over is expected; a line of the log counts if it holds what the agent was given (a
prompt, a hook's answer, and not what it said or what a tool printed), and was written since.
"""

from __future__ import annotations

from collections.abc import Iterator

from aimux.agents.handover import HEAD
from aimux.agents.sources.fields import Record, moment, parse_record, record, records, text

MAX_EXPECTED = 64
"""Messages that are looked for in one log; the oldest go."""
SLACK_SECONDS = 2.0
"""A log's clock may say that a line is so much older than it is."""
_SIGN = b"Message #"


class Receipts:
    """The messages that one agent was handed, and that its log has not shown."""

    def __init__(self) -> None:
        self._expected: dict[int, float] = {}

    def __len__(self) -> int:
        return len(self._expected)

    def expect(self, number: int, since: float) -> None:
        """A message is handed over at a time, in seconds since the epoch."""
        self._expected.pop(number, None)
        self._expected[number] = since
        while len(self._expected) > MAX_EXPECTED:
            del self._expected[next(iter(self._expected))]

    def forget(self, number: int) -> None:
        """Nobody waits for its receipt any more."""
        self._expected.pop(number, None)

    def handed_between(self, first: float, last: float) -> list[int]:
        """What is expected, and was handed over between two times."""
        return [one for one, since in self._expected.items() if first <= since <= last]

    def feed(self, line: bytes) -> list[int]:
        """Take a line of the log; the messages that it shows, which are not expected any more."""
        if not self._expected or _SIGN not in line:
            return []
        fields = parse_record(line)
        at = moment(fields, "timestamp")
        found = {int(head[1]) for given in texts_given(fields) for head in HEAD.finditer(given)}
        seen = [one for one in found if self._is_since(one, at)]
        for one in seen:
            del self._expected[one]
        return sorted(seen)

    def _is_since(self, number: int, at: float | None) -> bool:
        since = self._expected.get(number)
        return since is not None and (at is None or at >= since - SLACK_SECONDS)


def texts_given(fields: Record) -> Iterator[str]:
    """The texts in a line of a log that an agent was given by others.

    Claude Code writes prompts and the answers of Stop hooks as `user`, other hooks' answers and
    prompts that waited as `attachment`; Codex writes what was given as `response_item` of the role
    `user`; Gemini CLI as `user`.
    """
    kind = text(fields, "type")
    if kind == "user":
        message = record(fields, "message") or fields
        yield from _content(message)
    elif kind == "attachment":
        yield from _strings(record(fields, "attachment"))
    elif kind == "response_item" and text(record(fields, "payload"), "role") == "user":
        yield from _content(record(fields, "payload"))


def _content(message: Record) -> Iterator[str]:
    content = message.get("content")
    if isinstance(content, str):
        yield content
    for part in records(message, "content"):
        yield text(part, "text")


def _strings(value: object, depth: int = 4) -> Iterator[str]:
    """The strings in a value, as deep as an attachment's are."""
    if isinstance(value, str):
        yield value
    elif depth and isinstance(value, dict):
        for one in value.values():
            yield from _strings(one, depth - 1)
    elif depth and isinstance(value, list):
        for one in value:
            yield from _strings(one, depth - 1)
