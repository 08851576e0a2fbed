"""Every test of pyte 0.8.2 that our `Screen` and `ByteStream` do not pass, and why they must not.

`run_pyte_tests.py` holds pyte's tests to this table; `test_pyte_interface.py` shows each row with
bytes of its own.
"""

from typing import Final, NamedTuple


class Difference(NamedTuple):
    """One thing that pyte does otherwise.

    Attributes:
        tests: pyte's tests of it.
        ours: What we do.
        source: The document, or the terminal, that pyte breaks with.
    """

    tests: tuple[str, ...]
    ours: str
    source: str


_EIGHT_BIT: Final = (
    "test_draw_cp437",
    "test_byte_stream_define_charset",
    "test_byte_stream_select_other_charset",
)

DIFFERENCES: Final = (
    Difference(
        ("test_resize",),
        "a new width wraps long lines anew, nothing is cut off",
        "tmux 3.3a; pyte #31 asks for it",
    ),
    Difference(
        ("test_set_mode",),
        "DECCOLM clears and homes, but the width stays what the owner made it",
        "xterm ctlseqs: mode 40 has to allow 80 and 132 columns first",
    ),
    Difference(
        ("test_draw", "test_draw_width0_decawm_off"),
        "without DECAWM the cursor stays on the last column",
        "DEC STD 070, DECAWM; ECMA-48 7.1 has no column beyond the last",
    ),
    Difference(
        ("test_draw_width2_line_end",),
        "a wide character without room goes to the next row whole",
        "xterm; DEC STD 070, DECAWM",
    ),
    Difference(
        _EIGHT_BIT,
        "bytes are UTF-8, whatever `ESC % @` says",
        "xterm(1), `utf8: always`; tmux 3.3a",
    ),
    Difference(
        ("test_save_cursor",),
        "there is one saved cursor, not a stack",
        "DEC STD 070, DECSC; xterm ctlseqs",
    ),
    Difference(
        ("test_restore_cursor_out_of_bounds",),
        "RIS forgets the saved cursor",
        "DEC STD 070, RIS: to the state after power-up",
    ),
    Difference(
        ("test_insert_lines", "test_delete_lines"),
        "below the scroll region IL and DL move the rows down to the screen's end",
        "tmux 3.3a; ECMA-48 8.3.32 and 8.3.67 know no region",
    ),
    Difference(
        ("test_erase_in_display",),
        "ED 3 erases the scrollback and leaves the screen",
        "xterm ctlseqs: 3 is Erase Saved Lines",
    ),
    Difference(
        ("test_cursor_back_last_column",),
        "CUB counts from beyond the last column while a wrap is pending",
        "tmux 3.3a",
    ),
    Difference(
        ("test_cursor_position",),
        "CUP below the region in origin mode goes to its last row",
        "DEC STD 070, DECOM and CUP: the cursor stops at the margin",
    ),
    Difference(
        ("test_report_device_attributes",),
        "DA1 says VT100 with advanced video, as the terminal in terminfo is",
        "tmux 3.3a; xterm ctlseqs: ?6 is a VT102",
    ),
    Difference(
        ("test_debug_stream", "test_byte_stream_feed"),
        "bytes go to the engine, not through the methods of any object",
        "pyte's documentation: `draw` is for the stream, `feed` for users",
    ),
    Difference(
        ("test_draw_wrap",),
        "a row that only wraps is not dirty",
        "pyte's documentation: `dirty` holds the lines that should be re-drawn",
    ),
)
