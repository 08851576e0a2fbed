"""The kinds of agents: what is known of each, read from `kinds/*.toml` and a person's own files.

Agents change weekly, so what is true of one stands in data. How the data is used on a process tree
is `recognise`.
"""

import re
import tomllib
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, field, fields
from functools import cache
from pathlib import Path
from types import MappingProxyType

from aimux.agents.answers import AnswerRule, parse_answers
from aimux.agents.delivery_rules import DeliveryRules, parse_delivery
from aimux.agents.launch import Launch, parse_launch
from aimux.agents.screen_rules import ScreenRule, parse_composer, parse_screen_rules
from aimux.agents.title_rules import TitleRule, parse_title_rules
from aimux.errors import ParseError

MAX_FILE = 65_536
"""Bytes of a kind's file; a larger one is refused."""
_KEYS = frozenset(
    {
        *("title", "reports_as", "process", "screen", "answers", "titles", "windows", "launch"),
        "delivery",
    }
)


@dataclass(frozen=True, slots=True)
class ProcessRule:
    """How the process of a kind is told from others.

    Attributes:
        programs: Names of the program: the last part of `argv[0]`, or the kernel's name of it.
        scripts: Ends of the path of what an interpreter (node, python, ...) runs, in whole parts:
            `bin/gemini` is the end of `/usr/bin/gemini` only.
        modules: What `python -m` runs.
        ignored_arguments: Words that make it something else than an agent a person talks to:
            a daemon, a server, a maintenance command. It and all it started are passed over.
        only_arguments: If not empty, the first word must be one of these; "" stands for none.
    """

    programs: tuple[str, ...] = ()
    scripts: tuple[str, ...] = ()
    modules: tuple[str, ...] = ()
    ignored_arguments: tuple[str, ...] = ()
    only_arguments: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of agent.

    Attributes:
        name: Its name in commands and files: the name of its file.
        title: Its name for people.
        reports_as: The `app` by which it speaks OSC 7501; empty if it does not.
        process: How it is recognised.
        screen: What its screen tells where no other source does; the first that fits counts.
        answers: How its prompts are answered.
        titles: What its window title tells; the first that fits counts.
        windows: Tokens that fit into the context of a model, by the beginning of its name: what is
            assumed where the agent does not tell; the longest that fits counts.
        launch: How its program is started and ended; None for one that is only recognised.
        delivery: How it is given messages.
        composer: Finds the box that one types in, in the rows of its screen; None if not known.
    """

    name: str
    title: str
    reports_as: tuple[str, ...]
    process: ProcessRule
    screen: tuple[ScreenRule, ...] = ()
    answers: tuple[AnswerRule, ...] = ()
    titles: tuple[TitleRule, ...] = ()
    windows: Mapping[str, int] = field(default_factory=dict)
    launch: Launch | None = None
    delivery: DeliveryRules = field(default_factory=DeliveryRules)
    composer: re.Pattern[str] | None = None

    def window_of(self, model: str) -> int:
        """Tokens that are assumed to fit into a model's context; 0 for one that is not known."""
        fitting = [name for name in self.windows if model.startswith(name)]
        return self.windows[max(fitting, key=len)] if fitting else 0


@cache
def shipped_kinds() -> Mapping[str, Kind]:
    """The kinds that come with aimux, by name; read once."""
    return load_kinds([Path(__file__).parent / "kinds"])


def load_kinds(directories: Iterable[Path]) -> Mapping[str, Kind]:
    """The kinds in the `*.toml` of some directories, by name; a later one replaces an earlier.

    Raises:
        ParseError: A file is no kind; the text names the file and what is wrong with it.
    """
    paths = [path for directory in directories for path in sorted(directory.glob("*.toml"))]
    return MappingProxyType({path.stem: _load(path) for path in paths})


def parse_kind(name: str, text: str) -> Kind:
    """The kind in the text of a file; `name` is the file's, without `.toml`.

    Raises:
        ParseError: It is not TOML, has an unknown key, lacks one, or one is of the wrong type.
    """
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ParseError(f"{name}.toml: {error}") from error
    _refuse_unknown(name, table, _KEYS)
    title, process = table.get("title"), table.get("process")
    if not isinstance(title, str) or not title:
        raise ParseError(f"{name}.toml: title is missing")
    if not isinstance(process, dict):
        raise ParseError(f"{name}.toml: [process] is missing")
    screen = parse_screen_rules(name, table.get("screen", {}))
    return Kind(
        name=name,
        title=title,
        reports_as=_words(name, table, "reports_as"),
        process=_process_rule(name, process),
        screen=screen,
        answers=parse_answers(name, table.get("answers", []), [rule.name for rule in screen]),
        titles=parse_title_rules(name, table.get("titles", [])),
        windows=_windows(name, table.get("windows", {})),
        launch=parse_launch(name, table.get("launch")),
        delivery=parse_delivery(name, table.get("delivery")),
        composer=parse_composer(name, table.get("screen", {})),
    )


def _load(path: Path) -> Kind:
    try:
        data = path.read_bytes()
        if len(data) > MAX_FILE:
            raise ParseError(f"{path.name}: too large")
        return parse_kind(path.stem, data.decode())
    except (OSError, UnicodeDecodeError) as error:
        raise ParseError(f"{path.name}: {error}") from error


def _process_rule(name: str, table: dict[str, object]) -> ProcessRule:
    keys = [field.name for field in fields(ProcessRule)]
    _refuse_unknown(name, table, set(keys))
    rule = ProcessRule(**{key: _words(name, table, key) for key in keys})
    if not (rule.programs or rule.scripts or rule.modules):
        raise ParseError(f"{name}.toml: [process] names no program, script or module")
    return rule


def _words(name: str, table: Mapping[str, object], key: str) -> tuple[str, ...]:
    value = table.get(key, [])
    if not isinstance(value, list) or not all(isinstance(word, str) for word in value):
        raise ParseError(f"{name}.toml: {key} is not a list of strings")
    return tuple(value)


def _windows(name: str, table: object) -> Mapping[str, int]:
    if not isinstance(table, dict) or not all(
        isinstance(tokens, int) and tokens > 0 for tokens in table.values()
    ):
        raise ParseError(f"{name}.toml: [windows] is not a table of numbers of tokens")
    return MappingProxyType({str(model): int(tokens) for model, tokens in table.items()})


def _refuse_unknown(name: str, table: Mapping[str, object], known: Set[str]) -> None:
    unknown = sorted(set(table) - known)
    if unknown:
        raise ParseError(f"{name}.toml: unknown key: {unknown[0]}")
