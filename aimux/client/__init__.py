"""The full-screen client: Textual is the window manager of one outer terminal, not the terminal.

The server sends finished rows; the client draws them and its own sidebar, and sends what was typed.
"""

import os

# Textual reads its frame rate when it is imported. The server paces the frames, so a timer between
# a frame's arrival and its painting only adds delay: up to 33 ms at Textual's own 60 per second.
os.environ.setdefault("TEXTUAL_FPS", "1000")
