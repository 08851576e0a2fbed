"""What much scrollback costs: to attach to a server that holds it, and its memory."""

from __future__ import annotations

from measures import Figure, Measure, Part, Subject, attach_times, resident_megabytes, wait_for

PANES = 100
LINES = 50_000
WAIT_SECONDS = 600
FILL = (
    "awk 'BEGIN { for (i = 0; i < %d; i++)"
    ' printf "\\033[3%%dm%%d\\033[m line of a log, with colour in it and text\\n", i %% 8, i;'
    """ print "FI" "LLED" }'; cat"""
)


def attach_history(subject: Subject) -> tuple[Figure, ...]:
    """The same as `attach`, where 100 panes have 50,000 lines of history each."""
    fill = FILL % LINES
    with subject.server("printf 'ATTACH%s\\n' MARK; cat") as pid:
        subject.command("set-option", "-g", "history-limit", str(LINES))
        # One at a time: the machine is shared.
        for number in range(1, PANES):
            subject.command("new-window", "-d", "-t", f"b:{number}", fill)
            wait_for(lambda number=number: _is_filled(subject, number), seconds=WAIT_SECONDS)
        subject.command("respawn-pane", "-k", "-t", "b:0", fill)
        wait_for(lambda: _is_filled(subject, 0), seconds=WAIT_SECONDS)
        subject.command("send-keys", "-t", "b:0", "ATTACHMARK", "Enter")
        return *attach_times(subject), resident_megabytes(pid)


def _is_filled(subject: Subject, number: int) -> bool:
    return "FILLED" in subject.command("capture-pane", "-p", "-t", f"b:{number}")


HISTORY_MEASURES = (
    Measure(
        "attach-history",
        (
            Part("attach to 100 panes of 50,000 lines, to first paint", "ms", "≤ 100 ms"),
            Part("attach to them, to live", "ms", "≤ 250 ms"),
            Part("server with 5,000,000 lines", "MB"),
        ),
        attach_history,
    ),
)
