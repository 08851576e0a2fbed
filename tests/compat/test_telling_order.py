"""The notifications and the hooks of one command: in tmux's order, as often as tmux tells them."""

from __future__ import annotations

import itertools
import re

import pytest

from tests.compat.conftest import TMUX_RUNS, fresh
from tests.compat.control import GUARD, control

HOOKS = (
    *("client-session-changed", "pane-died", "pane-exited", "pane-mode-changed"),
    *("pane-title-changed", "session-closed", "session-created", "session-renamed"),
    *("session-window-changed", "window-layout-changed", "window-linked"),
    *("window-pane-changed", "window-renamed", "window-resized", "window-unlinked"),
)
LOG = "[#{hook} #{hook_session_name}#{hook_window}#{hook_pane} at #{session_name}:#{window_index}]"
WINDOWS = """
    new-window -d -n second cat
    new-window -d -n third cat
"""
PANES = """
    split-window -d cat
    split-window -d -h cat
"""
OTHER = """
    new-session -d -s other -n theirs -x 80 -y 24 cat
    new-window -d -t other: -n more cat
"""
GROUP = """
    new-window -d -n second cat
    new-session -d -t work -s twin
"""
# What is there before, and what is typed by a control client of the session `work`.
SCRIPTS = {
    "new windows": (
        "",
        """
        new-window -d cat
        new-window cat
        new-window -n named cat
        new-window -d -n quiet cat
        new-window -a -t :0 cat
        new-window -b -t :0 -d cat
        new-window -k -t :0 cat
        new-window -S -n named cat
        new-window -d -t :0 cat
        """,
    ),
    "panes that come": (
        "",
        """
        split-window cat
        split-window -d cat
        split-window -h cat
        split-window -Z cat
        split-window cat
        resize-pane -Z
        split-window -dZ cat
        """,
    ),
    "panes that are chosen": (
        PANES,
        """
        select-pane -t :.1
        select-pane -t :.1
        select-pane -D
        select-pane -U
        last-pane
        resize-pane -Z
        select-pane -t :.2
        resize-pane -Z
        select-pane -Z -t :.0
        resize-pane -Z
        resize-pane -y 3
        resize-pane -x 20 -y 5
        resize-pane -U 2
        resize-pane -U 200
        select-pane -T title
        """,
    ),
    "panes that leave": (
        PANES + WINDOWS,
        """
        kill-pane -t :0.1
        split-window cat
        kill-pane
        split-window cat
        resize-pane -Z
        kill-pane
        resize-pane -Z
        kill-pane -a
        kill-pane
        kill-pane -t :2
        """,
    ),
    "break-pane": (
        PANES + WINDOWS,
        """
        break-pane -d -s :0.1
        break-pane
        select-window -t :0
        split-window cat
        break-pane -n named
        break-pane -d -t :9
        break-pane -t :8
        split-window -d cat
        resize-pane -Z
        break-pane -d
        """,
    ),
    "join-pane": (
        PANES + WINDOWS,
        """
        join-pane -s :1 -t :0
        join-pane -d -s :2 -t :0
        join-pane -s :0.0 -t :0.3
        join-pane -d -s :0.0 -t :0.2
        new-window -d cat
        split-window -d -t :1 cat
        join-pane -s :1.0 -t :0.0
        join-pane -d -h -s :0.0 -t :1.0
        resize-pane -Z
        move-pane -s :1.0 -t :0.0
        """,
    ),
    "join-pane between sessions": (
        PANES + OTHER,
        """
        join-pane -d -s other:0 -t :0
        join-pane -s :0.0 -t other:1
        join-pane -s other:1 -t :0
        """,
    ),
    "swap-pane": (
        PANES + WINDOWS,
        """
        swap-pane -s :0.0 -t :0.1
        swap-pane -d -s :0.0 -t :0.1
        swap-pane -D
        swap-pane -U
        swap-pane -s :1.0 -t :0.1
        swap-pane -d -s :1.0 -t :0.1
        resize-pane -Z
        swap-pane -D
        resize-pane -Z
        swap-pane -Z -D
        """,
    ),
    "rotate-window": (
        PANES,
        """
        rotate-window
        rotate-window -D
        resize-pane -Z
        rotate-window
        resize-pane -Z
        rotate-window -Z
        """,
    ),
    "layouts": (
        PANES,
        """
        select-layout tiled
        select-layout tiled
        select-layout -E
        select-layout -n
        select-layout -p
        select-layout -o
        next-layout
        previous-layout
        resize-pane -Z
        select-layout even-horizontal
        resize-pane -Z
        next-layout
        resize-pane -Z
        select-layout -E
        resize-pane -Z
        select-layout 6b74,80x24,0,0{26x24,0,0,0,26x24,27,0,1,26x24,54,0,2}
        resize-window -x 60 -y 20
        resize-window -A
        """,
    ),
    "a layout of one pane": (
        "",
        """
        select-layout tiled
        select-layout -E
        next-layout
        select-layout -o
        """,
    ),
    "move-window": (
        WINDOWS,
        """
        move-window -d -s :1 -t :7
        move-window -t :5
        move-window -s :7 -t :3
        move-window -r
        move-window -k -s :0 -t :1
        move-window -a -s :0 -t :1
        move-window -t other:
        """,
    ),
    "move-window between sessions": (
        WINDOWS + OTHER,
        """
        move-window -d -s :1 -t other:5
        move-window -s :2 -t other:6
        move-window -s other:5 -t :9
        move-window -d -s other:0 -t :8
        move-window -k -s other:1 -t :9
        move-window -s other:6 -t :4
        """,
    ),
    "link and unlink": (
        WINDOWS + OTHER,
        """
        link-window -s :1 -t :7
        link-window -d -s :1 -t :8
        unlink-window -t :8
        unlink-window
        link-window -s other:0 -t :5
        link-window -k -s other:1 -t :5
        link-window -d -s :0 -t other:9
        unlink-window -t other:9
        unlink-window -k -t :2
        kill-window -t other:1
        link-window -a -s other:0 -t :0
        """,
    ),
    "swap-window": (
        WINDOWS + OTHER,
        """
        swap-window -s :0 -t :1
        swap-window -d -s :0 -t :1
        swap-window -s :1 -t :2
        swap-window -s :0 -t other:0
        swap-window -d -s :0 -t other:1
        """,
    ),
    "windows that are chosen": (
        WINDOWS,
        """
        select-window -t :1
        select-window -t :1
        next-window
        previous-window
        last-window
        select-window -T -t :2
        select-window -T -t :2
        rename-window same
        rename-window same
        """,
    ),
    "windows that leave": (
        WINDOWS,
        """
        kill-window -t :1
        kill-window
        new-window -d cat
        new-window -d cat
        set-option renumber-windows on
        kill-window -t :2
        new-window -d cat
        new-window -d cat
        link-window -d -s :0 -t :5
        unlink-window -t :0
        list-windows -F '#{window_index} #{window_id}'
        move-window -s :1 -t :9
        list-windows -F '#{window_index} #{window_id}'
        kill-pane -t :9
        list-windows -F '#{window_index} #{window_id}'
        kill-window -a
        """,
    ),
    "sessions": (
        WINDOWS + OTHER,
        """
        new-session -d -s fresh cat
        rename-session -t fresh old
        rename-session -t old old
        rename-session mine
        rename-session work
        kill-session -t old
        kill-session -t other
        new-session -d -s third cat
        new-window -d -t third: cat
        kill-window -t third:0
        kill-window -t third:1
        new-session -d -s fourth cat
        kill-pane -t fourth
        new-session -d -s fifth cat
        switch-client -t fifth
        switch-client -t fifth
        kill-session -a
        """,
    ),
    "groups": (
        GROUP,
        """
        new-window -d cat
        new-window cat
        kill-window -t :0
        link-window -s :1 -t :8
        unlink-window -t :8
        move-window -s :1 -t :9
        swap-window -s :9 -t :3
        swap-window -d -s :9 -t :3
        move-window -r
        list-windows -t twin -F '#{window_index} #{window_id}'
        split-window cat
        break-pane
        select-window -t twin:0
        join-pane -s :2 -t :0
        kill-session -t twin
        """,
    ),
    "groups that begin and end": (
        WINDOWS,
        """
        new-session -d -t work -s first
        new-session -d -t work
        new-session -d -t named -s third
        new-session -d -t named -s fourth
        kill-window -t third:0
        kill-window -t :1
        kill-session -t first
        """,
    ),
    "programs that start anew": (
        PANES + WINDOWS,
        """
        respawn-pane -k cat
        respawn-pane -k -t :1 cat
        respawn-window -k cat
        respawn-window -k -t :1 cat
        split-window -d -t :1 cat
        respawn-window -k -t :1 cat
        """,
    ),
    "modes": (
        PANES,
        """
        copy-mode
        copy-mode
        clock-mode
        copy-mode -q
        choose-tree
        send-keys q
        choose-tree -Z
        send-keys q
        clock-mode
        kill-pane
        copy-mode
        respawn-pane -k cat
        new-window -d cat
        copy-mode -t :1
        clock-mode -t :1
        kill-window -t :1
        """,
    ),
    "several commands": (
        WINDOWS,
        """
        split-window cat ; kill-pane
        new-window cat ; kill-window
        new-window -d cat ; rename-window -t :3 x ; kill-window -t :3
        select-window -t :1 ; select-window -t :2 ; select-window -t :0
        rename-window a ; rename-window b
        split-window cat ; select-layout tiled ; resize-pane -Z
        new-session -d -s brief cat ; kill-session -t brief
        """,
    ),
    "sizes": (
        PANES + WINDOWS,
        """
        refresh-client -C 100x30
        refresh-client -C 100x30
        select-window -t :1
        new-window cat
        refresh-client -C 90x20
        split-window cat
        resize-pane -Z
        refresh-client -C 70x20
        """,
    ),
}


def told(name: str, before: str, steps: str) -> list[tuple[str, list[str]]]:
    """For each step, what was notified and what hooks ran, in their order."""
    with fresh(name) as program:
        program("new-session", "-d", "-s", "work", "-n", "first", "-x80", "-y24", "cat")
        told_by = [f"set-hook -g {hook} \"set-option -gaF @log '{LOG}'\"" for hook in HOOKS]
        (program.directory / "before.conf").write_text("\n".join([before, *told_by]))
        program("source-file", "before.conf")
        with control(program, "attach", "-t", "work") as one:
            one.wait_for("^%session-changed")
            one.step("set-option -g @log ''")
            result = []
            for step in filter(None, map(str.strip, steps.splitlines())):
                news = [line for line in one.step(step) if not GUARD.match(line)]
                ran = hooks(one.step(SHOW))
                result += [(step, calmed(news)), (f"hooks of {step}", calmed(ran))]
            return result


UNLINKED = re.compile(r"%(?:unlinked-)?window-close|window-unlinked")


def calmed(told: list[str]) -> list[str]:
    """The same with windows that leave one after the other sorted.

    Those of a session that ends leave in the order of the roots of tmux's red-black tree.
    """
    groups = itertools.groupby(told, lambda line: bool(UNLINKED.match(line)))
    return [line for leave, run in groups for line in (sorted(run) if leave else run)]


SHOW = "show-options -gv @log ; set-option -g @log ''"


def hooks(lines: list[str]) -> list[str]:
    """The hooks that were logged."""
    return [hook for line in lines if line.startswith("[") for hook in line[1:-1].split("][")]


@pytest.mark.parametrize(("before", "steps"), SCRIPTS.values(), ids=SCRIPTS)
def test_what_is_told_is_told_in_order(before: str, steps: str) -> None:
    ours = told("aimux", before, steps)
    theirs = told("tmux", before, steps)
    for _ in range(TMUX_RUNS - 1):
        if ours == theirs:
            break
        theirs = told("tmux", before, steps)
    assert ours == theirs
