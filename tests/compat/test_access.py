"""server-access, prompt history and locks as tmux has them where no client is attached."""

from collections.abc import Callable

import pytest

SCRIPTS = {
    "users": r"""
        new-session -d -s work -x 80 -y 24 cat
        server-access -l
        server-access -a root
        server-access -d root
        server-access -a nobody
        server-access -l
        server-access -a nobody
        server-access -r nobody
        server-access -l
        server-access -w nobody
        server-access -l
        server-access -ad nobody
        server-access -rw nobody
        server-access -d nobody
        server-access -d nobody
        server-access -r nobody
        server-access -l
        server-access -d nobody
        server-access -a nosuchuser
        server-access -a
        server-access
        server-access daemon
        server-access -l
        server-access -ar daemon
        server-access -x
    """,
    "prompt history": r"""
        file history: command:list-keys\nsearch:needle\nunknown line\ntarget:a:b\nsearch:again\n
        file start.conf: set -g history-file ~/history\nset -g automatic-rename off\n
        new-session -d -s work -x 80 -y 24 cat
        show-prompt-history
        show-prompt-history -T search
        show-prompt-history -T nothing
        clear-prompt-history -T search
        clear-prompt-history -T nothing
        show-prompt-history -T search
        clear-prompt-history
        show-prompt-history
        show-prompt-history x
    """,
    "locks": r"""
        new-session -d -s work -x 80 -y 24 cat
        lock-server
        lock-session
        lock-session -t nothing
        lock-client
        lock-client -t nothing
        suspend-client
        refresh-client -l
        show-messages -J
    """,
}


@pytest.mark.parametrize("script", SCRIPTS.values(), ids=list(SCRIPTS))
def test_both_programs_say_the_same_of(same: Callable[[str], None], script: str) -> None:
    same(script)
