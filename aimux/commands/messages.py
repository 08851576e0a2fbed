"""msg and inbox: messages between agents and people. aimux's own.

Whoever sends is known by the kernel's process tree. Exit status store_wait.GAVE_UP: nothing came
in time.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict
from functools import partial

from aimux.agents import messages
from aimux.agents.addresses import ME, Caller, recipients
from aimux.agents.messages import KINDS, PRIORITIES, Draft, Message
from aimux.commands.asking import TEXT_HELP, addressees, ask, help_with
from aimux.commands.callers import caller_of
from aimux.commands.command import Call, Command, Flags
from aimux.commands.exchange import MESSAGES
from aimux.commands.exchange_pages import open_message
from aimux.commands.harmless import age, first_line, harmless_json, shown_lines
from aimux.commands.numbers import number, seconds
from aimux.commands.standard_input import collect
from aimux.commands.store_wait import StoreWait
from aimux.commands.stored import answered
from aimux.commands.verbs import Verb, Words, read_words, run_verb, words_of
from aimux.errors import CommandError
from aimux.persist.store import Store
from aimux.security.clean import clean

DEFAULT_COUNT = 100
TAIL_COUNT = 20
STDIN = "-"


# ---- sending ----


def _send(call: Call, words: Words) -> None:
    """`msg send to text`: standard input for `-`; a person is asked for what is missing."""
    if not words.words:
        about = f"Tab completes   {' '.join(f'--{name}' for name in _ASKED)} before it"
        helped = help_with(call, about, lambda: _addressees(call))
        ask(call, "to", lambda to: _ask_text(call, words, to), helped=helped, lines=False)
    elif len(words.words) == 1:
        _ask_text(call, words, words.words[0])
    else:
        _with_text(call, words, 1, lambda text: _send_to(call, words, words.words[0], text))


def _addressees(call: Call) -> tuple[str, ...]:
    flags = (*(f"--priority={name}" for name in PRIORITIES), *(f"--type={one}" for one in KINDS))
    exchange = call.effects.exchange
    elsewhere = (one.full for one in exchange.fleet.others().members)
    return (*addressees(exchange.roster()), *elsewhere, *flags)


def _ask_text(call: Call, words: Words, typed: str) -> None:
    """Ask for the text of a message, once it is known that somebody is there to read it."""
    more = read_words(typed.split(), _SENDING)
    if len(more.words) != 1:
        raise CommandError(f"to whom? {typed}")
    (to,) = more.words
    given = Words({**words.options, **more.options}, (), is_quiet=True)
    _draft(given, "x")
    roster = () if to == ME else call.effects.exchange.roster()
    recipients(to, roster, caller_of(call), call.effects.exchange.fleet.others())
    ask(
        call,
        f"message to {clean(to)}",
        lambda text: _send_to(call, given, to, text),
        helped=help_with(call, TEXT_HELP),
        lines=True,
    )


def _reply(call: Call, words: Words) -> None:
    """`msg reply id text`: to whoever sent that message; a person is asked for the text."""
    if len(words.words) == 1:
        quiet = Words(words.options, words.words, is_quiet=True)
        original = number(words.words[0], "id", low=1)
        helped = help_with(call, TEXT_HELP)
        label = f"answer to message {original}"
        ask(call, label, lambda text: _answer(call, quiet, text), helped=helped, lines=True)
        return
    _with_text(call, words, 1, lambda text: _answer(call, words, text))


def _with_text(call: Call, words: Words, start: int, use: Callable[[str], None]) -> None:
    if words.words[start:] == (STDIN,):
        collect(call, lambda data: use(data.decode("utf-8", "replace").rstrip("\n")))
    else:
        use(words.text(start))


def _send_to(call: Call, words: Words, to: str, text: str) -> None:
    draft = _draft(words, text)
    caller = caller_of(call)
    roster = () if to == ME else call.effects.exchange.roster()
    addresses = recipients(to, roster, caller, call.effects.exchange.fleet.others())
    _deliver(call, words, caller, draft, lambda _store: addresses)


def _answer(call: Call, words: Words, text: str) -> None:
    original = number(words.words[0], "id", low=1)
    draft = _draft(words, text, reply_to=original)
    server = call.effects.exchange.server

    def addresses(store: Store) -> tuple[str, ...]:
        return (messages.find(store, server, original).sender,)

    _deliver(call, words, caller_of(call), draft, addresses)


def _draft(words: Words, text: str, reply_to: int | None = None) -> Draft:
    priority = words.get("priority") or "normal"
    if priority not in PRIORITIES:
        raise CommandError(f"unknown priority: {priority} (one of {', '.join(PRIORITIES)})")
    given, ttl = words.get("reply-to"), words.get("ttl")
    answers = number(given, "id", low=1) if given is not None else reply_to
    implied = "reply" if answers else "request" if words.has("expect-reply") else "note"
    draft = Draft(
        text=text,
        kind=words.get("type") or implied,
        priority=PRIORITIES.index(priority),
        dedup=words.get("id") or "",
        reply_to=answers,
        ttl=None if ttl is None else seconds(ttl, "ttl"),
    )
    messages.check(draft)
    return draft


def _deliver(
    call: Call,
    words: Words,
    caller: Caller,
    draft: Draft,
    addresses: Callable[[Store], Sequence[str]],
) -> None:
    """Store it, tell those who wait for it, print the ids; then wait for an answer, if asked to."""
    exchange, now = call.effects.exchange, call.effects.now()
    limit = words.get("expect-reply")
    patience = None if limit is None else seconds(limit, "time")

    def work(store: Store) -> tuple[list[int], Sequence[str]]:
        to = addresses(store)
        numbers = messages.send(store, exchange.server, caller, to, draft, now=now)
        messages.forget_old(store, exchange.server)
        return numbers, to

    def tell(call: Call, sent: tuple[list[int], Sequence[str]]) -> None:
        numbers, to = sent
        exchange.changed(MESSAGES, *to)
        if not words.is_quiet:
            plain = " ".join(map(str, numbers))
            call.print(harmless_json(numbers) if words.has("json") else plain)
        if patience is not None:
            _await_answer(call, words, numbers[0], caller, patience)

    answered(call, work, tell, changes=True)


def _await_answer(call: Call, words: Words, sent: int, caller: Caller, patience: float) -> None:
    """Print the first answer, which is acknowledged by that."""
    exchange = call.effects.exchange

    def heard(answer: Message | None) -> bool:
        if answer is None:
            return False
        call.print(
            _as_json([answer]) if words.has("json") else "\n".join(shown_lines(answer.text, ""))
        )
        _acknowledge_all(call, caller, [answer.id])
        return True

    question = partial(messages.answer_to, server=exchange.server, number=sent)
    StoreWait(call, question, heard).start((caller.address,), patience)


# ---- receiving ----


def inbox(call: Call) -> None:
    """`inbox [name] [-n count] [--json] [--wait time]`: what waits for the caller, or for a name.

    What is the caller's own counts as delivered; for others nothing changes by looking. `--by mcp`
    is how a tool says that it asked.
    """
    words = words_of(call, {"json": False, "wait": True, "by": True})
    if len(words.words) > 1:
        raise CommandError("too many words")
    caller = caller_of(call)
    boxes, is_own = _mailboxes(caller, words.words)
    limit = number(call.arguments.get("n") or str(DEFAULT_COUNT), "count", low=1, high=1000)
    exchange = call.effects.exchange
    as_json, way = words.has("json"), words.get("by") or messages.PULLS[0]
    if way not in messages.PULLS:
        raise CommandError(f"unknown way: {way} (one of {', '.join(messages.PULLS)})")

    def show() -> None:
        now = call.effects.now()
        read = partial(messages.inbox, way=way) if is_own else messages.waiting
        work = partial(read, server=exchange.server, mailboxes=boxes, now=now, limit=limit)

        def tell(call: Call, found: list[Message]) -> None:
            if found and is_own:
                exchange.changed(MESSAGES)
            _print_inbox(call, found, as_json=as_json)

        answered(call, work, tell, changes=is_own)

    waits = words.get("wait")
    if waits is None:
        show()
    else:
        _await_any(call, boxes, seconds(waits, "time"), show)


def _mailboxes(caller: Caller, given: tuple[str, ...]) -> tuple[tuple[str, ...], bool]:
    """Which are meant, and whether they are the caller's own."""
    if not given:
        return caller.mailboxes, True
    name = given[0]
    if not caller.owns(name):
        raise CommandError(f"the inbox of {name} is not yours")
    return (name,), name in caller.mailboxes


def _await_any(call: Call, boxes: Sequence[str], patience: float, then: Callable[[], None]) -> None:
    """Go on once anything waits there."""
    exchange = call.effects.exchange

    def question(store: Store) -> list[Message]:
        now = call.effects.now()
        return messages.waiting(store, exchange.server, boxes, now=now, limit=1)

    def heard(found: list[Message]) -> bool:
        if found:
            then()
        return bool(found)

    StoreWait(call, question, heard).start(tuple(boxes), patience)


def _print_inbox(call: Call, found: list[Message], *, as_json: bool) -> None:
    if as_json:
        call.print(_as_json(found))
        return
    for message in found:
        call.print("\n".join(_block(message, call.effects.now())))


def _block(message: Message, now: float) -> list[str]:
    """One message with all its lines."""
    parts = [f"#{message.id}", message.kind, "from", _who(message)]
    if message.priority != PRIORITIES.index("normal"):
        parts.append(PRIORITIES[message.priority])
    if message.reply_to is not None:
        parts.append(f"answers #{message.reply_to}")
    parts.append(f"{age(now - message.created)} ago")
    return [" ".join(parts), *shown_lines(message.text, "    ")]


def _who(message: Message) -> str:
    sender = clean(message.sender)
    return f"{sender} ({clean(message.agent)})" if message.agent else sender


def _line(message: Message, now: float) -> str:
    """One message in one line."""
    state = f"{message.state} {age(now - message.since)}"
    way = f" by {message.way}" if message.way else ""
    way += f", its {message.receipt}" if message.receipt == "transcript" else ""
    way += f" ({message.reason})" if message.reason else ""
    route = f"{clean(message.sender)} -> {clean(message.recipient)}"
    return f"#{message.id}  {route}  {message.kind}  {state}{way}  {first_line(message.text)}"


def _as_json(found: Sequence[Message]) -> str:
    return harmless_json([asdict(one) | {"priority": PRIORITIES[one.priority]} for one in found])


# ---- one message ----


def _change(call: Call, words: Words, work: Callable[..., None]) -> None:
    """Do something to the messages with these ids, all or none."""
    numbers = [number(word, "id", low=1) for word in words.words]
    caller, now, exchange = caller_of(call), call.effects.now(), call.effects.exchange

    def transaction(store: Store) -> list[str]:
        for one in numbers:
            work(store, exchange.server, caller, one, now=now)
        return [messages.find(store, exchange.server, one).recipient for one in numbers]

    def tell(_call: Call, boxes: list[str]) -> None:
        exchange.changed(MESSAGES, *boxes)

    answered(call, transaction, tell, changes=True)


def _acknowledge_all(call: Call, caller: Caller, numbers: Sequence[int]) -> None:
    exchange, now = call.effects.exchange, call.effects.now()

    def work(store: Store) -> None:
        for one in numbers:
            messages.acknowledge(store, exchange.server, caller, one, now=now)

    call.effects.records.change(work, lambda _answer: exchange.changed(MESSAGES))


def _show(call: Call, words: Words) -> None:
    """`msg show id`."""
    wanted, caller = number(words.words[0], "id", low=1), caller_of(call)

    def tell(call: Call, message: Message) -> None:
        if not (caller.owns(message.recipient) or caller.owns(message.sender)):
            raise CommandError(f"message {wanted} is not yours")
        if words.has("json"):
            call.print(_as_json([message]))
            return
        now = call.effects.now()
        call.print("\n".join([_line(message, now), *shown_lines(message.text, "    ")]))

    server = call.effects.exchange.server
    answered(call, partial(messages.find, server=server, number=wanted), tell)


def _tail(call: Call, words: Words) -> None:
    """`msg tail`: the newest messages that the caller may see; with --follow those that come."""
    count = number(words.get("count") or str(TAIL_COUNT), "count", low=1, high=1000)
    tail = _Tail(call, as_json=words.has("json"), count=count)
    if words.has("follow"):
        StoreWait(call, tail.question, tail.heard).start((MESSAGES,), None)
    else:
        answered(call, tail.question, lambda _call, found: tail.print(found))


class _Tail:
    """What was printed already."""

    def __init__(self, call: Call, *, as_json: bool, count: int) -> None:
        self._call = call
        self._as_json = as_json
        self._count = count
        self._behind = 0
        self._caller = caller_of(call)

    def question(self, store: Store) -> list[Message]:
        """Those that came since."""
        limit = self._count if self._behind == 0 else messages.MAX_FOUND
        server = self._call.effects.exchange.server
        return messages.newest(store, server, behind=self._behind, limit=limit)

    def heard(self, found: list[Message]) -> bool:
        """Print them, and go on."""
        self.print(found)
        return False

    def print(self, found: list[Message]) -> None:
        """A line each."""
        for message in found:
            self._behind = message.id
            if self._caller.owns(message.recipient) or self._caller.owns(message.sender):
                now = self._call.effects.now()
                line = _as_json([message])[1:-1] if self._as_json else _line(message, now)
                self._call.print(line)


_SENDING = dict.fromkeys(("type", "priority", "reply-to", "expect-reply", "ttl", "id"), True) | {
    "json": False
}
_ASKED = ("priority", "type", "ttl")
_SEND_OPTIONS = (
    "[--type type] [--priority low|normal|high|urgent] [--expect-reply time] [--ttl time]"
    " [--id id] [--json]"
)
VERBS = {
    "send": Verb(
        _send,
        (2, None),
        f"{_SEND_OPTIONS} [--reply-to id] %pane|name|@role|session|*|{ME} text|-",
        _SENDING,
        asked=0,
    ),
    "reply": Verb(_reply, (2, None), f"{_SEND_OPTIONS} id text|-", _SENDING, asked=1),
    "ack": Verb(
        lambda call, words: _change(call, words, messages.acknowledge), (1, None), "id ..."
    ),
    "open": Verb(open_message, (1, 1), "id"),
    "show": Verb(_show, (1, 1), "[--json] id", {"json": False}),
    "tail": Verb(
        _tail,
        (0, 0),
        "[--json] [--follow] [--count count]",
        {"json": False, "follow": False, "count": True},
    ),
    "drop": Verb(lambda call, words: _change(call, words, messages.drop), (1, None), "id ..."),
    "resend": Verb(lambda call, words: _change(call, words, messages.resend), (1, None), "id ..."),
}


def msg(call: Call) -> None:
    """`msg` and one of VERBS."""
    run_verb(call, VERBS)


COMMANDS = (
    Command(
        name="inbox",
        alias=None,
        getopt="n:",
        arity=(0, None),
        usage="[-n count] [--json] [--wait time] [--by inbox|mcp] [name]",
        flags=Flags.CAN_FAIL,
        run=inbox,
        is_addition=True,
        long={"json": False, "wait": True, "by": True},
    ),
    Command(
        name="msg",
        alias=None,
        getopt="",
        arity=(1, None),
        usage="|".join(VERBS) + " [argument ...]",
        flags=Flags.CAN_FAIL,
        run=msg,
        is_addition=True,
    ),
)
