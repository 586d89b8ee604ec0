"""A promise or an interaction in words that can be changed: as options say them, or as a text in an editor.

The text is lines of `key: value`, an empty line, and below it the words of the promise or the note.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from c4l.actions.mending import InteractionEdit, PromiseEdit
from c4l.cli.options import due_day, past_day
from c4l.domain.clients import Interaction, Seen
from c4l.domain.dates import long
from c4l.domain.entry import SignalDraft, names_of, read_minutes, read_time, signal
from c4l.domain.errors import WrongUse
from c4l.domain.names import Known
from c4l.domain.records import Promise
from c4l.domain.terms import Channel, Party

EMPTY = "none"
SOMEDAY = "someday"
REACHED_OUT = "reached out"
SIGNAL = "signal"

Said = Mapping[str, str]
"""What is to be different, as it was typed, by the key of its line; `body` is what stands below the empty line."""


class Lines(NamedTuple):
    """A text, taken apart."""

    fields: list[tuple[str, str]]
    body: str

    def values(self) -> dict[str, str]:
        """The fields that come once, and the body."""
        return {**{key: value for key, value in self.fields if key != SIGNAL}, "body": self.body}

    def signals(self) -> list[str]:
        """The signals, a text each."""
        return [value for key, value in self.fields if key == SIGNAL and value]


# --- promises --------------------------------------------------------------------------------------------------------


def promise_text(promise: Promise) -> str:
    """A promise, to be edited; its due day only where that can still be changed."""
    owed = "you owe it to" if promise.by is Party.me else "it is owed to you by"
    help = [
        f"promise {promise.number}, {owed} {_one_line(promise.client.name)}",
        _SAVE,
        "by: a day, or someday; the words are below.",
    ]
    if promise.events:
        help[2] = f"Something happened to it, so its due day stays: c4l move {promise.number} DAY"
    return _text(help, _promise_fields(promise), promise.what)


def _promise_fields(promise: Promise) -> list[tuple[str, str]]:
    if promise.events:
        return []
    return [("by", promise.first_due_on.isoformat() if promise.first_due_on else SOMEDAY)]


def promise_edit_from(text: str, promise: Promise, today: date) -> PromiseEdit:
    """What an edited text changes.

    Raises:
        WrongUse: if a line cannot be read.
    """
    before = Lines(_promise_fields(promise), promise.what)
    return promise_edit(_different(_read(text, ("by",)), before), today)


def promise_edit(said: Said, today: date) -> PromiseEdit:
    """What is to be different about a promise.

    Raises:
        BadDay: if the due day cannot be read.
    """
    what = said.get("body")
    if "by" not in said:
        return PromiseEdit(what)
    someday = said["by"].strip().casefold() in (SOMEDAY, EMPTY, "")
    return PromiseEdit(what, True, None if someday else due_day(said["by"], today))


# --- interactions ----------------------------------------------------------------------------------------------------


def interaction_text(interaction: Interaction) -> str:
    """An interaction, to be edited."""
    names = ", ".join(_one_line(client.name) for client in interaction.clients)
    help = [
        f"i{interaction.number}, {long(interaction.on)}, with {names}",
        _SAVE,
        f"{REACHED_OUT}: me, them or nothing; {SIGNAL}: one a line; the note is below.",
    ]
    return _text(help, _interaction_fields(interaction), interaction.note)


def _interaction_fields(interaction: Interaction) -> list[tuple[str, str]]:
    several = len(interaction.clients) > 1
    return [
        ("on", interaction.on.isoformat()),
        ("at", interaction.at.isoformat("minutes") if interaction.at else ""),
        ("channel", interaction.channel.value),
        (REACHED_OUT, interaction.reached_out.value if interaction.reached_out else ""),
        ("minutes", "" if interaction.minutes is None else str(interaction.minutes)),
        *((SIGNAL, _signal_line(seen, several=several)) for seen in interaction.signals),
    ]


def _signal_line(seen: Seen, *, several: bool) -> str:
    about = f"{seen.client.handle}: " if several else ""
    return _one_line(f"{about}{seen.signal} {seen.note or ''}")


def interaction_edit_from(text: str, interaction: Interaction, today: date) -> InteractionEdit:
    """What an edited text changes; a line of a signal that is gone takes the signal away.

    Raises:
        WrongUse: if a line cannot be read.
    """
    fields = _interaction_fields(interaction)
    before = Lines(fields, interaction.note)
    after = _read(text, ("on", "at", "channel", REACHED_OUT, "minutes", SIGNAL))
    lines = dict(zip(before.signals(), interaction.signals, strict=True))
    kept = set(after.signals())
    gone = tuple(SignalDraft(seen.signal, None, seen.client) for line, seen in lines.items() if line not in kept)
    come = [line for line in after.signals() if line not in lines]
    return interaction_edit(_different(after, before), come, (), interaction, today)._replace(drop=gone)


def interaction_edit(
    said: Said, add: Iterable[str], drop: Iterable[str], interaction: Interaction, today: date
) -> InteractionEdit:
    """What is to be different about an interaction.

    Args:
        add: signals as `log --signal` takes them; `drop` likewise.

    Raises:
        WrongUse: if something cannot be read, or is empty and must not be.
    """
    names = names_of(Known.of(client) for client in interaction.clients)
    return InteractionEdit(
        _columns(said, today),
        tuple(each for text in add for each in signal(text, names)),
        tuple(each for text in drop for each in signal(text, names)),
    )


def _columns(said: Said, today: date) -> dict[str, Any]:
    columns: dict[str, Any] = {}
    for key, text in said.items():
        bare = text.strip()
        empty = bare.casefold() in ("", EMPTY)
        match key:
            case "on":
                columns["happened_on"] = past_day(bare, today)
            case "at":
                columns["at_time"] = None if empty else read_time(bare)
            case "channel":
                columns["channel"] = _one_of(Channel, bare, "channel")
            case "minutes":
                columns["minutes"] = None if empty else read_minutes(bare)
            case "reached out":
                columns["reached_out"] = None if empty else _one_of(Party, bare, "side that reached out")
            case _:
                columns["note"] = text
    return columns


def _one_of(kind: type[Channel] | type[Party], text: str, what: str) -> Channel | Party:
    if text.casefold() in kind.__members__:
        return kind(text.casefold())
    raise WrongUse(f"“{text}” is no {what}", f"it can be: {', '.join(kind)}")


# --- texts -----------------------------------------------------------------------------------------------------------

_SAVE = "Change what is wrong, save, and close. What is left as it is stays as it is."


def _text(help: Sequence[str], fields: Iterable[tuple[str, str]], body: str) -> str:
    head = [*(f"# {line}" for line in help), *(f"{key}: {value}".rstrip() for key, value in fields)]
    return "\n".join((*head, "", body, ""))


def _read(text: str, keys: Sequence[str]) -> Lines:
    """Take a text apart.

    Raises:
        WrongUse: a line before the empty one that has none of the keys, or a key twice.
    """
    lines = text.removeprefix("\ufeff").split("\n")
    end = next((place for place, line in enumerate(lines) if not line.strip()), len(lines))
    fields: list[tuple[str, str]] = []
    for line in lines[:end]:
        key, colon, value = line.partition(":")
        key = " ".join(key.split()).casefold()
        if line.startswith("#"):
            continue
        if not colon or key not in keys:
            raise WrongUse(
                f"“{_one_line(line)}” is no line that can be read",
                f"lines begin with {', '.join(f'{each}:' for each in keys)}; then an empty line, and the text",
            )
        if key != SIGNAL and key in dict(fields):
            raise WrongUse(f"there are two lines “{key}:”", "leave one of them")
        fields.append((key, _one_line(value)))
    return Lines(fields, "\n".join(lines[end + 1 :]).strip())


def _different(after: Lines, before: Lines) -> Said:
    """What the user changed; a line that they took out changes nothing."""
    known = {**before.values(), "body": before.body.strip()}
    return {key: value for key, value in after.values().items() if known.get(key) != value}


def _one_line(text: str) -> str:
    return " ".join(text.split())
