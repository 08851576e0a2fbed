"""Takes over a running tmux server: what it has is asked for, and made again in aimux.

tmux is only asked. Programs go on running there; those on the list of `programs` are started again
here, the others are named in the report.
"""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import groupby
from pathlib import Path

from aimux.errors import LinkError
from aimux.model.options_table import ROWS, split_index
from migrate_tmux.aimux_server import AimuxServer
from migrate_tmux.contents import forget_contents, keep_contents
from migrate_tmux.live_keys import changed
from migrate_tmux.programs import command_line, foreground_words, may_restart
from migrate_tmux.progress import Told, untold
from migrate_tmux.session_building import build_session
from migrate_tmux.session_plan import PanePlan, SessionPlan, WindowPlan
from migrate_tmux.tmux_server import TmuxServer
from migrate_tmux.written import quoted

FIELDS = (
    *("session_id", "session_name", "session_path", "session_group"),
    *("window_id", "window_index", "window_name", "window_active", "window_zoomed_flag"),
    *("window_layout", "window_width", "window_height"),
    *("pane_id", "pane_active", "pane_current_path", "pane_title", "pane_pid", "pane_dead", "host"),
)
GLOBAL = {"server": "-s", "session": "-g", "window": "-gw"}
Row = dict[str, str]


@dataclass(slots=True)
class Takeover:
    """What was taken over, and what was not.

    Attributes:
        sessions: The names of those made, with the numbers of their windows and panes.
        restarted: Panes and the command lines that run again in them.
        left: Panes and the command lines that go on in tmux alone.
        options: How many global options were set.
        keys: The commands that bind and unbind keys as tmux has them.
        hooks: The commands that set global hooks.
        problems: What did not work.
    """

    sessions: dict[str, tuple[int, int]] = field(default_factory=dict)
    restarted: dict[str, str] = field(default_factory=dict)
    left: dict[str, str] = field(default_factory=dict)
    options: int = 0
    keys: list[str] = field(default_factory=list)
    hooks: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    def as_json(self) -> dict[str, object]:
        """For programs."""
        return {
            "sessions": [
                {"name": name, "windows": windows, "panes": panes}
                for name, (windows, panes) in self.sessions.items()
            ],
            "restarted": self.restarted,
            "left": self.left,
            "options": self.options,
            "keys": self.keys,
            "hooks": self.hooks,
            "problems": self.problems,
        }

    def lines(self) -> list[str]:
        """For people."""
        made = [
            f"{name}: {windows} windows, {panes} panes"
            for name, (windows, panes) in self.sessions.items()
        ]
        again = [f"started again in {pane}: {line}" for pane, line in self.restarted.items()]
        left = [f"goes on in tmux only, {pane}: {line}" for pane, line in self.left.items()]
        options = [f"{self.options} global options set"] if self.options else []
        keys = [f"key: {line}" for line in self.keys]
        hooks = [f"hook: {line}" for line in self.hooks]
        return [*made, *options, *keys, *hooks, *again, *left, *self.problems]


def take_over(
    tmux: TmuxServer, aimux: AimuxServer, directory: Path, *, dry_run: bool, told: Told = untold
) -> Takeover:
    """Make in aimux what tmux has.

    Args:
        tmux: The server that is asked.
        aimux: The server that is given it; started if need be.
        directory: Where scrollback is kept until its pane has shown it; private.
        dry_run: Only say what would be made.
        told: Is told how far it is.

    Raises:
        LinkError: There is no such tmux server, or none of its sessions could be made.
    """
    taking = _Taking(tmux, directory, dry_run=dry_run, told=told)
    plans = taking.plans()
    taking.result.keys, taking.result.hooks = changed(tmux)
    if dry_run:
        for plan in plans:
            taking.made(plan)
        return taking.result
    for number, plan in enumerate(plans, 1):
        step = partial(_told_of, told, f"session {number} of {len(plans)}")
        try:
            taking.result.problems += build_session(aimux, plan, step)
        except LinkError as error:
            taking.result.problems.append(str(error))
            forget_contents(plan)
        else:
            taking.made(plan)
    if not taking.result.sessions:
        raise LinkError("; ".join(taking.result.problems) or "tmux has no sessions")
    told("setting options, keys and hooks")
    taking.set_options(aimux)
    taking.run_lines(aimux, [*taking.result.keys, *taking.result.hooks])
    return taking.result


def _told_of(told: Told, where: str, text: str) -> None:
    told(f"{where}, {text}")


class _Taking:
    def __init__(self, tmux: TmuxServer, directory: Path, *, dry_run: bool, told: Told) -> None:
        self.result = Takeover()
        self._told = told
        self._panes = 0
        self._read = 0
        self._lines = 0
        self._tmux = tmux
        self._directory = directory
        self._dry_run = dry_run
        self._linked: dict[str, tuple[str, int]] = {}

    # ---- reading ----

    def plans(self) -> list[SessionPlan]:
        rows = self._tmux.rows(("list-panes", "-a"), FIELDS)
        self._panes = len(rows)
        by_session = groupby(rows, key=lambda row: row["session_id"])
        return [self._session(list(panes)) for _, panes in by_session]

    def _session(self, rows: list[Row]) -> SessionPlan:
        first = rows[0]
        windows = groupby(rows, key=lambda row: row["window_index"])
        target = ("-t", first["session_id"])
        return SessionPlan(
            name=first["session_name"],
            windows=tuple(self._window(list(panes)) for _, panes in windows),
            directory=first["session_path"],
            options=_known(self._tmux.options(*target)),
            columns=max(int(row["window_width"]) for row in rows),
            rows=max(int(row["window_height"]) for row in rows) + 1,
        )

    def _window(self, rows: list[Row]) -> WindowPlan:
        first = rows[0]
        index, identity = int(first["window_index"]), first["window_id"]
        link = self._linked.get(identity)
        self._linked.setdefault(identity, (first["session_name"], index))
        plan = WindowPlan(
            name=first["window_name"],
            panes=(),
            index=index,
            active=first["window_active"] == "1",
            link=link,
        )
        if link is not None:
            return replace(plan, panes=(PanePlan(),))
        return replace(
            plan,
            panes=tuple(self._pane(row) for row in rows),
            layout=first["window_layout"],
            options=self._window_options(identity),
            zoomed=first["window_zoomed_flag"] == "1",
        )

    def _window_options(self, identity: str) -> dict[str, str]:
        """A window that was given its name here has automatic-rename off unless tmux's has it."""
        automatic = self._tmux.ask("show-options", "-wAv", "-t", identity, "automatic-rename")
        own = _known(self._tmux.options("-w", "-t", identity))
        return {"automatic-rename": automatic.strip(), **own}

    def _pane(self, row: Row) -> PanePlan:
        place = f"{row['session_name']}:{row['window_index']} {row['pane_id']}"
        words = () if row["pane_dead"] == "1" else foreground_words(int(row["pane_pid"]))
        again = bool(words) and may_restart(words)
        if again:
            self.result.restarted[place] = command_line(words)
        elif words:
            self.result.left[place] = command_line(words)
        title = "" if row["pane_title"] == row["host"] else row["pane_title"]
        return PanePlan(
            directory=row["pane_current_path"],
            typed=(command_line(words),) if again else (),
            contents=self._contents(row["pane_id"]),
            title=title,
            options=_known(self._tmux.options("-p", "-t", row["pane_id"])),
            active=row["pane_active"] == "1",
        )

    def _contents(self, pane: str) -> Path | None:
        """The pane's text and colours with its scrollback, in a file of its own."""
        self._read += 1
        where = f"pane {self._read} of {self._panes}"
        self._told(f"reading tmux: {where}, {self._lines:,} lines of scrollback")
        if self._dry_run:
            return None
        text = self._tmux.ask("capture-pane", "-epJ", "-S", "-", "-t", pane).rstrip("\n ")
        if not text:
            return None
        self._lines += text.count("\n") + 1
        return keep_contents(self._directory, text.encode("utf-8", "replace"))

    # ---- telling and setting ----

    def made(self, plan: SessionPlan) -> None:
        panes = sum(len(window.panes) for window in plan.windows)
        self.result.sessions[plan.name] = (len(plan.windows), panes)

    def set_options(self, aimux: AimuxServer) -> None:
        """Give aimux the global options in which it differs from tmux."""
        lines: list[str] = []
        for flag in GLOBAL.values():
            theirs = _known(self._tmux.options(flag))
            ours = dict(_pairs(aimux.run("show-options", flag)))
            shown = dict(_pairs(self._tmux.ask("show-options", flag)))
            lines += [
                f"set-option {flag} -- {quoted(name)} {quoted(value)}"
                for name, value in theirs.items()
                if ours.get(name) != shown.get(name)
            ]
        self.result.options = len(lines)
        self.run_lines(aimux, lines)

    def run_lines(self, aimux: AimuxServer, lines: Sequence[str]) -> None:
        """Run command lines: all of one file, or, if it cannot be read, those that can."""
        if not lines:
            return
        try:
            self._source(aimux, lines)
        except LinkError as error:
            if len(lines) == 1:
                self.result.problems += str(error).splitlines()
                return
            half = len(lines) // 2
            self.run_lines(aimux, lines[:half])
            self.run_lines(aimux, lines[half:])

    def _source(self, aimux: AimuxServer, lines: Sequence[str]) -> None:
        with tempfile.NamedTemporaryFile("w", dir=self._directory, suffix=".conf") as file:
            file.write("\n".join(lines) + "\n")
            file.flush()
            aimux.run("source-file", file.name)


def _known(options: dict[str, str]) -> dict[str, str]:
    """Those of the options that aimux has."""
    return {
        name: value
        for name, value in options.items()
        if name.startswith("@") or split_index(name)[0] in ROWS
    }


def _pairs(listed: str) -> Sequence[tuple[str, str]]:
    """The lines of show-options as names and values as they are printed."""
    parts = (line.partition(" ") for line in listed.splitlines())
    return [(name, value) for name, _, value in parts]
