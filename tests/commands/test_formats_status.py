"""tmux's own status line, the longest format that everybody uses, expanded by tmux and by us."""

import os
import re
import subprocess
from collections.abc import Callable, Iterator, Sequence

import pytest

from aimux.commands.format_template import ALIASES
from aimux.commands.format_tree import FormatContext
from aimux.commands.formats import expand
from tests.programs import tmux_3_3a

STATUS = "status-format[0]"
NAME = re.compile(r"[a-z]+(?:[-_][a-z]+)+")
SEPARATOR = "\x1f"
Values = dict[str, list[str]]
Ask = Callable[..., str]


class Context:
    """One window's values, of those that tmux gave for each."""

    def __init__(self, values: Values, window: int) -> None:
        self._values = values
        self._window = window

    def variable(self, name: str) -> str | None:
        return self._values[name][self._window] if name in self._values else None

    def windows(self) -> Iterator[tuple[FormatContext, bool]]:
        for window, active in enumerate(self._values["window_active"]):
            yield Context(self._values, window), active == "1"

    sessions = windows
    panes = windows

    def job(self, command: str) -> str:
        raise AssertionError(command)

    def search_pane(self, pattern: str, *, regex: bool, ignore_case: bool) -> int:
        raise AssertionError(pattern)

    def name_exists(self, kind: str, name: str) -> bool:
        raise AssertionError(name)

    def now(self) -> float:
        return float(self._values["now"][0])


def values_of(ask: Ask) -> Values:
    """What tmux says, for each window, of every name that the status line mentions."""
    values: Values = {}
    pending = {STATUS, "window_active", *ALIASES.values()}
    while pending:
        name = pending.pop()
        values[name] = ask(f"#{{W:#{{{name}}}{SEPARATOR}}}").split(SEPARATOR)[:-1]
        pending |= set(NAME.findall(" ".join(values[name]))) - values.keys()
    return values


@pytest.fixture
def ask_session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[int], Ask]]:
    program = tmux_3_3a()
    base = [program, "-u", "-S", str(tmp_path_factory.mktemp("status") / "tmux"), "-f", "/dev/null"]
    environment = {"PATH": os.defpath, "LANG": "C.UTF-8", "TERM": "xterm"}
    environment |= {"TZ": os.environ["TZ"]} if "TZ" in os.environ else {}

    def run(words: Sequence[str]) -> str:
        done = subprocess.run(
            [*base, *words], capture_output=True, check=True, env=environment, timeout=30
        )
        return done.stdout.decode()

    def start(windows: int) -> Ask:
        run(["new-session", "-d", "-n", "first", "cat"])
        for number in range(1, windows):
            run(["new-window", *["-d"] * (number % 3 != 2), "-n", f"window{number}", "cat"])
        run(
            [
                "set",
                "-g",
                "window-status-last-style",
                "fg=red",
                ";",
                "set",
                "-g",
                "status-right",
                "%Y",
            ]
        )
        return lambda text: run(["display-message", "-p", text]).removesuffix("\n")

    yield start
    run(["kill-server"])


@pytest.mark.parametrize("windows", [1, 3, 12])
def test_the_default_status_line_expands_as_in_tmux(
    windows: int, ask_session: Callable[[int], Ask]
) -> None:
    ask = ask_session(windows)
    values = values_of(ask)
    values["now"] = [ask("%s")]
    current = values["window_active"].index("1")
    text = f"#{{T:{STATUS}}}"
    assert expand(text, Context(values, current), time=True) == ask(text)
