"""What a command asks the person at a client for, one line or a text, before it goes on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from typing_extensions import override

from aimux.agents.addresses import EVERYBODY, ME, Member, address_of
from aimux.agents.messages import MAX_TEXT
from aimux.commands.callers import person_at
from aimux.commands.command import Call
from aimux.commands.completion import Completion
from aimux.commands.prompt_help import CommandHelp
from aimux.errors import CommandError
from aimux.model.prompt import Assistant, Prompt
from aimux.model.theme import Chrome

TEXT_HELP = "Enter sends   M-Enter begins a line, a paste keeps its lines   Esc gives up"


def ask(
    call: Call, label: str, then: Callable[[str], None], *, helped: Assistant | None, lines: bool
) -> None:
    """Ask the person at the client; the queue waits, and nothing happens without an answer.

    Args:
        call: Who asks.
        label: What is asked for.
        then: Takes the answer; it may raise CommandError, which is shown.
        helped: What helps while it is typed.
        lines: Whether the answer may have several lines.

    Raises:
        CommandError: Nobody can be asked, or something else is being asked there.
    """
    client = person_at(call)
    if client is None:
        raise CommandError("too few words")
    if client.prompt is not None:
        raise CommandError("something else is asked at the moment")
    release = call.queue.wait()

    def answered(answer: str | None) -> None:
        client.prompt = None
        try:
            if answer is not None and answer.strip():
                then(answer)
        except CommandError as error:
            call.source.requester.error(str(error))
        release()

    client.prompt = Prompt(
        label=f"{label.replace('#', '##')} ",
        answer=answered,
        assistant=helped,
        keeps_lines=lines,
        limit=MAX_TEXT if lines else 1024,
    )


# ---- help ----


@dataclass(slots=True, eq=False)
class WordHelp(CommandHelp):
    """Completes words of a list; says what is expected.

    Args:
        words: Gives what can be typed.
        about: What is said while nothing is completed.
    """

    words: Callable[[], Sequence[str]] = tuple
    about: str = ""

    @override
    def complete(self, prompt: Prompt) -> Completion:
        """The words that begin as the one before the cursor does."""
        start = prompt.text.rfind(" ", 0, prompt.cursor) + 1
        begun = prompt.text[start : prompt.cursor]
        return Completion(start, tuple(word for word in self.words() if word.startswith(begun)))

    @override
    def usage(self, prompt: Prompt, chrome: Chrome) -> str:
        """What is expected."""
        del prompt
        return f" #[{chrome.quiet}]{self.about.replace('#', '##')}"


def help_with(call: Call, about: str, words: Callable[[], Sequence[str]] = tuple) -> WordHelp:
    """Help for a prompt of `ask`."""
    client = person_at(call)
    columns = client.window_columns if client is not None else 0
    return WordHelp(call.state, call.queue.language, lambda: columns, words=words, about=about)


def addressees(roster: Sequence[Member], *, groups: bool = True) -> tuple[str, ...]:
    """Who can be meant now: agents and people, with `groups` also roles, sessions, everybody."""
    members = [one for one in roster if one.takes_part]
    names = [address_of(one, roster) for one in members]
    if not groups:
        return _each_once((*names, ME))
    roles = (f"@{one.role}" for one in members if one.role)
    sessions = (one.session for one in members if " " not in one.session)
    return _each_once((*names, *roles, *sessions, EVERYBODY, ME))


def _each_once(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word for word in words if word))
