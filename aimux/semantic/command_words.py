"""Which programs a command line runs, as far as its words say.

Wrappers (`sudo`, `npx`, `uv run`, `python -m`, assignments …) are looked through, filters after a
pipe and the shell's own errands (`cd`, `rm`, `echo`) are passed over. Nothing is expanded or run.
"""

import re
import shlex
from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

MAX_COMMAND = 4096
"""Characters of a command line that are looked at."""

_MAX_INVOCATIONS = 16
_MAX_DEPTH = 8

_SEPARATORS = frozenset(["&&", "||", ";", "&", "\n", "(", ")", ";;"])
_PIPES = frozenset(["|", "|&"])
_ASSIGNMENT = re.compile(r"[A-Za-z_][A-Za-z0-9_]*\+?=")
_VERSION = re.compile(r"-?[0-9]+(?:\.[0-9]+){0,3}$")
_DESCRIPTOR = re.compile(r"[0-9]")

_ERRANDS = frozenset(
    [
        "cd",
        "rm",
        "mkdir",
        "echo",
        "printf",
        "export",
        "source",
        ".",
        "set",
        "unset",
        "true",
        ":",
        "sleep",
        "touch",
        "cp",
        "mv",
        "chmod",
        "pushd",
        "popd",
        "clear",
        "test",
        "[",
        "[[",
        "read",
        "wait",
        "local",
        "alias",
        "trap",
        "ulimit",
        "umask",
        "then",
        "do",
        "done",
        "fi",
        "else",
        "if",
        "while",
        "for",
        "{",
        "}",
        "!",
        "type",
        "hash",
        "kill",
    ]
)
_FILTERS = frozenset(
    [
        "head",
        "tail",
        "grep",
        "egrep",
        "rg",
        "cat",
        "less",
        "more",
        "tee",
        "sort",
        "uniq",
        "wc",
        "sed",
        "awk",
        "cut",
        "tr",
        "column",
        "fmt",
        "nl",
        "ts",
        "perl",
        "jq",
        "xargs",
        "rev",
        "tac",
        "fold",
        "bat",
        "batcat",
        "strings",
        "pv",
        "lolcat",
        "cowsay",
    ]
)

# A wrapper's words before the program: options that take a value, and words that are its own.
_WRAPPERS: Mapping[str, tuple[frozenset[str], int]] = {
    "sudo": (frozenset(["-u", "-g", "-h", "-p", "-C", "-D", "-R", "-T"]), 0),
    "doas": (frozenset(["-u", "-C"]), 0),
    "env": (frozenset(["-u", "-C", "-S"]), 0),
    "command": (frozenset(), 0),
    "exec": (frozenset(["-a"]), 0),
    "builtin": (frozenset(), 0),
    "time": (frozenset(["-f", "-o"]), 0),
    "nice": (frozenset(["-n"]), 0),
    "ionice": (frozenset(["-c", "-n"]), 0),
    "nohup": (frozenset(), 0),
    "setsid": (frozenset(), 0),
    "stdbuf": (frozenset(["-i", "-o", "-e"]), 0),
    "unbuffer": (frozenset(), 0),
    "timeout": (frozenset(["-k", "-s"]), 1),
    "strace": (frozenset(["-e", "-o", "-p", "-s"]), 0),
    "npx": (frozenset(["-p", "--package", "-c"]), 0),
    "pnpx": (frozenset(["--package"]), 0),
    "bunx": (frozenset(), 0),
    "uvx": (frozenset(["--from", "--with", "-p", "--python"]), 0),
    "xvfb-run": (frozenset(["-s", "-n"]), 0),
    "faketime": (frozenset(), 1),
}
# Two words that wrap: what follows them is a program.
_SUBCOMMAND_WRAPPERS: Mapping[tuple[str, str], frozenset[str]] = {
    ("uv", "run"): frozenset(["--with", "-p", "--python", "--extra", "--group", "--directory"]),
    ("uv", "x"): frozenset(["--from", "--with"]),
    ("poetry", "run"): frozenset(),
    ("pipenv", "run"): frozenset(),
    ("pdm", "run"): frozenset(["-p"]),
    ("rye", "run"): frozenset(),
    ("hatch", "run"): frozenset(),
    ("pixi", "run"): frozenset(),
    ("conda", "run"): frozenset(["-n", "-p", "--name", "--prefix"]),
    ("coverage", "run"): frozenset(["--source", "--omit", "--include", "--rcfile"]),
    ("bundle", "exec"): frozenset(),
    ("npm", "exec"): frozenset(["-p", "--package"]),
    ("npm", "x"): frozenset(["-p", "--package"]),
    ("pnpm", "exec"): frozenset(),
    ("pnpm", "dlx"): frozenset(),
    ("yarn", "exec"): frozenset(),
    ("yarn", "dlx"): frozenset(),
    ("bun", "x"): frozenset(),
    ("mise", "exec"): frozenset(),
    ("pipx", "run"): frozenset(["--spec"]),
}
_PYTHONS = frozenset(["python", "pypy", "py"])
_SHELLS = frozenset(["bash", "sh", "zsh", "dash", "ksh", "fish"])


class Invocation(Struct, frozen=True):
    """One program with its words.

    Attributes:
        program: Its name without directory.
        words: The words after it, as typed.
    """

    program: str
    words: tuple[str, ...]


def invocations(command: str) -> list[Invocation]:
    """The programs of a command line that are worth recognising, in order; at most 16."""
    return list(_invocations(command[:MAX_COMMAND], 0))[:_MAX_INVOCATIONS]


def _invocations(command: str, depth: int) -> Iterator[Invocation]:
    for pipeline in _pipelines(_tokens(command)):
        yield from _of_pipeline(pipeline, depth)


def _tokens(command: str) -> list[str]:
    # What a here-document says is no command.
    if "<<" in command and "<<<" not in command:
        command = command[: command.find("\n", command.find("<<")) or None]
    lexer = shlex.shlex(command, posix=True, punctuation_chars=";<>|&()\n")
    lexer.whitespace = " \t\r"
    lexer.whitespace_split = True
    lexer.commenters = ""
    try:
        return list(lexer)
    except ValueError:  # an open quotation mark
        return command.split()


def _pipelines(tokens: Sequence[str]) -> Iterator[list[list[str]]]:
    """Commands between separators, each as the stages of its pipe."""
    stages: list[list[str]] = [[]]
    skips = False
    for token in tokens:
        if token in _SEPARATORS or not token.strip("\n;"):
            yield stages
            stages = [[]]
        elif token in _PIPES:
            stages.append([])
        elif token[0] in "<>" or token in ("&>", "&>>"):
            _drop_descriptor(stages[-1])
            skips = True
            continue
        elif not skips:
            stages[-1].append(token)
        skips = False
    yield stages


def _drop_descriptor(stage: list[str]) -> None:
    if stage and _DESCRIPTOR.fullmatch(stage[-1]):
        stage.pop()


def _of_pipeline(stages: Sequence[Sequence[str]], depth: int) -> Iterator[Invocation]:
    found = [each for each in (_unwrapped(stage, depth) for stage in stages) if each]
    for at, group in enumerate(found):
        first = group[0]
        # What filters another program's output is not what ran.
        if first.program in _ERRANDS or (at and first.program in _FILTERS):
            continue
        yield from group


def _unwrapped(words: Sequence[str], depth: int) -> list[Invocation]:
    """The program behind wrappers; more than one behind `sh -c`."""
    rest = list(words)
    for _ in range(_MAX_DEPTH):
        while rest and (_ASSIGNMENT.match(rest[0]) or rest[0] in ("!", "then", "do", "{", "else")):
            rest = rest[1:]
        if not rest:
            return []
        program = rest[0].rpartition("/")[2]
        inner = _wrapped(program, rest[1:])
        if inner is None:
            return _plain(program, rest[1:], depth)
        rest = inner
    return []


def _wrapped(program: str, words: list[str]) -> list[str] | None:
    """The words of what `program` starts, or `None` if it does the work itself."""
    if program in _WRAPPERS:
        values, own = _WRAPPERS[program]
        return _without_options(words, values)[own:]
    values_of = _SUBCOMMAND_WRAPPERS.get((program, words[0])) if words else None
    if values_of is not None:
        return _without_options(words[1:], values_of)
    return None


def _without_options(words: list[str], values: frozenset[str]) -> list[str]:
    at = 0
    while at < len(words) and (words[at].startswith("-") or _ASSIGNMENT.match(words[at])):
        if words[at] == "--":
            return words[at + 1 :]
        at += 2 if words[at] in values else 1
    return words[at:]


def _plain(program: str, words: list[str], depth: int) -> list[Invocation]:
    if unversioned(program) in _PYTHONS and "-m" in words:
        return _module(program, words)
    if program in _SHELLS and depth < _MAX_DEPTH:
        script = _script(words)
        if script is not None:
            return list(_invocations(script, depth + 1)) or [Invocation(program, tuple(words))]
    return [Invocation(program, tuple(words))]


def _module(program: str, words: list[str]) -> list[Invocation]:
    """`python -m module`, if nothing but options stands before `-m`."""
    at = words.index("-m")
    if at + 1 >= len(words) or _without_options(words[:at], frozenset(["-X", "-W"])):
        return [Invocation(program, tuple(words))]
    module, rest = words[at + 1], words[at + 2 :]
    if module == "coverage" and rest[:1] == ["run"]:
        rest = rest[1:]
        inner = rest.index("-m") if "-m" in rest else len(rest)
        module, rest = (*rest[inner + 1 : inner + 2], "coverage")[0], rest[inner + 2 :]
    return [Invocation(module, tuple(rest))]


def _script(words: Sequence[str]) -> str | None:
    """What stands after `-c` (also in a group as `-lc`)."""
    for at, word in enumerate(words[:-1]):
        if word.startswith("-") and not word.startswith("--") and word.endswith("c"):
            return words[at + 1]
        if not word.startswith("-"):
            return None
    return None


def unversioned(program: str) -> str:
    """A program's name without its version: `python3.11` gives `python`, `gcc-12` `gcc`."""
    return _VERSION.sub("", program) or program
