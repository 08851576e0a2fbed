"""What a command line says before any server has read it: may it start one, may it attach?

The commands that tmux marks CMD_STARTSERVER, which is also all that attach.
"""

from __future__ import annotations

TYPE_CHECKING = False  # what type checkers take for true; typing costs 5 ms of a command's start
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

# name: (alias, shortest prefix of the name that no other command begins with)
STARTING_COMMANDS = {
    "attach-session": ("attach", "a"),
    "list-commands": ("lscm", "list-co"),
    "list-keys": ("lsk", "list-k"),
    "new-session": ("new", "new-s"),
    "start-server": ("start", "st"),
}
NEW_SESSION_WITH_ARGUMENT = "cefFnstxy"


OWN_STARTING_COMMANDS = frozenset({"exec", "keys", "theme"})
"""Commands of aimux's own that start a server, too; they have no aliases and are not cut short."""


def may_start_server(argv: Sequence[str]) -> bool:
    """Whether the command line is one for which tmux starts a server; no words mean new-session."""
    if argv and argv[0] in OWN_STARTING_COMMANDS:
        return True
    return not argv or any(_starting_command(words[0]) for words in _commands(argv))


def may_attach(argv: Sequence[str]) -> bool:
    """Whether the command line is likely to attach this terminal.

    A guess that only decides what is prepared: the server's reply counts.
    """
    return not argv or any(_attaches(words) for words in _commands(argv))


def _attaches(words: Sequence[str]) -> bool:
    name = _starting_command(words[0])
    return name == "attach-session" or (name == "new-session" and not _is_detached(words[1:]))


def _commands(argv: Sequence[str]) -> Iterator[list[str]]:
    """The commands of a line; a word that ends in `;` ends one (cmd_parse_from_arguments)."""
    words: list[str] = []
    for word in argv:
        ends = word.endswith(";") and not word.endswith("\\;")
        if word != ";":
            words.append(word[:-1] if ends else word)
        if ends and words:
            yield words
            words = []
    if words:
        yield words


def _starting_command(word: str) -> str | None:
    """The name of the starting command that `word` is the name, alias or a prefix of."""
    if word in OWN_STARTING_COMMANDS:
        return word
    for name, (alias, shortest) in STARTING_COMMANDS.items():
        if word == alias or (name.startswith(word) and word.startswith(shortest)):
            return name
    return None


def _is_detached(arguments: Sequence[str]) -> bool:
    """Whether -d is among the flags of new-session."""
    skip = False
    for argument in arguments:
        if skip:
            skip = False
        elif argument == "--" or not argument.startswith("-") or argument == "-":
            return False
        else:
            letters = argument[1:]
            taking = next(
                (at for at, c in enumerate(letters) if c in NEW_SESSION_WITH_ARGUMENT), None
            )
            if "d" in letters[:taking]:
                return True
            skip = taking == len(letters) - 1
    return False
