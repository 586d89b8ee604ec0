"""What moves a client up: each act in words, with the records that it would leave and the commands that enter them."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from enum import StrEnum
from itertools import chain
from typing import NamedTuple

from c4l.domain.dates import in_words, long, short
from c4l.domain.records import LONG_MINUTES, Contact, Event, Part, Promise, Records, Sign, Statement, Verb
from c4l.domain.terms import Channel, ClientRef, Party, Stake


class Act(StrEnum):
    """What kind of step it is."""

    own = "own"
    keep = "keep"
    invite = "invite"
    promise = "promise"
    contact = "contact"
    state = "state"
    theirs = "theirs"
    wait = "wait"


ACCEPTABLE = frozenset((Act.own, Act.invite, Act.contact))
"""What can be promised: an act of yours towards the client that is no promise already."""


class Left(NamedTuple):
    """The records that an act would leave behind.

    Attributes:
        happened: to promises that are there already, by number.
    """

    contacts: tuple[Contact, ...] = ()
    signs: tuple[Sign, ...] = ()
    promises: tuple[Promise, ...] = ()
    happened: tuple[tuple[int, Event], ...] = ()
    statements: tuple[Statement, ...] = ()


class Command(NamedTuple):
    """A command line to be copied, and when it is the one to run."""

    when: str
    line: str


class About(NamedTuple):
    """A record that a step is about; `kind` is `interaction` or `promise`."""

    kind: str
    number: int


class Step(NamedTuple):
    """One thing to do, or to wait for.

    Attributes:
        criterion: the one that it serves.
        on: the day of the records that it leaves: the first on which it helps.
        times: how many acts it takes: promises to make, interactions of the usual length.
        why: what was measured; empty where the text says it all.
        note: what else there is to know; empty where there is nothing.
        commands: what enters it, the first one first.
        promise: an open promise of yours to do just that.
    """

    act: Act
    criterion: str
    text: str
    on: date
    left: Left = Left()
    times: int = 1
    why: str = ""
    note: str = ""
    commands: tuple[Command, ...] = ()
    about: tuple[About, ...] = ()
    promise: int | None = None

    @property
    def acceptable(self) -> bool:
        """Whether it can become a promise of yours."""
        return self.act in ACCEPTABLE and self.promise is None


class Invitation(NamedTuple):
    """An act of yours that invites a sign of theirs: the sign itself is theirs to give.

    Attributes:
        act: what to do, in words that can stand in a list of your promises.
        sign: what the client then does, completing "once they ...".
    """

    signal: str
    act: str
    sign: str


_ROWS = (
    Invitation("consulted", "ask what they are about to decide, before proposing anything", "ask you first"),
    Invitation("advice", "bring a solution to a problem of theirs, unasked", "ask for guidance"),
    Invitation("early", "ask what worries them while it is still small", "bring you a problem early"),
    Invitation("door", "ask who else should know about what worked", "speak up for you"),
    Invitation("inner", "ask about the interest under the want, and listen", "confide in you"),
    Invitation("steer", "ask which way to go from here, and what to do otherwise", "show you the way"),
)

INVITATIONS: dict[str, Invitation] = {row.signal: row for row in _ROWS}
"""For each signal that can lift a client, the act that invites it; of those for trust, the easiest to ask for first."""


def carried_out(records: Records, steps: Iterable[Step]) -> Records:
    """The records as they would be once the steps were taken; what happens, happens to promises of these records."""
    left = [step.left for step in steps]
    happened: defaultdict[int, list[Event]] = defaultdict(list)
    for number, event in chain.from_iterable(each.happened for each in left):
        happened[number].append(event)
    promises = [
        promise._replace(events=(*promise.events, *happened[promise.number])) if promise.number in happened else promise
        for promise in records.promises
    ]
    return records._replace(
        contacts=(*records.contacts, *chain.from_iterable(each.contacts for each in left)),
        signs=(*records.signs, *chain.from_iterable(each.signs for each in left)),
        promises=(*promises, *chain.from_iterable(each.promises for each in left)),
        statements=(*records.statements, *chain.from_iterable(each.statements for each in left)),
    )


def own(client: ClientRef, slips: Sequence[Sign], on: date, today: date) -> Step:
    """Own all that nobody has owned: one word puts right whatever came before it."""
    named = [f"the {slip.signal} of {short(slip.on, today)} (i{slip.number})" for slip in slips]
    return Step(
        Act.own,
        "unbroken",
        f"own {_listed(named)}",
        on,
        _met(on, "owned"),
        commands=(Command("once it is put right", f"c4l log {client.handle} NOTE -s owned"),),
        about=tuple(About("interaction", slip.number) for slip in slips),
    )


def keep(promise: Promise, due_on: date, on: date, today: date) -> Step:
    """Keep a promise that is overdue, or will be, or that would count once it is kept."""
    late = due_on < today
    number = promise.number
    return Step(
        Act.keep,
        "reliable",
        f"keep “{' '.join(promise.what.split())}” ({number}){'' if late else f', due {short(due_on, today)}'}",
        on,
        Left(happened=((number, Event(Verb.kept, on)),)),
        why=f"{in_words((today - due_on).days)} overdue" if late else "",
        commands=(Command("once it is done", f"c4l keep {number}"),),
        about=(About("promise", number),),
        promise=number,
    )


def moved(step: Step, to: date) -> Step:
    """What the keeping of a promise comes down to if it is moved instead, and they are told."""
    happened = tuple((number, Event(Verb.moved, step.on, to=to, told=True)) for number, _ in step.left.happened)
    return step._replace(left=Left(happened=happened))


def or_moved(step: Step) -> Step:
    """The keeping of a promise that may be moved as well, if they are told."""
    other = Command("if it takes longer, tell them and move it", f"c4l move {step.promise} DAY --told")
    return step._replace(commands=(*step.commands, other))


def only_kept(step: Step) -> Step:
    """The keeping of a promise that would not lift if it were moved."""
    return step._replace(note="moving it alone does not lift: it counts once it is kept")


def as_promised(step: Step, promise: Promise) -> Step:
    """A step of which a promise was made: who takes it keeps that, too."""
    number = promise.number
    return step._replace(
        left=step.left._replace(happened=((number, Event(Verb.kept, step.on)),)),
        commands=(*step.commands, Command("and then, as promised", f"c4l keep {number}")),
        about=(*step.about, About("promise", number)),
        promise=number,
    )


def invite(client: ClientRef, signal: str, criterion: str, on: date) -> Step:
    """Do what invites a signal of theirs."""
    row = INVITATIONS[signal]
    return Step(
        Act.invite,
        criterion,
        row.act,
        on,
        _met(on, signal),
        commands=(Command(f"once they {row.sign}", f"c4l log {client.handle} NOTE -s {signal}"),),
    )


def make_and_keep(client: ClientRef, count: int, on: date) -> Step:
    """Make so many promises, and keep them in time."""
    kept = kept_at_once(Promise(0, client, Party.me, "", on, on), on)
    return Step(
        Act.promise,
        "reliable",
        "make a promise, and keep it" if count == 1 else f"make {count} promises, and keep them",
        on,
        Left(promises=(kept,) * count),
        count,
        commands=(Command("to make one", f"c4l promise {client.handle} WHAT --by DAY"),),
    )


def kept_at_once(promise: Promise, on: date) -> Promise:
    """The same promise, made for a day and kept on it."""
    return promise._replace(made_on=on, first_due_on=on, events=(Event(Verb.kept, on),))


def be_in_touch(client: ClientRef, on: date, today: date, until: date) -> Step:
    """End a silence, or see that none has come when the day is there.

    Args:
        until: the day on which the last contact must not be too long ago.
    """
    command = Command("afterwards", f"c4l log {client.handle} NOTE")
    step = Step(Act.contact, "lasting", "get in touch", on, _met(on), commands=(command,))
    if on == today:
        return step
    why = f"on {short(until, today)} the last contact may be {(until - on).days} days ago at most"
    return step._replace(text=f"be in touch on {short(on, today)} or later", why=why)


def state_stake(client: ClientRef, on: date) -> Step:
    """Say what is at stake; only you can know."""
    return Step(
        Act.state,
        "depends",
        "say what losing them would cost: it counts if that is high or critical",
        on,
        Left(statements=(Statement(Part.stake, on, Stake.high),)),
        commands=(Command("in your words", f"c4l assess {client.handle} --stake LEVEL"),),
    )


def state_value(client: ClientRef, least: int, on: date) -> Step:
    """Say what they are worth to you; what must be stated to count."""
    from_ = "anything above 0 counts" if least == 1 else f"it counts from {least} on"
    return Step(
        Act.state,
        "drives",
        f"say what they bring in a year: {from_}",
        on,
        Left(statements=(Statement(Part.value, on, str(least)),)),
        commands=(Command("in your words", f"c4l assess {client.handle} --value N"),),
    )


def be_asked(client: ClientRef, interactions: int, minutes: int, needed: str, on: date) -> Step:
    """Tell what they would have to ask of you: theirs to do, and nothing to push.

    Args:
        minutes: the time of all those interactions together.
        needed: the same in words.
    """
    times = (0,) * (interactions - 1) + (minutes,)
    started = tuple(Contact(0, on, Channel.call, Party.them, each) for each in times)
    return Step(
        Act.theirs,
        "demands",
        f"be easy to reach: it takes {needed}, started by them",
        on,
        Left(contacts=started),
        max(interactions, -(-minutes // LONG_MINUTES)),
        note="theirs to do, and nothing to push",
        commands=(Command("once they do", f"c4l log {client.handle} NOTE --in --minutes N"),),
    )


def wait(records: Records, first_on: date, until: date, least: int, today: date) -> Step:
    """Let time pass; whoever is known for longer than the book says can say so.

    Args:
        least: so many days a relationship must have lasted.
    """
    days, left = (today - first_on).days, (until - today).days
    stated = records.since is not None and records.since <= first_on
    span = f"{days} day{'' if days == 1 else 's'}"
    so_far = f"known for {span}" if stated else f"first contact was {f'{span} ago' if days else 'today'}"
    earlier = Command("if you knew them before that", f"c4l client edit {records.client.handle} --since DAY")
    return Step(
        Act.wait,
        "lasting",
        f"wait until {long(until)}: {so_far}; {left} to go",
        until,
        why=f"lasting takes {least} days",
        commands=() if stated else (earlier,),
    )


def _met(on: date, *signals: str) -> Left:
    """An interaction that you began, with what it showed."""
    return Left(
        (Contact(0, on, Channel.call, Party.me),),
        tuple(Sign(signal, on, 0, Channel.call) for signal in signals),
    )


def _listed(words: Sequence[str]) -> str:
    return " and ".join(filter(None, (", ".join(words[:-1]), *words[-1:])))
