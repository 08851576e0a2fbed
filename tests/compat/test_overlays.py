"""What display-menu, display-panes and display-popup say where nobody is attached, as tmux does."""

from collections.abc import Callable

import pytest

SCRIPTS = {
    "no client": r"""
        new-session -d -s work -x 80 -y 24 cat
        display-menu One 1 'display-message one'
        display-menu -c nobody One 1 'display-message one'
        display-menu -t work:7 One 1 'display-message one'
        display-popup cat
        display-popup -C
        display-popup -c nobody -w 0 cat
        display-panes
        display-panes -t nobody
        display-panes -d x
        menu One 1 kill-server
        popup
        displayp
    """,
    "wrong words": r"""
        new-session -d -s work -x 80 -y 24 cat
        display-menu
        display-menu -q One 1 kill-server
        display-menu One { kill-server } kill-server
        display-menu One 1 { nonsense }
        display-popup -q
        display-panes one two
        bind-key m display-menu -O -T title One 1 { display-message one } '' Two 2 'kill-pane'
        list-keys -T prefix m
        bind-key n display-popup -EE -w 50% -h 50% -e A=b -d /tmp 'top'
        list-keys -T prefix n
        list-commands display-menu
        list-commands display-popup
        list-commands display-panes
    """,
}


@pytest.mark.parametrize("script", SCRIPTS.values(), ids=list(SCRIPTS))
def test_overlays(same: Callable[[str], None], script: str) -> None:
    same(script)
