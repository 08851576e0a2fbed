"""The words of a command line: tmux's global options (tmux.c, `main`), then a command."""

from __future__ import annotations

from aimux import __version__
from aimux.errors import AimuxError

TYPE_CHECKING = False  # what type checkers take for true; typing costs 5 ms of a command's start
if TYPE_CHECKING:
    from collections.abc import Sequence

AIMUX, TMUX = "aimux", "tmux"
_USAGE = """\
usage: {} [-2CDlNuvV] [-c shell-command] [-f file] [-L socket-name]
            [-S socket-path] [-T features] [command [flags]]
"""
USAGE = {program: _USAGE.format(program) for program in (AIMUX, TMUX)}
HELP = f"""\
{USAGE[AIMUX]}
Without a command: new-session. `aimux list-commands` lists the others; beside them there are

  agent teams     start Claude Code in this pane so that its agent teams open panes
  mcp             panes, messages and tasks as an agent's tools, on standard input and output
  mcp install     make Claude Code, Codex, Gemini CLI and OpenCode start it; --undo, --dry-run
  doctor          say what the terminal can do, what is set and what is wrong; --json
  shim directory  make a tmux in the directory that is aimux
  import-tmux     turn a tmux configuration into aimux's; --live: take over a running tmux
  load-layout     make the sessions of a tmuxp, tmuxinator or tmux-resurrect file
  freeze-layout   print a session as a file that load-layout and tmuxp read
  parse           read a program's output and say what came of it; --json

Of those that list-commands has, aimux's own are

  exec, until     run a command in a window and wait for its result; wait for a pane
  results, read   what a pane's commands came to; what they printed, compressed
  history, audit  what ran; who asked for what
  keys, theme     list | check; list | preview | set

and the options, as tmux has them:

  -2              the terminal shows 256 colours
  -C              control mode; -CC also without echo
  -c command      run a command with the default shell, then exit
  -D              stay in the foreground as the server
  -f file         read this configuration file instead of the usual ones
  -L socket-name  the server of this name (a file in the socket directory)
  -l              be a login shell
  -N              do not start a server
  -S socket-path  the server of this socket
  -T features     the terminal has these features, e.g. 256,RGB
  -u              the terminal understands UTF-8
  -v              write a log; -vv with the protocol
  -V, --version   print the version
"""
WITH_ARGUMENT = "cfLST"
SWITCHES = "2CDlNquUvV"
LONG_OPTIONS = {"--version": f"aimux {__version__}\n", "--help": HELP, "-h": HELP}


class UsageError(AimuxError):
    """The global options are wrong; the text is printed before the usage, if there is any."""


def program_name(path: str) -> str:
    """The name that aimux goes by when it was started by `path`: `tmux` if that is its name."""
    return TMUX if path.rpartition("/")[2] == TMUX else AIMUX


class CommandLine:
    """A parsed command line.

    Attributes:
        program: What aimux was called by: `aimux` or `tmux`.
        counts: How often each switch was given.
        values: The arguments of each option that takes one, in their order.
        command: The command's words.
    """

    def __init__(self, words: Sequence[str], program: str = AIMUX) -> None:
        """Read the options as getopt(3) does, up to the first other word.

        Raises:
            UsageError: An option is unknown, lacks its argument, or forbids a command.
        """
        self.program = program
        self.counts = dict.fromkeys(SWITCHES, 0)
        self.values: dict[str, list[str]] = {letter: [] for letter in WITH_ARGUMENT}
        self._words = list(words)
        while self._words and self._words[0].startswith("-") and self._words[0] != "-":
            word = self._words.pop(0)
            if word == "--":
                break
            self._read(word[1:])
        self.command = tuple(self._words)
        if self.command and (self.counts["D"] or self.values["c"]):
            raise UsageError

    def _read(self, letters: str) -> None:
        if letters.startswith("-"):
            raise UsageError  # a long option: getopt(3) of BSD says no more
        for place, letter in enumerate(letters):
            if letter in self.values:
                self.values[letter].append(self._argument(letter, letters[place + 1 :]))
                return
            if letter not in self.counts:
                raise UsageError(f"{self.program}: unknown option -- {letter}")
            self.counts[letter] += 1

    def _argument(self, letter: str, rest: str) -> str:
        if rest:
            return rest
        if not self._words:
            raise UsageError(f"{self.program}: option requires an argument -- {letter}")
        return self._words.pop(0)

    def last(self, letter: str) -> str | None:
        """The argument of an option, the last one if it was given more than once."""
        return self.values[letter][-1] if self.values[letter] else None

    def request_flags(self) -> dict[str, object]:
        """The `flags` of the request."""
        features = ["256"] * bool(self.counts["2"]) + self.values["T"]
        return {
            "utf8": bool(self.counts["u"]),
            "control": min(self.counts["C"], 2),
            "read_only": False,
            "login": bool(self.counts["l"]),
            "features": ",".join(features),
            "tmux": self.program == TMUX,
        }
