"""What aimux does otherwise than tmux 3.3a on purpose, and why; everything else is compared."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Difference:
    """A pattern in aimux's output, and what tmux has instead (empty: tmux has nothing there)."""

    reason: str
    ours: str
    theirs: str = ""


DIFFERENCES = (
    Difference("the program has a name of its own", r"\baimux(?=: | \[-)", "tmux"),
    Difference("so it has a socket directory of its own", r"WORK/aimux-(?=\d)", "WORK/tmux-"),
    Difference("and a version", r"\Aaimux \d+\.\d+\.\d+$", "tmux 3.3a"),
    Difference("the mouse is on", r"(?m)^(mouse\*?) on$", r"\1 off"),
    Difference(
        "aimux's own options: the sidebar, pastes, a shell's marks, themes, hints",
        r"(?m)^(sidebar|sidebar-[a-z]+|toasts|narrow-columns|confirm-paste|pane-attention-border-style|shell-integration|tmux-env|tmux-version|theme"
        r"|which-key|which-key-delay)"
        r"\*? .*\n",
    ),
    Difference(
        "aimux's own options and hooks of what ran: history, audit, results",
        r"(?m)^(command-history[a-z-]*|audit-limit|command-finished|tests-failed)\b.*\n",
    ),
    Difference(
        "aimux's own keys: problems, suggestions, the history",
        r"(?m)^.*( (next|previous|open)-problem| suggest -i| choose-history"
        r"| Go to the (next|previous) problem in the output| Open the file of the problem"
        r"| Type what is suggested, without Enter| Choose a command from the history to type)\n",
    ),
    Difference(
        "aimux's own commands of what ran",
        r"(?m)^(audit|choose-history|exec|history|(next|previous|open)-problem|read|results|suggest"
        r"|until)( .*)?\n",
    ),
    Difference(
        "aimux's own keys",
        r"(?m)^.*( (toggle-sidebar|focus-sidebar|next-agent|open-link)| command-palette"
        r"| Show or hide the sidebar| Search all commands, keys, places and themes"
        r"| Move the focus into the sidebar, or back| Go to the next agent that needs you"
        r"| Open a link)\n"
        r"|^bind-key +-T root +M-MouseDrag1.*\n",
    ),
    Difference(
        "keys of tmux 3.7 for floating panes",
        r"(?m)^.*( new-pane| New floating pane|pane_floating_flag.*select-pane -t =.*)\n",
    ),
    Difference(
        "aimux's own commands",
        r"(?m)^(toggle-sidebar|focus-sidebar|next-agent|command-palette|choose-keys|keys|theme|open-link|drag-pane)\b.*\n",
    ),
    Difference(
        "the status line says what agents do",
        r"(?m)^(status-right\*? [\"'])#\{\?agents_waiting.*?agent_context_percent\}%% ,\}",
        r"\1",
    ),
    Difference("and have room for that", r"(?m)^(status-right-length\*?) 64$", r"\1 40"),
    Difference(
        "a pane's border names its agent",
        r"(#\[default\])#\{\?agent_name,.*?#\[default\],\}",
        r"\1",
    ),
)

# What no two runs have in common on either program. (tmux leaves the socket of a server that has
# ended where it is, unless kill-server ended it; aimux removes it.)
VOLATILE = (
    (
        r"error connecting to SOCKET \(No such file or directory\)",
        "no server running on SOCKET",
    ),
    (r"\(created [A-Z][a-z]{2} [^)]*\)", "(created TIME)"),
)


def normalised(name: str, text: str) -> str:
    """A program's output without what may differ."""
    for pattern, plain in VOLATILE:
        text = re.sub(pattern, plain, text)
    for difference in DIFFERENCES if name == "aimux" else ():
        text = re.sub(difference.ours, difference.theirs, text)
    return text
