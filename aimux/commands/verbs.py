"""Commands of many verbs, such as `msg send`: each verb has its own options and words.

Options may stand anywhere behind the verb; `--` ends them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from aimux.commands.callers import person_at
from aimux.commands.command import Call
from aimux.errors import CommandError


@dataclass(frozen=True, slots=True)
class Words:
    """What stands behind a verb.

    Attributes:
        is_quiet: A person at a prompt asks, who needs no number.
    """

    options: Mapping[str, tuple[str, ...]]
    words: tuple[str, ...]
    is_quiet: bool = False

    def has(self, name: str) -> bool:
        """Whether an option was given."""
        return name in self.options

    def get(self, name: str) -> str | None:
        """The value of an option, the last if it was given more often; None without it."""
        values = self.options.get(name)
        return values[-1] if values else None

    def all(self, name: str) -> tuple[str, ...]:
        """All values of an option, in their order."""
        return self.options.get(name, ())

    def text(self, start: int) -> str:
        """The words from there on, as one text."""
        return " ".join(self.words[start:])


@dataclass(frozen=True, slots=True)
class Verb:
    """What one verb does.

    Attributes:
        run: Its function.
        arity: Fewest and most words; None is no limit.
        usage: Its options and words.
        long: Its options, and whether each has a value.
        asked: Fewest words where a person can be asked for the others; None: nobody is asked.
    """

    run: Callable[[Call, Words], None]
    arity: tuple[int, int | None]
    usage: str
    long: Mapping[str, bool] = field(default_factory=dict)
    asked: int | None = None


def run_verb(call: Call, verbs: Mapping[str, Verb]) -> None:
    """Do what the first word says. Raises CommandError if there is no such verb."""
    name, *rest = call.arguments.texts()
    verb = verbs.get(name)
    if verb is None:
        raise CommandError(f"unknown word: {name} (one of {', '.join(verbs)})")
    try:
        words = read_words(rest, verb.long)
        _check_count(words, verb, can_ask=person_at(call) is not None)
    except CommandError as error:
        usage = f"{call.command.name} {name} {verb.usage}".rstrip()
        raise CommandError(f"{error} (usage: {usage})") from error
    verb.run(call, words)


def words_of(call: Call, long: Mapping[str, bool]) -> Words:
    """The same for a command without verbs: its options may stand before and behind its words.

    Raises:
        CommandError: An option is wrong.
    """
    words = read_words(call.arguments.texts(), long)
    before = {
        name: tuple(value or "" for value in call.arguments.all(name))
        for name in long
        if call.arguments.has(name)
    }
    return Words({**before, **words.options}, words.words)


def read_words(given: Sequence[str], long: Mapping[str, bool]) -> Words:
    """Options and words, in whatever order they stand. Raises CommandError."""
    options: dict[str, list[str]] = {}
    words: list[str] = []
    left = list(given)
    while left:
        word = left.pop(0)
        if word == "--":
            words += left
            break
        if not word.startswith("--"):
            words.append(word)
            continue
        name, equals, value = word[2:].partition("=")
        options.setdefault(name, []).append(_value(name, equals, value, left, long))
    return Words({name: tuple(values) for name, values in options.items()}, tuple(words))


def _value(name: str, equals: str, value: str, left: list[str], long: Mapping[str, bool]) -> str:
    if name not in long:
        raise CommandError(f"unknown option --{name}")
    if not long[name]:
        if equals:
            raise CommandError(f"--{name} takes no argument")
        return ""
    if equals:
        return value
    if not left:
        raise CommandError(f"--{name} expects an argument")
    return left.pop(0)


def _check_count(words: Words, verb: Verb, *, can_ask: bool) -> None:
    fewest, most = verb.arity
    if can_ask and verb.asked is not None:
        fewest = verb.asked
    if len(words.words) < fewest:
        raise CommandError("too few words")
    if most is not None and len(words.words) > most:
        raise CommandError("too many words")
