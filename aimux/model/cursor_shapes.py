"""The shapes of a cursor, by the names that the options `cursor-style` and the like take."""

CURSOR_SHAPES = {
    "default": 0,
    "blinking-block": 1,
    "block": 2,
    "blinking-underline": 3,
    "underline": 4,
    "blinking-bar": 5,
    "bar": 6,
}
"""The numbers of DECSCUSR."""
