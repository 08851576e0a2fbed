"""Formats and flags about clients' screens, as far as no client is needed."""

from collections.abc import Callable

import pytest

SCRIPTS = {
    "formats": r"""
        new-session -d -s work -x 80 -y 24 cat
        display-message -p '#{tree_mode_format}'
        display-message -p '#{client_mode_format}'
        display-message -p '#{buffer_mode_format}'
        display-message -p '[#{client_written}][#{window_bigger}][#{window_offset_x}]'
    """,
    "flags without a client": r"""
        new-session -d -s work -x 80 -y 24 cat
        refresh-client -l
        refresh-client -L
        refresh-client -c
        refresh-client -t none -D 3
        show-messages -T
        show-messages -J
        show-messages -JT -t none
        set-buffer -w text
        set-buffer -w -t none text
        show-buffer
    """,
}


@pytest.mark.parametrize("script", SCRIPTS.values(), ids=list(SCRIPTS))
def test_both_programs_say_the_same_of(same: Callable[[str], None], script: str) -> None:
    same(script)
