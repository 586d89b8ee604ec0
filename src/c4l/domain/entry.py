"""The parts of what is logged: what is owed, what was shown, what was learned, and how they are read from text.

A part may name a client of its entry before a colon. Which words name one, the caller's `Names` decides.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, time
from typing import NamedTuple, TypeVar

from c4l.domain.dates import Direction, looks_like_day, near_name, read_day
from c4l.domain.errors import Ambiguous, BadDay, WrongUse
from c4l.domain.names import Known, listed, match, name_key
from c4l.domain.signals import SIGNALS
from c4l.domain.terms import Channel, ClientRef, FactKind, Party

Names = Callable[[str], ClientRef | None]
"""Answers with the client of an entry whom the words before a colon name; raises Ambiguous where they name several."""

DAY_MINUTES = 24 * 60
_SHOWN = 60
_NAME_WORDS = 4
_LOGGED = tuple(name for name, row in SIGNALS.items() if row.logged)


class Owed(NamedTuple):
    """What somebody owes.

    Attributes:
        someday: it was said on purpose that there is no due day; else a missing one is worth an echo.
        client: whom the text names; None until that is settled.
    """

    what: str
    due_on: date | None = None
    someday: bool = False
    client: ClientRef | None = None


class SignalDraft(NamedTuple):
    """A signal that is to be logged, with its own note."""

    signal: str
    note: str | None = None
    client: ClientRef | None = None


class FactDraft(NamedTuple):
    """A fact that is to be remembered."""

    kind: FactKind
    text: str
    client: ClientRef | None = None


Draft = TypeVar("Draft", Owed, SignalDraft, FactDraft)
Shown = TypeVar("Shown", SignalDraft, FactDraft)


def nobody(_words: str) -> None:
    """The `Names` of an entry whose parts name no client."""


def names_of(clients: Iterable[Known]) -> Names:
    """The `Names` of an entry with these clients.

    A name is said in whole words here, of which only the last of several may be cut short (`jane d`): `Re: invoice` is
    not about Rebecca. A script without capitals sets no words apart: there, `山田` is 山田太郎.
    """
    known = tuple(clients)

    def names(words: str) -> ClientRef | None:
        typed = name_key(words)
        parted = typed.upper() != typed or not any(map(str.isalpha, typed))
        whole = set(typed.split()[:-1] or [typed]) if parted else set[str]()
        found = [
            client
            for client in match(words, known)
            if typed in client.keys or any(whole <= set(key.split()) for key in client.keys)
        ]
        if len(found) > 1:
            raise Ambiguous(
                f"{_quoted(words)} can be {listed([client.ref.name for client in found], 'or')}",
                f"say more of the name, or its handle: “{found[0].ref.handle}: …”",
                [(client.ref.handle, client.ref.name) for client in found],
            )
        return found[0].ref if found else None

    return names


def part(text: str, names: Names) -> tuple[ClientRef | None, str]:
    """The client whom a part names before its first colon, and the rest; without one, the whole text.

    Any other word before a colon is text (`Re: invoice`), and so are an address (`http://…`) and a time (`10:30`).
    """
    said = _before_colon(text)
    client = names(said[0]) if said else None
    return (client, said[1]) if said and client else (None, text.strip())


def foreign(text: str) -> str | None:
    """The words before a part's first colon that might name a client who is not of its entry: `Bea` of `Bea: pay`.

    None for a kind of fact and for a signal, which say what follows, and for more words than a name has. Whether the
    words name anybody (`Re: invoice`) is the book's to say.
    """
    said = _before_colon(text)
    if said is None or len(said[0].split()) > _NAME_WORDS:
        return None
    before = said[0]
    return None if before.casefold() in FactKind.__members__ or _signal_named(before) else before


def _before_colon(text: str) -> tuple[str, str] | None:
    """What stands before and after the first colon; None where that is part of an address or of a time."""
    before, colon, after = text.strip().partition(":")
    address_or_time = after.startswith("//") or (before[-1:].isdigit() and after[:1].isdigit())
    if not colon or not before.strip() or address_or_time:
        return None
    return before.strip(), after.strip()


def owed(text: str, today: date, names: Names = nobody) -> Owed:
    """Read what is owed: `send the deck by friday`, `Bob: purchase order by 1 dec`, `call back by someday`.

    The last ` by ` begins a due day if all after it is one. If it only looks like one, or is one word that comes near
    one (`fridy`), nothing is guessed.

    Raises:
        WrongUse: there is nothing that is owed.
        BadDay: what follows the last ` by ` looks like a day and cannot be read as one.
    """
    client, said = part(text, names)
    what, day = _parted_at_by(said)
    if not day:
        return _owing(Owed(said, client=client), text)
    if day.casefold() == "someday":
        return _owing(Owed(what, someday=True, client=client), text)
    try:
        return _owing(Owed(what, read_day(day, today, Direction.DUE), client=client), text)
    except BadDay as unread:
        message, hint = f"in {_quoted(text)}: {unread.message}", unread.hint
        if not looks_like_day(day):
            near = None if " " in day else near_name(day)
            if near is None:
                return _owing(Owed(said, client=client), text)
            message, hint = f"{message}; did you mean {near}?", "type the day again"
        raise BadDay(message, f"{hint}; if that is no day, end the text in “by someday”") from None


def _parted_at_by(text: str) -> tuple[str, str]:
    """What stands before and after the last word `by`; nothing after it where there is none."""
    words = text.split()
    later = next((count for count, word in enumerate(reversed(words)) if count and word.casefold() == "by"), 0)
    if not later:
        return text, ""
    # From the right, so that the spaces inside what is owed stay as they were typed.
    before = text.rsplit(None, later + 1)[0] if later + 1 < len(words) else ""
    return before, " ".join(words[-later:])


def _owing(draft: Owed, text: str) -> Owed:
    if draft.what:
        return draft
    raise WrongUse(f"{_quoted(text)} does not say what is owed", "say what, then when: “send the deck by friday”")


def signal(text: str, names: Names = nobody) -> list[SignalDraft]:
    """Read the signals of one part: `consulted`, `consulted,early`, `Jane: consulted`, `door introduced us to Bob`.

    One signal may carry a note, after a space or a colon; a list carries none. A signal's own name before a colon is
    the signal, even where a client is called so.

    Raises:
        WrongUse: a word that is no signal, or one that no interaction shows (`warned`).
    """
    client, said = (None, text.strip()) if _signal_named(text.partition(":")[0]) else part(text, names)
    if "," in said.partition(":")[0].partition(" ")[0] or all(map(_signal_named, said.split(","))):
        listed = dict.fromkeys(_known_signal(piece) for piece in said.split(",") if piece.strip())
        if listed:
            return [SignalDraft(name, client=client) for name in listed]
    name, note = _signal_and_note(said)
    return [SignalDraft(name, note or None, client)]


def _signal_and_note(text: str) -> tuple[str, str]:
    """The signal that a text begins with, in one word or two (`put first`), and what it says about it."""
    before, _, after = text.partition(":")
    if _signal_named(before):
        return _known_signal(before), after.strip()
    for size in (1, 2):
        words = text.split(None, size)
        name = " ".join(words[:size]).rstrip(":")
        if _signal_named(name):
            return _known_signal(name), " ".join(words[size:])
    if foreign(text) and (_begins_with_signal(after) or not _near_signal(before, 0.8)):
        raise _nobody_here(before)
    raise _no_signal(next(iter(before.split()), text))


def _begins_with_signal(text: str) -> bool:
    words = text.replace(":", " ").replace(",", " ").split()
    return any(_signal_named(" ".join(words[:size])) for size in (1, 2))


def _signal_named(words: str) -> str | None:
    """The signal of that name, however its words are joined: `put-first`, `put first`, `putfirst`."""
    typed = _joined(words)
    return next((name for name in SIGNALS if _joined(name) == typed), None)


def _joined(words: str) -> str:
    return "".join(char for char in name_key(words) if char not in " -_")


def _known_signal(words: str) -> str:
    name = _signal_named(words)
    if name is None:
        raise _no_signal(words.strip())
    if not SIGNALS[name].logged:
        raise WrongUse(
            f"{name} is kept with the promise it is about, not with an interaction",
            f"you {SIGNALS[name].meaning}: c4l move N DAY --told, or c4l break N --told",
        )
    return name


def _no_signal(words: str) -> WrongUse:
    near = _near_signal(words, 0.6)
    question = f"; did you mean {near}?" if near else ""
    told = f"{_quoted(words)} is no signal" if words else "no signal is named"
    return WrongUse(
        told + question, f"the signals: {', '.join(_LOGGED)}; one may carry a note after a space, a list none"
    )


def _nobody_here(words: str) -> WrongUse:
    return WrongUse(
        f"{_quoted(words)} is neither a signal nor a client of this entry",
        f"name the client in the first argument, or begin with a signal: {', '.join(_LOGGED)}",
    )


def _near_signal(words: str, alike: float) -> str | None:
    from difflib import get_close_matches

    return next(iter(get_close_matches(name_key(words), _LOGGED, n=1, cutoff=alike)), None)


def fact(text: str, names: Names = nobody) -> FactDraft:
    """Read what was learned: `goal: one vendor`, `Jane: interest: a quiet launch`; without a kind it is background.

    Raises:
        WrongUse: nothing was learned.
    """
    kind, said = _kind_and_text(text)
    client = None
    if kind is None:
        client, rest = part(text, names)
        kind, said = _kind_and_text(rest)
    if not said:
        raise WrongUse(f"{_quoted(text)} does not say what was learned", "say it: “goal: one vendor instead of three”")
    return FactDraft(kind or FactKind.background, said, client)


def _kind_and_text(text: str) -> tuple[FactKind | None, str]:
    before, colon, after = text.strip().partition(":")
    kind = before.strip().casefold()
    if colon and kind in FactKind.__members__:
        return FactKind(kind), after.strip()
    return None, text.strip()


def listened(facts: Iterable[FactDraft]) -> list[SignalDraft]:
    """The signals that facts show by themselves: who learned the interest under the want has listened."""
    return [SignalDraft("listened", fact.text, fact.client) for fact in facts if fact.kind is FactKind.interest]


def unnamed(drafts: Iterable[Draft]) -> list[Draft]:
    """Those that name no client: what a terminal asks about, before they are settled."""
    return [draft for draft in drafts if draft.client is None]


def settle(drafts: Iterable[Draft], client: ClientRef) -> list[Draft]:
    """The drafts, those that name nobody given to one client."""
    return [draft if draft.client else draft._replace(client=client) for draft in drafts]


def settle_owed(drafts: Iterable[Owed], clients: Sequence[ClientRef]) -> list[Owed]:
    """What is owed and names nobody belongs to the first client of the entry, which has at least one."""
    return settle(drafts, clients[0])


def settle_shown(drafts: Iterable[Shown], clients: Sequence[ClientRef]) -> list[Shown]:
    """What was shown or learned belongs to whom it names, else to the one client of the entry.

    Args:
        drafts: signals, or facts.
        clients: those of the entry, at least one.

    Raises:
        Ambiguous: it names nobody, and there are several clients: it could lift the wrong one.
    """
    drafts = list(drafts)
    unclear = unnamed(drafts)
    if unclear and len(clients) > 1:
        option, said = _as_typed(unclear[0])
        raise Ambiguous(
            f"{_quoted(said)} can be about {listed([client.name for client in clients], 'or')}",
            f'name one of them: {option} "{clients[0].handle}: {said}"',
            [(client.handle, client.name) for client in clients],
        )
    return settle(drafts, clients[0])


def _as_typed(draft: SignalDraft | FactDraft) -> tuple[str, str]:
    """The option that a draft came from, and words that it can be typed with."""
    if isinstance(draft, SignalDraft):
        return "--signal", _brief(f"{draft.signal} {draft.note or ''}")
    return "--learned", _brief(f"{draft.kind}: {draft.text}")


def _brief(text: str) -> str:
    """As much of a text as one line of a message bears."""
    line = " ".join(text.split())
    return line if len(line) <= _SHOWN else f"{line[: _SHOWN - 1]}…"


def _quoted(text: str) -> str:
    return f"“{_brief(text)}”"


def reached_out(channel: Channel, stated: Party | None) -> Party | None:
    """Who started an interaction: as stated; a note or a gift is yours unless said otherwise; else nobody knows."""
    if stated is None and channel in (Channel.note, Channel.gift):
        return Party.me
    return stated


def read_minutes(text: str | int) -> int:
    """Read how long something took, in minutes: `30`, `90m`, `1h`, `1h30`, `1h 30m`; from 0 to a whole day.

    Raises:
        WrongUse: anything else.
    """
    hours, mark, rest = str(text).casefold().replace(" ", "").rpartition("h")
    minutes = rest.removesuffix("min").removesuffix("m") or ("0" if mark else "")
    numbers = (hours if mark else "0", minutes)
    # No number of more digits is a part of one day; the check keeps int() from ever seeing one.
    if all(number.isascii() and number.isdigit() and len(number) <= 4 for number in numbers):
        total = int(numbers[0]) * 60 + int(numbers[1])
        # Behind hours, ninety minutes are a slip: of 1h30, or of 90.
        if total <= DAY_MINUTES and (not mark or int(numbers[1]) < 60):
            return total
    raise WrongUse(f"{_quoted(str(text))} is no number of minutes up to a day", "say it as 30, 90m, 1h or 1h30")


def read_time(text: str) -> time:
    """Read a time of day: `9:05`, `14:30`.

    Raises:
        WrongUse: anything else.
    """
    hour, colon, minute = text.strip().partition(":")
    digits = f"{hour}{minute}"
    looks = colon and digits.isascii() and digits.isdigit() and len(hour) in (1, 2) and len(minute) == 2
    if looks and int(hour) < 24 and int(minute) < 60:
        return time(int(hour), int(minute))
    raise WrongUse(f"{_quoted(text)} is no time of day", "say it as 14:30")
