"""How an agent's prompt is answered without looking at its pane, and what it asks.

The keys are data of a kind (`[[answers]]` in its TOML), bound to the screen rule of the prompt that
they answer: they are offered, and typed, only while that very prompt stands on the screen.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from aimux.agents.screen_rules import ScreenFinding
from aimux.errors import ParseError

_KEYS = frozenset({"rule", "key", "word", "keys"})


@dataclass(frozen=True, slots=True)
class Answer:
    """A way to answer what an agent asks.

    Attributes:
        key: What a person presses for it in the sidebar.
        word: What it means, such as `allow`.
        keys: What is typed for it into the agent's pane.
    """

    key: str
    word: str
    keys: bytes


@dataclass(frozen=True, slots=True)
class AnswerRule:
    """An answer, and the name of the screen rule of the prompt that it answers."""

    rule: str
    answer: Answer


@dataclass(frozen=True, slots=True)
class Request:
    """What an agent asks, as it stands on its screen.

    Attributes:
        text: The command or the question, clean and one line; "" if the screen does not tell.
        reason: On what it waits: `permission`, `question`, `dialog`.
        answers: How it can be answered from elsewhere; empty where it must be in its pane.
        seen: What the screen showed: while it shows the same, the answers hold.
    """

    text: str
    reason: str
    answers: tuple[Answer, ...]
    seen: ScreenFinding


def request_of(rules: Sequence[AnswerRule], found: ScreenFinding | None) -> Request | None:
    """What the agent asks, by what its screen shows; `None` if that is no prompt."""
    if found is None or found.state != "waiting":
        return None
    answers = tuple(one.answer for one in rules if one.rule == found.rule)
    return Request(found.detail, found.reason, answers, found)


def parse_answers(kind: str, table: object, rules: Sequence[str]) -> tuple[AnswerRule, ...]:
    """The `[[answers]]` of a kind's file.

    Args:
        kind: Its name, for errors.
        table: What stands there.
        rules: The names of its screen rules.

    Raises:
        ParseError: A key is unknown or missing, or names no screen rule.
    """
    if not isinstance(table, list):
        raise ParseError(f"{kind}.toml: answers is not a list of tables")
    return tuple(_rule(kind, one, rules) for one in table)


def _rule(kind: str, table: object, rules: Sequence[str]) -> AnswerRule:
    if not isinstance(table, dict) or set(table) != _KEYS:
        raise ParseError(f"{kind}.toml: an answer is not a table of {sorted(_KEYS)}")
    words = {key: value for key, value in table.items() if isinstance(value, str) and value}
    if len(words) != len(_KEYS):
        raise ParseError(f"{kind}.toml: an answer holds something else than strings")
    if words["rule"] not in rules:
        raise ParseError(f"{kind}.toml: an answer to an unknown screen rule: {words['rule']}")
    answer = Answer(words["key"], words["word"], words["keys"].encode())
    return AnswerRule(words["rule"], answer)
