"""Asks the terminal of this process what it can do."""

from __future__ import annotations

import os
import select
import termios
import time
from collections.abc import Mapping

from aimux.abilities.questions import Answers, Told, questions
from aimux.guard.terminal import raw_mode
from aimux.keys.tokenizer import Tokenizer

_PATIENCE_SECONDS = 1.0
_READ_BYTES = 65536


def ask_terminal(
    environment: Mapping[str, str], *, descriptor: int = 0, output: int = 1
) -> Told | None:
    """What the terminal says within a second; None if there is none, or none that can be asked.

    Its modes are as before afterwards. What was typed meanwhile is lost.
    """
    asked = questions(environment)
    if not asked or not (os.isatty(descriptor) and os.isatty(output)):
        return None
    try:
        saved = termios.tcgetattr(descriptor)
        if os.tcgetpgrp(descriptor) != os.getpgrp():
            return None  # in the background, where asking would stop this process
        termios.tcsetattr(descriptor, termios.TCSANOW, raw_mode(saved))
    except (OSError, termios.error):
        return None
    try:
        os.write(output, asked.encode())
        return _answers(descriptor)
    finally:
        termios.tcsetattr(descriptor, termios.TCSAFLUSH, saved)


def _answers(descriptor: int) -> Told:
    answers, tokenizer = Answers(), Tokenizer()
    end = time.monotonic() + _PATIENCE_SECONDS
    while not answers.told.complete and (left := end - time.monotonic()) > 0:
        readable, _, _ = select.select([descriptor], [], [], left)
        for token in tokenizer.feed(os.read(descriptor, _READ_BYTES)) if readable else ():
            answers.take(token.raw)
    return answers.told
