"""What the word at the cursor of a command line may become: names, flags, options, targets."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from msgspec import Struct

from aimux.commands.build import Language
from aimux.commands.command import Aim, Command
from aimux.commands.later_tmux import LATER_COMMANDS
from aimux.commands.prompt_history import PROMPT_TYPES
from aimux.commands.theme_files import theme_names
from aimux.commands.typed_command import Typed, typed_command
from aimux.model.layout_presets import PRESETS
from aimux.model.option_row import OptionKind, OptionRow, Scope
from aimux.model.options_table import OPTIONS, ROWS
from aimux.model.quoting import quote_argument
from aimux.model.state import State
from aimux.security.clean import clean

MAXIMUM_WORDS = 300
UNFINISHED = (":", ".")  # a word that ends so goes on: no blank follows it


class Completion(Struct, frozen=True):
    """The words that may stand in place of a part of the text.

    Attributes:
        start: Where the part begins.
        words: What may stand there, in order, ready to be put in.
    """

    start: int
    words: tuple[str, ...]


Source = Callable[[State, Language, Typed], Iterable[str]]


def complete(state: State, language: Language, text: str, cursor: int) -> Completion:
    """What may stand in place of the word before the cursor; nothing it holds is run."""
    typed = typed_command(text, cursor, language.table)
    wanted = typed.current.text
    names = [name for name in _candidates(state, language, typed) if name.startswith(wanted)]
    words = tuple(name if _is_bare(name) else quote_argument(name) for name in dict.fromkeys(names))
    return Completion(typed.current.start, words[:MAXIMUM_WORDS])


def common_start(words: Sequence[str]) -> str:
    """What all of them begin with."""
    first, last = min(words), max(words)
    pairs = zip(first, last, strict=False)
    count = next((place for place, (one, other) in enumerate(pairs) if one != other), len(first))
    return first[: min(count, len(last))]


def _is_bare(word: str) -> bool:
    """Whether a word can stand without quotes though `quote_argument` would be careful."""
    return all(character.isalnum() or character in "-_.:%@$=#" for character in word)


def _candidates(state: State, language: Language, typed: Typed) -> Iterable[str]:
    if typed.is_name:
        return _commands(state, language, typed)
    if typed.row is None:
        return ()
    if typed.flag:
        return _flag_values(state, language, typed)
    if typed.current.text.startswith("-") and typed.may_be_flag:
        return _flags(typed)
    sources = POSITIONAL.get(typed.row.name, ())
    place = len(typed.positional)
    return sources[place](state, language, typed) if place < len(sources) else ()


def _flags(typed: Typed) -> list[str]:
    # Flags that are read and do nothing yet are not offered.
    letters = typed.row.getopt.replace(":", "") if isinstance(typed.row, Command) else ""
    return [f"-{letter}" for letter in sorted(letters, key=_flag_order)]


def _flag_order(letter: str) -> tuple[str, bool]:
    return letter.lower(), letter.isupper()


def _flag_values(state: State, language: Language, typed: Typed) -> Iterable[str]:
    row, flag = typed.row, typed.flag
    if row is None:
        return ()
    source = FLAG_VALUES.get((row.name, flag))
    if source is not None:
        return source(state, language, typed)
    if not isinstance(row, Command) or flag not in "ts":
        return ()
    return _targets(state, row.target if flag == "t" else row.source, typed.current.text)


# ---- where words come from ----


def _commands(_state: State, language: Language, _typed: Typed) -> Iterator[str]:
    for row in language.table:
        if row.name not in LATER_COMMANDS:
            yield row.name
    usual = ROWS["command-alias"].default
    for entry in language.aliases():
        if not isinstance(usual, tuple) or entry not in usual:
            yield entry.partition("=")[0]


def _options(_state: State, _language: Language, typed: Typed) -> list[str]:
    hooks = typed.row is not None and typed.row.name.endswith(("hook", "hooks"))
    return sorted(row.name for row in OPTIONS if row.is_hook == hooks and not row.is_later)


def _option_values(state: State, _language: Language, typed: Typed) -> Iterable[str]:
    row = ROWS.get(typed.positional[0])
    if row is None:
        return ()
    if row.name == "theme":
        return theme_names(state)
    if row.kind is OptionKind.CHOICE:
        return row.choices
    return OPTION_VALUES.get(row.kind, ())


def _tables(state: State, _language: Language, _typed: Typed) -> list[str]:
    return state.key_tables.names()


def _buffers(state: State, _language: Language, _typed: Typed) -> list[str]:
    return [clean(buffer.name) for buffer in state.buffers]


def _clients(state: State, _language: Language, _typed: Typed) -> list[str]:
    return [client.name for client in state.attached()]


def _layouts(_state: State, _language: Language, _typed: Typed) -> list[str]:
    return sorted(PRESETS)


def _themes(state: State, _language: Language, typed: Typed) -> list[str]:
    return theme_names(state) if typed.positional[0] in ("set", "preview") else []


def _bound_keys(state: State, _language: Language, typed: Typed) -> list[str]:
    table = "root" if "n" in typed.flags else "prefix"
    return [binding.key for binding in state.key_tables.bindings(table)]


def words_of(*words: str) -> Source:
    """A source of fixed words."""
    return lambda _state, _language, _typed: words


# ---- targets ----


def _targets(state: State, aim: Aim, typed: str) -> Iterable[str]:
    if aim is Aim.NONE:
        return ()
    if aim is Aim.CLIENT:
        return [client.name for client in state.attached()]
    if typed.startswith("%") and aim is Aim.PANE:
        return [f"%{identity}" for identity in sorted(state.panes)]
    if ":" not in typed or aim is Aim.SESSION:
        end = "" if aim is Aim.SESSION else ":"
        return [clean(session.name) + end for session in state.sessions_by_name()]
    return _places(state, aim, typed)


def _places(state: State, aim: Aim, typed: str) -> Iterator[str]:
    """The windows of the session that was typed, or the panes of the window."""
    name = typed.partition(":")[0]
    session = state.session_named(name) if name else None
    for link in session.ordered() if session is not None else ():
        place = f"{name}:{link.index}"
        if aim is not Aim.PANE or "." not in typed:
            yield place
            continue
        base = link.window.options.number("pane-base-index")
        for index, _ in enumerate(link.window.panes, base):
            yield f"{place}.{index}"


def targets_of(aim: Aim) -> Source:
    """A source of targets of one kind."""
    return lambda state, _language, typed: _targets(state, aim, typed.current.text)


_COLOURS = ("black", "red", "green", "yellow", "blue", "magenta", "cyan", "white", "default")
OPTION_VALUES: Mapping[OptionKind, tuple[str, ...]] = {
    OptionKind.FLAG: ("on", "off"),
    OptionKind.COLOUR: _COLOURS,
    OptionKind.STYLE: ("default", *(f"{g}={colour}" for g in ("fg", "bg") for colour in _COLOURS)),
}
POSITIONAL: Mapping[str, tuple[Source, ...]] = {
    "bind-key": (words_of(), _commands),
    "confirm-before": (_commands,),
    "keys": (words_of("list", "check"),),
    "list-commands": (_commands,),
    "select-layout": (_layouts,),
    "set-hook": (_options, _commands),
    "set-option": (_options, _option_values),
    "set-window-option": (_options, _option_values),
    "show-hooks": (_options,),
    "show-options": (_options,),
    "show-window-options": (_options,),
    "theme": (words_of("list", "preview", "set"), _themes),
    "unbind-key": (_bound_keys,),
}
FLAG_VALUES: Mapping[tuple[str, str], Source] = {
    **{(name, "T"): _tables for name in ("bind-key", "unbind-key", "list-keys", "choose-keys")},
    ("switch-client", "T"): _tables,
    ("command-prompt", "T"): words_of(*PROMPT_TYPES),
    ("show-prompt-history", "T"): words_of(*PROMPT_TYPES),
    ("clear-prompt-history", "T"): words_of(*PROMPT_TYPES),
    **{
        (f"{verb}-buffer", "b"): _buffers
        for verb in ("delete", "load", "paste", "save", "set", "show")
    },
    ("capture-pane", "b"): _buffers,
    ("command-prompt", "t"): _clients,
    ("confirm-before", "t"): _clients,
    ("detach-client", "t"): _clients,
    ("detach-client", "s"): targets_of(Aim.SESSION),
    ("display-menu", "c"): _clients,
    ("display-message", "c"): _clients,
    ("display-panes", "t"): _clients,
    ("display-popup", "c"): _clients,
    ("lock-client", "t"): _clients,
    ("new-session", "t"): targets_of(Aim.SESSION),
    ("refresh-client", "t"): _clients,
    ("send-keys", "c"): _clients,
    ("suspend-client", "t"): _clients,
    ("switch-client", "c"): _clients,
    ("switch-client", "t"): targets_of(Aim.PANE),
}


def option_help(state: State, typed: Typed) -> str:
    """What the option that was named is for, and its value; empty where none was."""
    row = ROWS.get(typed.positional[0]) if typed.positional else None
    sources = POSITIONAL.get(typed.row.name, ()) if typed.row is not None else ()
    if row is None or _options not in sources:
        return ""
    value = _value(state, row)
    return f"{row.name}: {row.description}{f' Now: {clean(value)}' if value else ''}"


def _value(state: State, row: OptionRow) -> str:
    """The global value of an option, as show-options has it; empty for an array."""
    globals_of = {Scope.SERVER: state.server_options, Scope.SESSION: state.session_options}
    options = next(
        (one for scope, one in globals_of.items() if scope in row.scope), state.window_options
    )
    return "" if row.is_array else options.text(row.name)
