"""The command `keys`, aimux's own: lists keys for people and programs, and checks them."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator

from aimux.commands.build import Language
from aimux.commands.command import Call, Command, Flags
from aimux.commands.configuration import is_toml, read_configuration
from aimux.commands.key_check import (
    SAME_KEY,
    Finding,
    Weight,
    check_keys,
    same_key,
    same_key_twice,
)
from aimux.commands.keymap import cleared_tables, keymap_rows
from aimux.commands.lexer import ParseContext
from aimux.data import data_names, load_data
from aimux.errors import CommandError, KeyNameError, PathError
from aimux.keys.names import canonical_name
from aimux.model.command_list import Arguments, BoundCommand, CommandBlock
from aimux.model.key_tables import KeyTables

USAGE = "list [--table key-table] [--json] | check [file]"
PREFIXES = ("prefix", "prefix2")


def run_keys(call: Call) -> None:
    """The command: list [--table key-table] [--json] | check [file]."""
    word, *rest = call.arguments.texts()
    run = ACTIONS.get(word)
    if run is None:
        raise CommandError(f"unknown word: {word}; usage: keys {USAGE}")
    run(call, rest)


# ---- listing ----


def _list(call: Call, words: list[str]) -> None:
    table, as_json = _list_flags(words)
    tables = call.state.key_tables
    shown = tables.of_tmux() if call.as_tmux else tables
    rows = shown.rows(table)
    if as_json:
        found = [
            {
                "table": name,
                "key": row.key,
                "note": row.note,
                "command": row.commands.text,
                "repeat": row.repeat,
                "addition": row.is_addition,
                "default": row == tables.default(name, row.key),
            }
            for name, row in rows
        ]
        call.print(json.dumps(found, ensure_ascii=False, indent=1))
        return
    width = max((len(f"{name} {row.key}") for name, row in rows), default=0)
    for name, row in rows:
        call.print(f"{f'{name} {row.key}':<{width}}  {row.note or row.text}")


def _list_flags(words: list[str]) -> tuple[str | None, bool]:
    table, as_json = None, False
    rest = list(words)
    while rest:
        word = rest.pop(0)
        if word == "--json":
            as_json = True
        elif word == "--table" and rest:
            table = rest.pop(0)
        else:
            raise CommandError(f"usage: keys {USAGE}")
    return table, as_json


# ---- checking ----


def _check(call: Call, words: list[str]) -> None:
    if len(words) > 1:
        raise CommandError(f"usage: keys {USAGE}")
    options = call.state.session_options
    prefixes = {name: options.text(name) for name in PREFIXES}
    if words:
        findings = _file_findings(call, words[0], prefixes)
    else:
        findings = check_keys(call.state.key_tables, prefixes=prefixes)
    for finding in findings:
        call.print(finding.line)
    problems = sum(one.weight is Weight.PROBLEM for one in findings)
    notes = len(findings) - problems
    call.print(f"{_counted(problems, 'problem')}, {_counted(notes, 'note')}")
    if problems:
        call.source.requester.fail(1)


def _counted(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


def _file_findings(call: Call, name: str, prefixes: dict[str, str]) -> list[Finding]:
    """What a file does to the keys that aimux begins with. Raises CommandError."""
    tables = call.state.key_tables.as_default()
    bound: dict[tuple[str, str], str] = {}
    found: list[Finding] = []
    for command in _commands(call, name):
        if command.name == "set-option":
            _note_prefix(command, prefixes)
            continue
        key = _apply(command, tables)
        if key is None:
            continue
        place = f"line {command.line}" if command.line else "in the file"
        if command.name == "bind-key":
            found += _misnamed(command, *key)
        if key in bound and command.name == "bind-key":
            found.append(same_key_twice(*key, bound[key], place))
        if command.name == "bind-key":
            bound[key] = place
        else:
            bound.pop(key, None)
    return [*found, *check_keys(tables, prefixes=prefixes)]


def _misnamed(command: BoundCommand, table: str, key: str) -> Iterator[Finding]:
    """A name that means another key than it seems to, as far as most terminals go."""
    written = command.arguments.texts()[0]
    if written in SAME_KEY:
        yield same_key(table, written, key)


def _note_prefix(command: BoundCommand, prefixes: dict[str, str]) -> None:
    words = command.arguments.texts()
    if len(words) == 2 and words[0] in prefixes:
        prefixes[words[0]] = _canonical(words[1])


def _apply(command: BoundCommand, tables: KeyTables) -> tuple[str, str] | None:
    """Do what bind-key or unbind-key does; the table and the key that it was about."""
    arguments = command.arguments
    table = "root" if arguments.has("n") else arguments.get("T") or "prefix"
    if command.name not in ("bind-key", "unbind-key"):
        return None
    if arguments.has("a"):
        if tables.exists(table):
            tables.remove_table(table)
        return None
    if not arguments.positional:
        return None
    key = _canonical(arguments.texts()[0])
    if command.name == "unbind-key":
        tables.unbind(table, key)
        return table, key
    words = arguments.positional[1:]
    if words:
        block = words[0] if isinstance(words[0], CommandBlock) else _as_block(words)
        tables.bind(table, key, block, note=arguments.get("N"), repeat=arguments.has("r"))
    return table, key


def _as_block(words: tuple[str | CommandBlock, ...]) -> CommandBlock:
    """The words as one command, to be shown; whether they are right is not asked here."""
    texts = [word if isinstance(word, str) else word.text for word in words]
    name, *rest = texts if len(texts) > 1 else texts[0].split() or [""]
    return CommandBlock(((BoundCommand(name, Arguments(positional=tuple(rest))),),))


def _canonical(text: str) -> str:
    try:
        return canonical_name(text)
    except KeyNameError:
        raise CommandError(f"unknown key: {text}") from None


# ---- reading a file ----


class _Unchanging:
    """The context of a file that is only looked at: what it assigns is forgotten."""

    def __init__(self, context: ParseContext) -> None:
        self._context = context

    def lookup_environment(self, name: str) -> str | None:
        """A variable's value."""
        return self._context.lookup_environment(name)

    def home(self, user: str | None) -> str | None:
        """A home directory."""
        return self._context.home(user)

    def expand_condition(self, text: str) -> str:
        """What a condition of `%if` gives."""
        return self._context.expand_condition(text)

    def assign(self, name: str, value: str, *, hidden: bool) -> None:
        """Nothing."""


def _commands(call: Call, name: str) -> Iterator[BoundCommand]:
    """The commands of a keymap (by its name too), a config.toml or a tmux.conf."""
    language = call.queue.language
    looking = Language(language.table, _Unchanging(language.context), language.aliases)
    if name in data_names("keymaps"):
        yield from _keymap_commands(looking, _known_keymap(name))
        return
    path = call.resolve(name)
    text = call.effects.read_file(path)
    if not is_toml(path):
        yield from looking.read_file(text, source=name)
        return
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise CommandError(f"{name}: {error}") from error
    if "tables" in document:
        yield from _keymap_commands(looking, document)
        return
    read = read_configuration(looking, text, source=path, read_file=call.effects.read_file)
    if read.errors:
        raise CommandError("\n".join(read.errors))
    yield from read.block


def _known_keymap(name: str) -> dict[str, object]:
    try:
        return load_data("keymaps", name)
    except PathError as error:
        raise CommandError(str(error)) from error


def _keymap_commands(language: Language, document: dict[str, object]) -> Iterator[BoundCommand]:
    prefix = document.get("prefix")
    if isinstance(prefix, str):
        yield from language.read_words(["set-option", "-g", "prefix", prefix])
    for table in cleared_tables(document):
        yield BoundCommand("unbind-key", Arguments({"a": (None,), "T": (table,)}))
    for row in keymap_rows(document, language.read_string):
        flags = {"T": (row.table,), "N": (row.note,)}
        if row.commands is None:
            yield BoundCommand("unbind-key", Arguments(flags, (row.key,)))
        else:
            yield BoundCommand("bind-key", Arguments(flags, (row.key, row.commands)))


ACTIONS = {"list": _list, "check": _check}

COMMANDS = (
    Command(
        name="keys",
        alias=None,
        getopt="",
        arity=(1, None),
        usage=USAGE,
        flags=Flags.START_SERVER | Flags.CAN_FAIL,
        run=run_keys,
        is_addition=True,
    ),
)
