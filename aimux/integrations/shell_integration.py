"""How a pane's shell is started so that it reports what it runs, with no dotfile touched.

The scripts in `shell/` do the reporting; this says by which arguments and variables each shell is
made to read its own. Pure: nothing is looked up, read or started here.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path, PurePath

_SCRIPTS = Path(__file__).parent / "shell"
_BASH_SCRIPT = _SCRIPTS / "bash" / "aimux.bash"

_NONCE = "AIMUX_SHELL_NONCE"
_NONCE_FORM = re.compile(r"[A-Za-z0-9_-]{16,128}")
# ENV is expanded like a string in double quotes.
_EXPANDED_IN_ENV = re.compile(r'([\\$`"])')
_DATA_DIRECTORIES = "/usr/local/share:/usr/share"

_LOGIN_FLAG = "-l"
_TAKE_LOGIN_FLAG = frozenset(
    ["ash", "bash", "csh", "dash", "fish", "ksh", "mksh", "sh", "tcsh", "yash", "zsh"]
)
_LOGIN_WORDS = frozenset({"-l", "-il", "-li", "--login"})
_INTERACTIVE_WORDS = _LOGIN_WORDS | {"-i", "--interactive"}

_Started = tuple[list[str], dict[str, str]]


def inject(
    argv: Sequence[str], environment: Mapping[str, str], *, nonce: str, login: bool = False
) -> _Started:
    """The arguments and environment that start the same shell, reporting.

    Args:
        argv: What would be started. A first word with tmux's dash (`-bash`) asks for a login shell
            as `login` does; the dash is taken off.
        environment: What it would be started with; it is not changed.
        nonce: The pane's secret, 16 to 128 characters of `A-Z a-z 0-9 _ -`, which
            `aimux.semantic.marks` is given too. A shell that gets it tells none of its children.
        login: Whether a login shell is wanted. A program cannot be given another `argv[0]` here, so
            it is asked for by `-l`, for every shell that is known to take it.

    Returns:
        New ones. Commands, scripts, unknown shells and unusual options come back as they were, but
        for the login flag.

    Raises:
        ValueError: The nonce has not the form above.
    """
    if not _NONCE_FORM.fullmatch(nonce):
        raise ValueError("a nonce is 16 to 128 letters, digits, _ and -")
    if not argv:
        return [], dict(environment)
    program = argv[0].removeprefix("-")
    shell = PurePath(program).name
    words = [program, *argv[1:]]
    if (login or program != argv[0]) and shell in _TAKE_LOGIN_FLAG:
        words.append(_LOGIN_FLAG)
    start = _SHELLS.get(shell)
    started = start(words, dict(environment)) if start else None
    if started is None:
        return words, dict(environment)
    started[1][_NONCE] = nonce
    if words[1:] != list(argv[1:]) and shell == "bash":
        # bash alone can be told afterwards what `$0` is.
        started[1]["AIMUX_BASH_NAME"] = f"-{shell}"
    return started


def interactive_shell(command: str) -> list[str] | None:
    """The words of a command that only starts an interactive shell which can report, else None.

    The shell is named by its whole path: nothing is looked up.
    """
    words = command.removeprefix("exec ").split()
    is_shell = bool(words) and words[0].startswith("/") and PurePath(words[0]).name in _SHELLS
    return words if is_shell and _INTERACTIVE_WORDS.issuperset(words[1:]) else None


def _bash(words: list[str], environment: dict[str, str]) -> _Started | None:
    """Bash reads our file as its init file; where it would read none, as ENV in posix mode.

    In posix mode an interactive bash reads ENV and no other file; the script leaves that mode and
    reads the files of a login shell itself.
    """
    options = _BashOptions()
    if not options.take(words[1:]) or "POSIXLY_CORRECT" in environment:
        return None
    program = words[0]
    if not options.is_login and options.reads_rc:
        home = environment.get("HOME", "")
        environment["AIMUX_BASH_START"] = "rc"
        environment["AIMUX_BASH_RCFILE"] = options.rc_file or f"{home}/.bashrc"
        return [program, "--init-file", str(_BASH_SCRIPT), *options.kept], environment
    environment["AIMUX_BASH_START"] = options.start
    if "ENV" in environment:
        environment["AIMUX_BASH_ENV"] = environment["ENV"]
    environment["ENV"] = _EXPANDED_IN_ENV.sub(r"\\\1", str(_BASH_SCRIPT))
    return [program, "--posix", *options.kept], environment


class _BashOptions:
    """The words after `bash`, sorted into those that choose startup files and the rest."""

    def __init__(self) -> None:
        self.kept: list[str] = []
        self.rc_file = ""
        self.reads_rc = True
        self.reads_profile = True
        self.is_login = False

    @property
    def start(self) -> str:
        """What the script is to do about startup files."""
        if not self.is_login:
            return "none"
        return "login" if self.reads_profile else "login-without-profile"

    def take(self, words: Sequence[str]) -> bool:
        """Sort the words; false if they mean something else than an ordinary interactive shell."""
        rest = list(words)
        while rest:
            word = rest.pop(0)
            if word in {"--rcfile", "--init-file"} and rest:
                self.rc_file = rest.pop(0)
            elif word == "--norc":
                self.reads_rc = False
            elif word == "--noprofile":
                self.reads_profile = False
            elif word in _INTERACTIVE_WORDS or word == "--noediting":
                self._keep(word)
            else:
                return False
        return True

    def _keep(self, word: str) -> None:
        """Bash wants long options before short ones."""
        self.is_login = self.is_login or word in _LOGIN_WORDS
        position = 0 if word.startswith("--") else len(self.kept)
        self.kept.insert(position, word)


def _zsh(words: list[str], environment: dict[str, str]) -> _Started | None:
    """Zsh reads `.zshenv` in ZDOTDIR; ours puts ZDOTDIR back and reads the person's."""
    if not _INTERACTIVE_WORDS.issuperset(words[1:]):
        return None
    if "ZDOTDIR" in environment:
        environment["AIMUX_ZSH_ZDOTDIR"] = environment["ZDOTDIR"]
    environment["ZDOTDIR"] = str(_SCRIPTS / "zsh")
    return words, environment


def _fish(words: list[str], environment: dict[str, str]) -> _Started | None:
    """Fish reads `fish/vendor_conf.d` in every directory of XDG_DATA_DIRS."""
    if not _INTERACTIVE_WORDS.issuperset(words[1:]):
        return None
    directories = environment.get("XDG_DATA_DIRS")
    if directories is not None:
        environment["AIMUX_FISH_DATA_DIRS"] = directories
    environment["XDG_DATA_DIRS"] = f"{_SCRIPTS}:{directories or _DATA_DIRECTORIES}"
    return words, environment


_SHELLS: Mapping[str, Callable[[list[str], dict[str, str]], _Started | None]] = {
    "bash": _bash,
    "zsh": _zsh,
    "fish": _fish,
}
