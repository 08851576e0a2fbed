"""What -t and -s name, and what is meant without them."""

# ruff: noqa: E501  # a line of a script is a command line

from collections.abc import Callable

import pytest

WHERE = "'#{session_name}:#{window_index}.#{pane_index} #{window_name} #{pane_id}'"
TARGETS_TEXT = (
    "a b a: :1 :one a:1 a:one a:on a:o a:=on a:=one =a =b: a:^ a:$ a:! a:+ a:- a:+2 a:-1 a:{start} "
    "a:{end} a:{last} a:{next} a:{previous} @0 @1 @99 a:@2 b:@1 %0 %1 %99 a:0.%1 a:0.1 a:0.7 a:.1 "
    ".0 .1 a.1 a:0.+ a:0.- a:0.! a:0.top a:0.bottom a:0.left a:0.right a:0.top-left {top} {bottom} "
    "{left-of} {right-of} {up-of} {down-of} {next} {last} {previous} {top-right} a:0.{bottom-right} "
    "$0 $1 $9 $0:1 = {mouse} {marked} ~ nothing nothing:1 a:nothing a:99 a:zer* *: [ab]: "
    ":. : . 0 1 1.0 99 -1 +1 ! ^ a:1: two ab a:three.0"
)
TARGETS = TARGETS_TEXT.split()
SCRIPTS = {
    "panes, windows and sessions": "\n".join(
        [
            "new-session -d -s a -x 80 -y 24 -n zero cat",
            "split-window -h cat ; split-window cat ; select-pane -t 0",
            "new-window -n one cat ; new-window -n two cat ; new-window -n three cat",
            "new-session -d -s b -x 80 -y 24 -n one cat",
            "select-window -t a:1 ; select-window -t a:0",
            *(f"display-message -p -t '{target}' {WHERE}" for target in TARGETS),
            *(f"list-panes -t '{target}' -F '#{{pane_id}}'" for target in TARGETS[::3]),
            *(f"has-session -t '{target}'" for target in TARGETS[::4]),
            *(f"select-window -t '{target}'" for target in TARGETS[::6]),
            "select-pane -m -t a:0.1",
            f"display-message -p -t '{{marked}}' {WHERE}",
            f"display-message -p -t '~' {WHERE}",
        ]
    ),
    "what is current": rf"""
        new-session -d -s a -x 80 -y 24 cat
        new-session -d -s b -x 80 -y 24 cat
        display-message -p {WHERE}
        new-session -d -s c -x 80 -y 24 cat ; display-message -p {WHERE}
        new-window -t a cat ; display-message -p {WHERE}
        new-window -d -t a cat ; display-message -p {WHERE}
        split-window -t b cat ; display-message -p {WHERE}
        split-window -d -t b cat ; display-message -p {WHERE}
        select-window -t a:0 ; display-message -p {WHERE}
        select-pane -t b:0.0 ; display-message -p {WHERE}
        break-pane -s b:0.0 ; display-message -p {WHERE}
        respawn-pane -k -t a:0 ; display-message -p {WHERE}
        rename-window -t c x ; display-message -p {WHERE}
        new-session -d -s d -x 80 -y 24 cat ; split-window cat ; select-layout even-vertical ; list-panes -F {WHERE}
        swap-window -s a:0 -t a:1 ; display-message -p {WHERE}
        move-window -s a:0 -t c:5 ; display-message -p {WHERE}
        last-window -t a ; display-message -p {WHERE}
        kill-window -t b:0 ; display-message -p {WHERE}
        has-session -t a ; display-message -p {WHERE}
        kill-session -t d ; display-message -p {WHERE}
    """,
}


@pytest.mark.parametrize("script", SCRIPTS.values(), ids=list(SCRIPTS))
def test_both_programs_say_the_same_of(same: Callable[[str], None], script: str) -> None:
    same(script)
