"""The tools that are recognised: one TOML file for each family in `recognisers/`.

The files are read once, when the first command needs them, and a tool's patterns are compiled
when it is met first. `recognisers/README.md` says what the keys mean.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, cached_property
from pathlib import Path
from typing import cast

from aimux.data import read_data
from aimux.semantic.command_words import Invocation, unversioned
from aimux.semantic.required_text import required_text
from aimux.semantic.result import Kind, Severity, Status

_FOLDER = Path(__file__).with_name("recognisers")

How = str
"""`last`, `first`, `add` or `max`: what a number or name does to one that was found before."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One pattern and what a line that it fits says. See `recognisers/README.md`.

    `needs` is text without which a line cannot fit.
    """

    match: re.Pattern[str]
    needs: str = ""
    counts: str = ""
    into: str = ""
    split: str = ""
    parts: str = ""
    tally: str = ""
    sets: Mapping[str, int | str] = field(default_factory=dict)
    problem: str = ""
    severity: Severity = "error"
    headline: str = ""
    title: str = ""
    how: How = "last"
    status: Status | None = None
    tool: str = ""
    kind: Kind | None = None
    section: str = ""
    inside: str = ""
    also: bool = False


@dataclass(frozen=True)
class Tool:
    """One tool in one of its uses.

    Attributes:
        key: Unique, such as `cargo test`.
        name: What a result calls it, such as `cargo`.
        kind: What sort of result it gives.
        wraps: Whether other tools run inside, which then say more (`make`, `npm`, `python`).
        exits: Exit statuses other than 0 that are no failure, and what they are.
        zeros: Facts that are 0 where the output does not name them.
        success: What exit 0 is without a reason for `warn`.
        warns: Whether warnings make a success a `warn`.
        places: Whether problems give the facts `errors`, `warnings`, `files` and `locations`.
        lengths: Facts that are the length of a list, by name.
        silence: What it means that the output said nothing, where that is no failure.
        includes: Names of the shared sets of rules that it uses.
        raw_rules: The rules as they stand in the file.
    """

    key: str
    name: str
    kind: Kind
    wraps: bool = False
    exits: Mapping[int, Status] = field(default_factory=dict)
    zeros: Sequence[str] = ()
    success: Status = "ok"
    warns: bool = False
    places: bool = False
    lengths: Mapping[str, str] = field(default_factory=dict)
    silence: str = ""
    includes: Sequence[str] = ()
    raw_rules: Sequence[Mapping[str, object]] = ()

    @cached_property
    def rules(self) -> tuple[Rule, ...]:
        """Its rules, compiled at the first use."""
        return tuple(_rule(each) for each in self.raw_rules)


@dataclass(frozen=True)
class ToolTable:
    """All tools, found by a command's words or by a line that only one of them prints.

    Attributes:
        tools: By key.
        by_program: For a program's name, the words that must follow and the tool, most words first.
        signs: For each pattern of a telling first line the key of its tool.
    """

    tools: Mapping[str, Tool]
    by_program: Mapping[str, Sequence[tuple[tuple[str, ...], Tool]]]
    signs: Sequence[tuple[str, str]]

    def of_invocation(self, invocation: Invocation) -> Tool | None:
        """The tool that the words name, or `None`."""
        program = invocation.program
        rows = self.by_program.get(program) or self.by_program.get(unversioned(program), ())
        # `cargo nextest run` is no `cargo run`: the word that stands first counts.
        found = [
            (-len(wanted), position, tool)
            for wanted, tool in rows
            if (position := _position(invocation.words, wanted)) is not None
        ]
        return min(found, key=lambda row: row[:2])[2] if found else None

    @cached_property
    def _sign_patterns(self) -> Sequence[tuple[str, re.Pattern[str], str]]:
        return [(required_text(sign), re.compile(sign), key) for sign, key in self.signs]

    def prepare(self) -> None:
        """Do now, in whatever thread, what the first line would have to wait for (some 25 ms)."""
        _ = self._sign_patterns

    def of_line(self, line: str) -> Tool | None:
        """The tool that alone prints such a line, or `None`."""
        for text, pattern, key in self._sign_patterns:
            if text in line and pattern.search(line):
                return self.tools[key]
        return None


def _position(words: Sequence[str], wanted: Sequence[str]) -> int | None:
    """Where the first of the wanted words stands among those that are no options, or `None`."""
    plain = [word for word in words if not word.startswith(("-", "+"))][:3]
    first, at = 0, 0
    for number, each in enumerate(wanted):
        if each.startswith("-"):
            if not any(word == each or word.startswith(f"{each}=") for word in words):
                return None
        elif each in plain[at:]:
            at = plain.index(each, at) + 1
            first = first if number else at
        else:
            return None
    return first


@cache
def tool_table() -> ToolTable:
    """The table of this version's files.

    The first call takes some 50 ms, later ones nothing.

    Raises:
        ValueError: A file names something twice or has an unknown key: a defect of aimux.
    """
    return parsed_table([read_data(path) for path in sorted(_FOLDER.glob("*.toml"))])


def parsed_table(documents: Sequence[Mapping[str, object]]) -> ToolTable:
    """The table that TOML documents say."""
    entries = [entry for each in documents for entry in _tables(each.get("tool", []))]
    shared: dict[str, list[Mapping[str, object]]] = {}
    for document in documents:
        for name, rules in cast("Mapping[str, object]", document.get("rules", {})).items():
            shared[name] = _tables(rules)
    tools = {tool.key: tool for tool in (_tool(entry, shared) for entry in entries)}
    if len(tools) != len(entries):
        raise ValueError("a tool is named twice in the recognisers' files")
    return ToolTable(tools, _by_program(entries, tools), _signs(entries))


def _tables(value: object) -> list[Mapping[str, object]]:
    return cast("list[Mapping[str, object]]", value)


def _tool(entry: Mapping[str, object], shared: Mapping[str, list[Mapping[str, object]]]) -> Tool:
    rules = list(_tables(entry.get("rules", [])))
    includes = cast("list[str]", entry.get("includes", []))
    for name in includes:
        rules += shared[name]
    exits = cast("Mapping[str, Status]", entry.get("exits", {}))
    return Tool(
        key=str(entry.get("key", entry["name"])),
        name=str(entry["name"]),
        kind=cast("Kind", entry["kind"]),
        wraps=bool(entry.get("wraps", False)),
        exits={int(status): meaning for status, meaning in exits.items()},
        zeros=cast("list[str]", entry.get("zeros", [])),
        success=cast("Status", entry.get("success", "ok")),
        warns=bool(entry.get("warns", False)),
        places=bool(entry.get("places", False)),
        lengths=cast("Mapping[str, str]", entry.get("lengths", {})),
        silence=str(entry.get("silence", "")),
        includes=includes,
        raw_rules=rules,
    )


def _rule(raw: Mapping[str, object]) -> Rule:
    values = dict(raw)
    values["match"] = re.compile(str(values["match"]))
    values["needs"] = required_text(str(raw["match"]))
    return Rule(**values)  # type: ignore[arg-type]  # TOML's values: a test builds every rule


def _by_program(
    entries: Sequence[Mapping[str, object]], tools: Mapping[str, Tool]
) -> Mapping[str, Sequence[tuple[tuple[str, ...], Tool]]]:
    found: dict[str, list[tuple[tuple[str, ...], Tool]]] = {}
    for entry in entries:
        tool = tools[str(entry.get("key", entry["name"]))]
        for command in cast("list[str]", entry.get("commands", [])):
            program, *words = command.split()
            named = replace(tool, name=program) if entry.get("named") == "program" else tool
            found.setdefault(program, []).append((tuple(words), named))
    for rows in found.values():
        rows.sort(key=lambda row: -len(row[0]))
    return found


def _signs(entries: Sequence[Mapping[str, object]]) -> list[tuple[str, str]]:
    return [
        (sign, str(entry.get("key", entry["name"])))
        for entry in entries
        for sign in cast("list[str]", entry.get("signs", []))
    ]
