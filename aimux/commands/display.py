"""Messages, prompts and confirmations on a client."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from msgspec import Struct

from aimux.commands.arguments import always_commands
from aimux.commands.command import Aim, Call, Command, Continuation, Flags
from aimux.commands.format_trace import Trace
from aimux.commands.formats import expand
from aimux.commands.numbers import number
from aimux.commands.prompt_help import CommandHelp
from aimux.commands.prompt_history import PROMPT_TYPES, history_of
from aimux.commands.standard_input import pour
from aimux.commands.tmux_completion import TARGETS, TmuxCompletion
from aimux.errors import CommandError
from aimux.model.client import Client
from aimux.model.command_list import CommandBlock, replace_template
from aimux.model.prompt import Assistant, Prompt

MESSAGE = (
    "[#{session_name}] #{window_index}:#{window_name}, current pane #{pane_index} "
    "- (%H:%M %d-%b-%y)"
)


def display_message(call: Call) -> None:
    """display-message [-aINpv] [-c client] [-d delay] [-F format] [-t target-pane] [message]."""
    arguments = call.arguments
    template = arguments.text(0)
    if template is not None and arguments.has("F"):
        raise CommandError("only one of -F or argument must be given")
    pane = call.target().pane
    if arguments.has("I"):
        if pane is not None:
            pour(call, pane)
        return
    delay = _delay(call)
    client = _shown_on(call)
    context = call.context()
    context.client, context.drawn = client, not arguments.has("p")
    if arguments.has("a"):
        for name, value in context.all_variables():
            call.print(f"{name}={value}")
        return
    given = (template, arguments.get("F"), MESSAGE)
    text = next(one for one in given if one is not None)
    if not arguments.has("l"):
        trace = Trace(call.print) if arguments.has("v") else None
        text = expand(text, context, time=True, trace=trace)
    if arguments.has("p"):
        call.print(text)
    elif client is not None:
        show_message(call, client, text, delay)


def _delay(call: Call) -> int | None:
    given = call.arguments.get("d")
    return None if given is None else number(given, "delay")


def _shown_on(call: Call) -> Client | None:
    """The client that `-c` names; a name that is unknown is nobody, as in tmux."""
    try:
        return call.display_client()
    except CommandError:
        return None


def show_message(call: Call, client: Client, text: str, delay: int | None) -> None:
    """Show a text in a client's status line for `display-time`, or that many milliseconds."""
    session = client.session or call.target().session
    default = session.options.number("display-time") if session is not None else 750
    milliseconds = delay if delay is not None else default
    call.state.messages.append((call.effects.now(), f"{client.name} message: {text}"))
    client.message = text
    if milliseconds:
        call.effects.after(milliseconds / 1000, lambda: client.end_message(text))


# ---- prompts ----


def command_prompt(call: Call) -> None:
    """command-prompt [-1bCeFiklN] [-I inputs] [-p prompts] [-t client] [-T type] [template].

    -C, by which tmux 3.7 lets panes go on below a prompt, changes nothing: they always do.
    """
    client = call.the_client()
    arguments = call.arguments
    kind = arguments.get("T")
    if kind is not None and kind not in PROMPT_TYPES:
        raise CommandError(f"unknown type: {kind}")
    if client.prompt is not None:
        return
    template = arguments.positional[0] if arguments.positional else "%1"
    if arguments.has("F") and isinstance(template, str):
        template = call.expand(template)
    labels = _labels(call, template)
    inputs = _parts(call, arguments.get("I") or "")
    texts = [call.expand_time(text) for text in inputs] + [""] * len(labels)
    questions = list(zip(labels, texts, strict=False))
    release = held(call)
    _ask(_Prompting(call, client, template, release), questions, [])


def _labels(call: Call, template: str | CommandBlock) -> list[str]:
    given = call.arguments.get("p")
    if given is not None:
        return [f"{call.expand_time(label)} " for label in _parts(call, given)]
    if not call.arguments.positional:
        return [":"]
    command = template if isinstance(template, str) else template.text
    return [f"({(command.split() or [''])[0]}) "]


def _parts(call: Call, given: str) -> list[str]:
    """What `-p` or `-I` says of each prompt; with `-l` there is one, commas and all."""
    return [given] if call.arguments.has("l") else given.split(",")


class _Resumption(Struct, frozen=True):
    """Runs what was added to a queue that nobody holds back."""

    queue: Continuation

    def resume(self) -> None:
        """Let the queue look again: holding it and letting it go does so."""
        release = self.queue.wait()
        release()


def held(call: Call) -> Callable[[], None]:
    """Hold the queue back, unless `-b` (or `-i`) was given.

    Returns:
        What lets the queue go on, or runs what was added to it.
    """
    if call.arguments.has("b") or call.arguments.has("i"):
        return _Resumption(call.queue).resume
    return call.queue.wait()


class _Prompting:
    """A command-prompt that is under way."""

    def __init__(
        self, call: Call, client: Client, template: str | CommandBlock, release: Callable[[], None]
    ) -> None:
        self.call = call
        self.client = client
        self.template = template
        self.release = release
        self.incremental = call.arguments.has("i")

    def finish(self, answers: list[str]) -> None:
        """Run the template with the answers, or nothing where one was given up."""
        try:
            if answers and not self.incremental:
                self.run(answers)
        finally:
            self.release()

    def run(self, answers: list[str]) -> None:
        """Run the template with these answers now."""
        call = self.call
        try:
            block = filled(call, self.template, answers)
            call.queue.insert(block, replace(call.source, client=self.client))
        except CommandError as error:
            call.source.requester.error(str(error))

    def change(self, text: str) -> None:
        """Run the template of a `-i` prompt with what is typed so far."""
        self.run([text])
        self.call.queue.run()


def filled(call: Call, template: str | CommandBlock, answers: list[str]) -> CommandBlock:
    """A template with `%%` and `%1` to `%9` replaced. Raises ParseError."""
    if isinstance(template, CommandBlock):
        return template.with_values(answers)
    for index, answer in enumerate(answers, 1):
        template = replace_template(template, answer, index)
    return call.queue.language.read_string(template)


def _ask(prompting: _Prompting, questions: list[tuple[str, str]], answers: list[str]) -> None:
    if not questions:
        prompting.finish(answers)
        return
    (label, text), *rest = questions
    call, client = prompting.call, prompting.client

    def answered(answer: str | None) -> None:
        client.prompt = None
        if answer is None:
            prompting.finish([])
        else:
            _ask(prompting, rest, [*answers, answer])

    incremental = prompting.incremental
    client.prompt = Prompt(
        label=label,
        answer=answered,
        text="" if incremental else text,
        cursor=0 if incremental else len(text),
        single=call.arguments.has("1"),
        numeric=call.arguments.has("N"),
        key=call.arguments.has("k"),
        ends_empty=call.arguments.has("e"),
        changed=prompting.change if incremental else None,
        last=text,
        history=history_of(call.state, call.arguments.get("T") or "command"),
        assistant=_assistant(call, client),
    )
    if incremental:
        prompting.change("=")


def _assistant(call: Call, client: Client) -> Assistant | None:
    """Help where a whole command is asked for; called as tmux, and for targets, tmux's Tab."""
    arguments = call.arguments
    kind = arguments.get("T") or ""
    if kind in TARGETS and not any(map(arguments.has, "1iNk")):
        return TmuxCompletion(call.queue.language, call.state, client, kind)
    is_command = not arguments.positional and arguments.get("T") in (None, "command")
    if not is_command or any(map(arguments.has, "1iNkp")):
        return None
    if client.as_tmux:
        return TmuxCompletion(call.queue.language, call.state, client)
    return CommandHelp(call.state, call.queue.language, lambda: client.window_columns)


def confirm_before(call: Call) -> None:
    """confirm-before [-by] [-c confirm-key] [-p prompt] [-t target-client] command."""
    client = call.the_client()
    confirming = _confirming_keys(call)
    if client.prompt is not None:
        return
    arguments = call.arguments
    block = block_of(call, arguments.positional[0])
    name = (arguments.texts()[0].split() or [""])[0]
    given = arguments.get("p")
    label = (
        f"{call.expand_time(given)} "
        if given is not None
        else f"Confirm '{name}'? ({confirming[0]}/n) "
    )
    release = held(call)

    def answered(answer: str | None) -> None:
        client.prompt = None
        if answer in confirming:
            call.queue.insert(block, call.source)
        release()

    client.prompt = Prompt(label=label, answer=answered, single=True)


def _confirming_keys(call: Call) -> tuple[str, ...]:
    """The keys that mean yes: `-c` names another one than y, and with `-y` Enter does, too.

    Raises:
        CommandError: The key of `-c` is no printable ASCII character.
    """
    given = call.arguments.get("c")
    if given is not None and (len(given) != 1 or not "!" <= given <= "~"):
        raise CommandError("invalid confirm key")
    return (
        *(("y", "Y") if given is None else (given,)),
        *(("Enter", "KPEnter") if call.arguments.has("y") else ()),
    )


def block_of(call: Call, word: str | CommandBlock) -> CommandBlock:
    """The commands of a word that is a block or a string. Raises ParseError."""
    return word if isinstance(word, CommandBlock) else call.queue.language.read_string(word)


COMMANDS = (
    Command(
        name="command-prompt",
        alias=None,
        getopt="1bCeFkiI:lNp:t:T:",
        arity=(0, 1),
        usage="[-1bFkiN] [-I inputs] [-p prompts] [-t target-client] [-T type] [template]",
        flags=Flags.CAN_FAIL,
        kind=always_commands,
        run=command_prompt,
    ),
    Command(
        name="confirm-before",
        alias="confirm",
        getopt="bc:p:t:y",
        arity=(1, 1),
        usage="[-b] [-p prompt] [-t target-client] command",
        flags=Flags.CAN_FAIL,
        kind=always_commands,
        run=confirm_before,
    ),
    Command(
        name="display-message",
        alias="display",
        getopt="lac:Cd:INpt:F:v",
        arity=(0, 1),
        usage="[-aINpv] [-c target-client] [-d delay] [-F format] [-t target-pane] [message]",
        target=Aim.PANE,
        flags=Flags.CAN_FAIL,
        run=display_message,
    ),
)
