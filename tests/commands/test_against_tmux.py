"""The same texts to tmux 3.3a and to the language level of aimux, and the answers compared."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from aimux.commands.build import Language
from aimux.commands.keymap import read_keymap
from aimux.data import load_data
from aimux.errors import AimuxError, CommandError, OptionError, ParseError
from aimux.keys.names import canonical_name
from aimux.model.command_list import BoundCommand, CommandBlock
from aimux.model.key_tables import KeyTables
from aimux.model.option_row import Additions
from aimux.model.options import HookListing, Options
from aimux.model.options_table import Scope, match_option

Run = Callable[..., tuple[int, str]]
TABLE = "mine"


def bound(language: Language, command: BoundCommand) -> tuple[str, CommandBlock]:
    """The key and the commands of a bind-key command."""
    words = command.arguments.positional
    key, rest = canonical_name(str(words[0])), words[1:]
    if len(rest) == 1:
        word = rest[0]
        return key, language.read_string(word) if isinstance(word, str) else word
    return key, language.read_words(rest)


def our_keys(language: Language, text: str, source: str) -> str:
    """What source-file prints, then what list-keys prints of the table that the text binds."""
    tables = KeyTables()
    tables.bind(TABLE, "q", language.read_string("display-message"))
    printed = ""
    try:
        commands: CommandBlock = language.read_file(text, source=source)
    except ParseError as error:
        printed, commands = f"{error}\n", CommandBlock()
    for command in commands:
        if command.name != "bind-key":
            continue
        arguments = command.arguments
        try:
            key, block = bound(language, command)
        except AimuxError as error:
            printed += f"{error}\n"
            break
        note, repeat = arguments.get("N"), arguments.has("r")
        tables.bind(arguments.get("T") or "prefix", key, block, note=note, repeat=repeat)
    return printed + "".join(f"{line}\n" for line in tables.list_keys(TABLE))


BINDINGS = [
    "display-message a ; display-message b",
    "{ display a ; display b }",
    "{\n display a\n display b\n}",
    "{\n display a ; display b\n\n # nothing\n display c }",
    "display a \\; display b",
    "display 'a \\; b' \\; display \\\\;",
    "display a\\;",
    "'display a ; display b'",
    "if -F 1 { display a } { display b }",
    "if -F 1 { display a\n display b } 'display c ; display d'",
    "splitw -v -t x -h -c '#{pane_current_path}'",
    "splitw -hdt x -- -y",
    "splitw -tx",
    "set -g status-left '#[fg=red]\"x\" $HOME ~ \\ {}'",
    'display "a\\$b \\"c\\" \\033[1m \\t \\e \\101 \\u00e9 \\303\\251 \\377"',
    "display '~' \\; display ';' \\; display '\"' \\; display '$' \\; display ' ' \\; display ''",
    "display '~x' \\; display \"~'\" \\; display 'a\"b\\c'",
    "display $FOO${FOO}$NOPE",
    "display a#b # a comment",
    "display 'two\n   lines # no comment\n#{x}\n# comment\nend'",
    "display a \\\n b",
    "display 'a\\\nb'",
    "run -C { display a } \\; run 'display a'",
    "menu -T x a b { display c } '' d e 'display f'",
    "set-hook -g session-created { display a }",
    "command-prompt -p a,b { rename-session -- '%1' ; display '%%%' }",
    "display é日本 \\; display '日本 語'",
    "split-pane -h \\; splitp -v \\; info",
    "ls",
    "neww -S\\; kill-server",
    "refresh -l",
    "refresh -lfoo -l bar",
    "new -e A=1 -e B=2 -d",
    "bind x { bind y { display z } }",
]

MISTAKES = [
    "foo",
    "display a\nfoo bar",
    "display a # comment\nfoo",
    "display \\\n a \\\n b\nfoo",
    "l",
    "display '",
    'display "a\nb"\nfoo',
    "display ~nobody-of-this-name",
    "display \\8\\400",
    "display \\u12x4",
    "display ${A-b}",
    "{ display a }",
    "; display a",
    "display a ; ; display b ; foo",
    "bind x { display a",
    "bind x display a }",
    "%if 1\nfoo\n%endif",
    "%if 0\nfoo\n%endif\nl",
    "%if 1 foo %endif",
    "%if 1\n%endif",
    "%if 1\n display a",
    "%else\n%endif",
    "%foo",
    "%hidden X=1 ; display a",
    "A=1 B=2 display a",
    "split-window -Q",
    "split-window -!",
    "rename-window",
    "rename-window a b",
    "rename-window -?",
    "rename-window { display a }",
    "split-window -t { display a }",
    "choose-session -s -Q",
    "if -F 1 { foo }",
    "if -F 1 {\n\n foo\n }",
    "bind -T mine x foo",
    "bind -T mine NoKey display",
]


@pytest.fixture
def source(tmux: Run, tmp_path: Path) -> Callable[[str], str]:
    """What tmux prints when it reads a text, and then of the table that the text may bind."""

    def run(text: str) -> str:
        path = tmp_path / "file.conf"
        path.write_bytes(text.encode("utf-8", "surrogateescape"))
        tmux("bind-key", "-T", TABLE, "q", "display-message")
        _, printed = tmux("source-file", str(path))
        _, keys = tmux("list-keys", "-T", TABLE)
        tmux("unbind-key", "-a", "-T", TABLE)
        return printed + keys

    return run


@pytest.fixture
def language(table: tuple[object, ...], context: object, tmux: Run) -> Language:
    context.environment["FOO"] = "foo 'val'"
    tmux("set-environment", "-g", "FOO", "foo 'val'")
    aliases = Options.with_defaults(Scope.SERVER)
    return Language(table, context, lambda: aliases.strings("command-alias"))


@pytest.mark.parametrize("text", BINDINGS)
def test_a_binding_is_printed_as_tmux_prints_it(
    source: Callable[[str], str], language: Language, tmp_path: Path, text: str
) -> None:
    text = f"bind-key -T {TABLE} k {text}\n"
    assert our_keys(language, text, str(tmp_path / "file.conf")) == source(text)


@pytest.mark.parametrize("text", MISTAKES)
def test_a_mistake_is_reported_as_tmux_reports_it(
    source: Callable[[str], str], language: Language, tmp_path: Path, text: str
) -> None:
    text = f"bind-key -T {TABLE} k display-message\n{text}\n"
    assert our_keys(language, text, str(tmp_path / "file.conf")) == source(text)


@pytest.mark.parametrize(
    "words",
    [
        ("bind", "-T", TABLE, "k", "display", "a;", "display", "b"),
        ("bind", "-T", TABLE, "k", "display", "a\\;", ";", "display", "b"),
        ("bind", "-T", TABLE, "k", "display", "a", "\\;", "display", "b"),
        ("bind", "-T", TABLE, "k", "display a ; display b"),
        ("bind", "-T", TABLE, "k", "{ display a ; display b }"),
        ("bind", "-T", TABLE, "k", "display a \\; display b"),
        ("bind", "-T", TABLE, "-r", "-N", "a note", "k", "display", "$FOO", "~"),
        ("bind", "-T", TABLE, "k", "display a ; foo"),
        ("bind", "-T", TABLE, "k", "display", "a", ";", ";"),
        ("bind", "-T", TABLE, "k", "if", "-F", "1", "{ display a }"),
    ],
)
def test_words_from_a_shell_are_split_as_tmux_splits_them(
    tmux: Run, language: Language, words: tuple[str, ...]
) -> None:
    _, printed = tmux(*words)
    _, keys = tmux("list-keys", "-T", TABLE)
    tmux("unbind-key", "-a", "-T", TABLE)
    tables, ours = KeyTables(), ""
    for command in language.read_words(words):
        if command.name != "bind-key":
            continue
        try:
            key, block = bound(language, command)
        except ParseError as error:
            ours += f"{error}\n"
        else:
            tables.bind(TABLE, key, block, repeat=command.arguments.has("r"))
    try:
        ours += "".join(f"{line}\n" for line in tables.list_keys(TABLE))
    except CommandError as error:
        ours += f"{error}\n"
    assert ours.splitlines()[:1] == (printed + keys).splitlines()[:1]


@pytest.fixture(scope="module")
def keymap(table: tuple[object, ...]) -> KeyTables:
    class Nothing:
        def lookup_environment(self, name: str) -> None:
            return None

        def home(self, user: str | None) -> None:
            return None

    language = Language(table, Nothing())
    return read_keymap(load_data("keymaps", "tmux"), language.read_string)


@pytest.mark.parametrize("table_name", [None, "prefix", "root", "copy-mode", "copy-mode-vi"])
def test_the_default_keys_are_listed_as_tmux_lists_them(
    tmux: Run, keymap: KeyTables, table_name: str | None
) -> None:
    words = ("list-keys", "-T", table_name) if table_name else ("list-keys",)
    assert keymap.list_keys(table_name) == tmux(*words)[1].splitlines()


@pytest.mark.parametrize(
    ("flags", "arguments"),
    [
        (["-N"], {}),
        (["-Na"], {"without_notes": True}),
        (["-N1"], {"first_only": True}),
        (["-NP", "xx "], {"prefix_text": "xx "}),
        (["-NT", "prefix"], {"table": "prefix"}),
        (["-NaT", "copy-mode"], {"table": "copy-mode", "without_notes": True}),
        (["-NT", "root"], {"table": "root"}),
        (["-N", "Up"], {"key": "Up"}),
    ],
)
def test_notes_are_listed_as_tmux_lists_them(
    tmux: Run, keymap: KeyTables, flags: list[str], arguments: dict[str, object]
) -> None:
    ours = keymap.list_notes(prefix_key="C-b", **arguments)
    assert ours == tmux("list-keys", *flags)[1].splitlines()


KEYS = [
    *(
        "a",
        "A",
        "z",
        "0",
        "~",
        "Space",
        "Enter",
        "Tab",
        "Escape",
        "BSpace",
        "C-a",
        "C-z",
        "C-Space",
    ),
    *("M-a", "M-C-a", "S-Up", "C-Up", "M-Up", "C-M-Up", "C-S-Up", "Up", "Left", "F1", "F12", "IC"),
    *("DC", "Home", "End", "NPage", "PPage", "BTab", "KP0", "KP/", "KPEnter", "User0", "User999"),
    *("Any", "é", "ß", "日", "M-é", "MouseDown1Pane", "WheelUpStatus", "DoubleClick1Border"),
    *("MouseDragEnd3StatusLeft", "C-MouseDown1Pane", "C-;", "C-1", "C-\\", "C-]", ";", "'", '"'),
]


def test_keys_are_listed_in_the_order_of_tmux(tmux: Run, language: Language) -> None:
    tables = KeyTables()
    for key in KEYS:
        # A semicolon at a word's end would end the command.
        word = f"{key[:-1]}\\;" if key.endswith(";") else key
        tmux("bind-key", "-T", "order", word, "display-message")
        tables.bind("order", canonical_name(key), language.read_string("display"))
    _, theirs = tmux("list-keys", "-T", "order")
    tmux("unbind-key", "-a", "-T", "order")
    assert tables.list_keys("order") == theirs.splitlines()


# ---- options ----


@pytest.fixture
def globals_of(language: Language, tmux: Run) -> dict[Scope, Options]:
    found = {
        scope: Options.with_defaults(scope, read_commands=language.read_string)
        for scope in (Scope.SERVER, Scope.SESSION, Scope.WINDOW)
    }
    shell = tmux("show-options", "-gv", "default-shell")[1].strip()
    found[Scope.SESSION].set("default-shell", shell)
    return found


@pytest.mark.parametrize(
    ("flags", "scope", "arguments"),
    [
        ("-s", Scope.SERVER, {}),
        ("-g", Scope.SESSION, {}),
        ("-gw", Scope.WINDOW, {}),
        ("-sv", Scope.SERVER, {"value_only": True}),
        ("-gH", Scope.SESSION, {"hooks": HookListing.WITH}),
        ("-gwH", Scope.WINDOW, {"hooks": HookListing.WITH}),
    ],
)
def test_all_defaults_are_shown_as_tmux_shows_them(
    tmux: Run,
    globals_of: dict[Scope, Options],
    flags: str,
    scope: Scope,
    arguments: dict[str, object],
) -> None:
    ours = globals_of[scope].show_all(scope, additions=Additions.NONE, **arguments)
    assert ours == tmux("show-options", flags)[1].splitlines()


@pytest.mark.parametrize(
    ("flags", "scope"), [("-A", Scope.SESSION), ("-wAH", Scope.WINDOW), ("-pA", Scope.PANE)]
)
def test_inherited_options_are_marked_as_tmux_marks_them(
    tmux: Run, globals_of: dict[Scope, Options], flags: str, scope: Scope
) -> None:
    parent = globals_of[Scope.WINDOW if scope is Scope.PANE else scope]
    own = Options(Options(parent) if scope is Scope.PANE else parent)
    hooks = HookListing.WITH if "H" in flags else HookListing.WITHOUT
    ours = own.show_all(scope, inherited=True, hooks=hooks, additions=Additions.NONE)
    theirs = [
        # The window of a new session is given an own automatic-rename by its command.
        line.replace("automatic-rename off", "automatic-rename* on")
        for line in tmux("show-options", flags)[1].splitlines()
    ]
    assert ours == theirs


CHANGES: list[list[tuple[str, ...]]] = [
    [("status-left", "a'b")],
    [("status-left", "x"), ("-a", "status-left", "y")],
    [("status-style", "fg=red"), ("-a", "status-style", "bold")],
    [("status-style", "nosuch")],
    [("status-style", "#{nosuch}")],
    [("status-bg", "colour1")],
    [("status-bg", "#FFaa00")],
    [("status-bg", "3")],
    [("status-bg", "nosuch")],
    [("status-interval", "x")],
    [("status-interval", "-1")],
    [("status-interval", "99999999999")],
    [("status-interval", " 5")],
    [("status-interval", "5 ")],
    [("status-interval", "")],
    [("status-interval",)],
    [("display-panes-time", "0")],
    [("mouse",)],
    [("mouse", "")],
    [("mouse", "YES")],
    [("mouse", "maybe")],
    [("status",)],
    [("status", "3"), ("status",)],
    [("status", "")],
    [("status", "9")],
    [("bell-action",)],
    [("-a", "bell-action", "none")],
    [("-a", "status-bg", "red")],
    [("prefix", "^a")],
    [("prefix", "none")],
    [("prefix", "NoKey")],
    [("default-size", "axb")],
    [("default-size", "100x50")],
    [("update-environment", "A B,C")],
    [("-a", "update-environment", "A B")],
    [("update-environment[3]", "X"), ("-a", "update-environment[3]", "Y")],
    [("update-environment[100]", "X")],
    [("update-environment", "")],
    [("update-environment",)],
    [("-u", "update-environment[0]"), ("-a", "update-environment", "NEW")],
    [("status-format[1]", "a b")],
    [("status-left[0]", "x")],
    [("@mine", "a b"), ("-a", "@mine", "c")],
    [("@mine",)],
    [("@mine[1]", "x")],
    [("@mine", "x"), ("-u", "@mine")],
    [("status-left", "x"), ("-u", "status-left")],
    [("stat", "x")],
    [("status-l", "x")],
    [("status-left-l", "20")],
    [("nosuch", "x")],
    [("display-panes-color", "red")],
    [("session-created", "display a")],
    [("session-created", "display a ; display b"), ("-a", "session-created", "display c")],
    [("session-created[4]", "foo")],
    [("session-created", "if -F 1 { display a }")],
]


def our_change(options: Options, words: tuple[str, ...]) -> str:
    """What set-option prints for flags, a name and maybe a value."""
    flags = {word for word in words if word in {"-a", "-u"}}
    name, *value = (word for word in words if word not in {"-a", "-u"})
    try:
        match = match_option(name)
        full = match.name if match.index is None else f"{match.name}[{match.index}]"
        if "-u" in flags:
            options.unset(full)
        else:
            try:
                options.set(full, value[0] if value else None, append="-a" in flags)
            except OptionError as error:
                # The argument is printed as it was typed.
                return f"{error}\n".replace(f"not an array: {full}", f"not an array: {name}")
    except CommandError as error:
        return f"{error}\n"
    return ""


@pytest.fixture
def touched(tmux: Run) -> Iterator[list[str]]:
    names: list[str] = []
    yield names
    for name in names:
        tmux("set-option", "-gu", name)


@pytest.mark.parametrize("changes", CHANGES, ids=str)
def test_options_are_set_and_refused_as_by_tmux(
    tmux: Run,
    globals_of: dict[Scope, Options],
    touched: list[str],
    changes: list[tuple[str, ...]],
) -> None:
    options = globals_of[Scope.SESSION]
    for words in changes:
        name = next(word for word in words if word not in {"-a", "-u"})
        touched.append(name.partition("[")[0])
        assert our_change(options, words) == tmux("set-option", "-g", *words)[1]
    ours = options.show_all(Scope.SESSION, hooks=HookListing.WITH, additions=Additions.NONE)
    assert ours == tmux("show-options", "-gH")[1].splitlines()


@pytest.mark.parametrize(
    "name", ["status-left", "@none", "update-environment", "update-environment[1]", "prefix2"]
)
def test_one_option_is_shown_as_tmux_shows_it(
    tmux: Run, globals_of: dict[Scope, Options], name: str
) -> None:
    options = globals_of[Scope.SESSION]
    for value_only, flags in ((False, "-g"), (True, "-gv")):
        try:
            ours = options.show(name, value_only=value_only)
        except OptionError as error:
            ours = [str(error)]
        assert ours == tmux("show-options", flags, name)[1].splitlines()
