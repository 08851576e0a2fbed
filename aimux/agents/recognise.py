"""Which agent runs in a pane, from its process tree.

Pure: the processes come in, listed by `aimux.pty`. A name alone proves little (`goose` is also a
migration tool, and node runs everything), so `kinds` say what else must hold.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import PurePosixPath
from typing import Protocol

from aimux.agents.kinds import Kind, ProcessRule, shipped_kinds

_COMMAND_WORDS = 8
_KERNEL_NAME = 15
_INTERPRETER = re.compile(r"node(js)?|bun|deno|(python|pypy)[0-9.]*")
_OPTIONS_WITH_VALUE = frozenset(
    {"-r", "--require", "--import", "--loader", "--env-file", "-W", "-X", "-C", "--conditions"}
)


class Process(Protocol):
    """What is needed to know of a process."""

    @property
    def pid(self) -> int:
        """Its id."""

    @property
    def parent(self) -> int:
        """The id of its parent."""

    @property
    def name(self) -> str:
        """The kernel's name of it: at most 15 characters, and what it calls itself."""

    @property
    def argv(self) -> Sequence[str]:
        """Its arguments, its own name first; empty for a zombie."""


@dataclass(frozen=True, slots=True)
class Recognised:
    """The agent that a pane's person talks to.

    Attributes:
        kind: What it is.
        pid: The process that was recognised first: the outermost, so that an agent which another
            agent runs is not taken for it.
        pids: `pid` and the processes of the same kind below it, outermost first: a launcher in
            node and the program that it started are two, and registries know the second.
        evidence: What gave it away, for people.
    """

    kind: Kind
    pid: int
    pids: tuple[int, ...]
    evidence: str


@dataclass(frozen=True, slots=True)
class _Command:
    """A process's command line, taken apart: what is run, and with what words."""

    names: frozenset[str]
    script: str
    module: str
    arguments: Sequence[str]


@dataclass(frozen=True, slots=True)
class _Started:
    """A process that is about to be started."""

    argv: Sequence[str]
    name: str = ""
    pid: int = 0
    parent: int = 0


def kind_started_by(argv: Sequence[str]) -> Kind | None:
    """The kind of agent that a program and its words are; None if they are none."""
    command = _command(_Started(argv))
    kind, _ = _identify(command, shipped_kinds())
    return None if kind is None or _is_ignored(command, kind.process) else kind


def recognise(
    processes: Sequence[Process], kinds: Mapping[str, Kind] | None = None
) -> Recognised | None:
    """The agent among a pane's processes, or `None`.

    Args:
        processes: The pane's first process and its descendants, in any order.
        kinds: By name; `None` means those that come with aimux.

    Returns:
        Of several agents beside each other, the one nearest to the pane's first process; of
        equally near ones the first in order.
    """
    kinds = shipped_kinds() if kinds is None else kinds
    children = _children(processes)
    level = _roots(processes)
    seen: set[int] = set()
    while level:
        below: list[Process] = []
        for process in level:
            if process.pid in seen:
                continue
            seen.add(process.pid)
            command = _command(process)
            kind, evidence = _identify(command, kinds)
            if kind is None:
                below += children.get(process.pid, ())
            elif not _is_ignored(command, kind.process):
                pids = tuple(_same_kind(process, kind, children))
                return Recognised(kind, process.pid, pids, evidence)
        level = below
    return None


def _children(processes: Sequence[Process]) -> dict[int, list[Process]]:
    children: dict[int, list[Process]] = {}
    for process in processes:
        children.setdefault(process.parent, []).append(process)
    return children


def _roots(processes: Sequence[Process]) -> list[Process]:
    pids = {process.pid for process in processes}
    return [process for process in processes if process.parent not in pids]


def _same_kind(
    process: Process, kind: Kind, children: Mapping[int, Sequence[Process]]
) -> Iterator[int]:
    """The process and, as long as there is one of its kind right below, that one."""
    seen: set[int] = set()
    current: Process | None = process
    while current is not None and current.pid not in seen:
        seen.add(current.pid)
        yield current.pid
        current = next(
            (
                child
                for child in children.get(current.pid, ())
                if _identify(_command(child), {kind.name: kind})[0]
                and not _is_ignored(_command(child), kind.process)
            ),
            None,
        )


def _command(process: Process) -> _Command:
    argv = list(process.argv)
    if not argv:
        # A zombie keeps its name.
        return _Command(frozenset(), "", "", ())
    own_name = PurePosixPath(argv[0].removeprefix("-")).name
    names = frozenset({own_name, process.name} - {""})
    if not _INTERPRETER.fullmatch(own_name):
        return _Command(names, "", "", argv[1:])
    return _interpreted(names, argv[1:])


def _interpreted(names: frozenset[str], argv: list[str]) -> _Command:
    """What an interpreter runs: the first word that is no option and no option's value."""
    if argv and argv[0] == "run":
        argv = argv[1:]
    for index, (before, word) in enumerate(pairwise(["", *argv])):
        if before == "-m":
            return _Command(names, "", word, argv[index + 1 :])
        if not word.startswith("-") and before not in _OPTIONS_WITH_VALUE:
            return _Command(names, word, "", argv[index + 1 :])
    return _Command(names, "", "", ())


def _identify(command: _Command, kinds: Mapping[str, Kind]) -> tuple[Kind | None, str]:
    for kind in kinds.values():
        evidence = _evidence(command, kind.process)
        if evidence and _has_only(command, kind.process):
            return kind, evidence
    return None, ""


def _evidence(command: _Command, rule: ProcessRule) -> str:
    for program in rule.programs:
        if program in command.names or program[:_KERNEL_NAME] in command.names:
            return f"program {program}"
    for script in rule.scripts:
        if f"/{command.script}".endswith(f"/{script}"):
            return f"script {script}"
    if command.module in rule.modules:
        return f"module {command.module}"
    return ""


def _is_ignored(command: _Command, rule: ProcessRule) -> bool:
    return not frozenset(command.arguments[:_COMMAND_WORDS]).isdisjoint(rule.ignored_arguments)


def _has_only(command: _Command, rule: ProcessRule) -> bool:
    words = (word for word in command.arguments if not word.startswith("-"))
    return not rule.only_arguments or next(words, "") in rule.only_arguments
