"""Mending what was written down: changing a promise or an interaction, and removing them."""

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from c4l.actions.log import InteractionPage, page_in
from c4l.actions.log import get_in as interaction_in
from c4l.actions.promises import PromiseView, view
from c4l.actions.promises import get_in as promise_in
from c4l.domain.clients import Interaction, Seen
from c4l.domain.entry import SignalDraft, reached_out, settle_shown
from c4l.domain.errors import Conflict, Refused, WrongUse
from c4l.domain.promises import standing
from c4l.domain.records import Promise
from c4l.store import interactions, promises, traces
from c4l.store.store import Changes, Store


class PromiseEdit(NamedTuple):
    """What is to be different about a promise; what is left out stays.

    Attributes:
        what: None to leave it.
        dated: whether the due day is to change, to `due_on`; None there means someday.
    """

    what: str | None = None
    dated: bool = False
    due_on: date | None = None


class InteractionEdit(NamedTuple):
    """What is to be different about an interaction; what is left out stays.

    Attributes:
        columns: by the names of the table's columns; None empties one.
        add: signals that were seen, too; where one is there already, its note is replaced by one that is given.
        drop: signals to be taken away.
    """

    columns: dict[str, Any]
    add: tuple[SignalDraft, ...] = ()
    drop: tuple[SignalDraft, ...] = ()


class Removal(NamedTuple):
    """What was removed, as it was, or would be.

    Attributes:
        staying: promises that were made in a removed interaction and stay, without it.
        rehearsed: whether nothing was removed.
    """

    promises: tuple[PromiseView, ...]
    interactions: tuple[Interaction, ...]
    staying: tuple[PromiseView, ...]
    rehearsed: bool


def edit_promise(
    store: Store,
    number: int,
    wanted: PromiseEdit,
    today: date,
    *,
    seen: Promise | None = None,
    no_trace: bool = False,
) -> PromiseView:
    """Change the words of a promise, or its due day, as if it had been entered so.

    Args:
        seen: as it was when the user began to change it; None where that took no time.
        no_trace: whether to keep nothing of what it was before, for good.

    Raises:
        NotFound: if there is none of that number.
        WrongUse: if it would say nothing.
        Conflict: if the due day is to change after something happened to it, or if it is no longer as it was seen.
    """
    with store.writing("edit") as changes:
        promise = promise_in(changes, number)
        columns: dict[str, Any] = {}
        if wanted.what is not None:
            columns["what"] = wanted.what.strip()
            if not columns["what"]:
                raise WrongUse("a promise needs words", f'c4l edit {number} --what "send the deck"')
        if wanted.dated and wanted.due_on != promise.first_due_on:
            _check_untouched(promise)
            columns["first_due_on"] = wanted.due_on
        if columns:
            _check_as_seen(str(number), promise, seen)
            promises.amend(changes, number, columns)
        if no_trace:
            traces.forget(changes, {"promise": [number]})
        after = view(promise_in(changes, number), today)
    if no_trace:
        store.squeeze()
    return after


def _check_as_seen(number: str, there: object, seen: object) -> None:
    """Refuse to write over what somebody else changed in the meantime."""
    if seen is not None and there != seen:
        raise Conflict(
            f"{number} was changed while you had it open",
            f"c4l show {number} says what it is now; to go on with your text: c4l edit {number}",
        )


def _check_untouched(promise: Promise) -> None:
    """Refuse another due day where the one it had has already counted for something."""
    if not promise.events:
        return
    stands, number = standing(promise), promise.number
    if stands.closed_on is not None:
        raise Conflict(
            f"promise {number} was {stands.state} on {stands.closed_on}, so its due day stays",
            f"its words can still be mended: c4l edit {number} --what TEXT",
        )
    raise Conflict(
        f"promise {number} was moved on {promise.events[-1].on}, so its first due day stays",
        f"move it again: c4l move {number} DAY",
    )


def edit_interaction(
    store: Store,
    number: int,
    wanted: InteractionEdit,
    today: date,
    *,
    seen: Interaction | None = None,
    no_trace: bool = False,
) -> InteractionPage:
    """Change an interaction; all that goes by its day follows.

    Signals and facts take the new day, and so do promises made in it to which nothing happened.

    Args:
        seen: as it was when the user began to change it; None where that took no time.
        no_trace: whether to keep nothing of what it, and what was seen in it, was before, for good.

    Raises:
        NotFound: if there is none of that number.
        WrongUse: if it would have no note.
        Refused: if a signal that is to go is not there.
        Ambiguous: if a signal names nobody, and there are several clients.
        Conflict: if it is no longer as it was seen.
    """
    with store.writing("edit") as changes:
        before = interaction_in(changes, number)
        if wanted != InteractionEdit({}):
            _check_as_seen(f"i{number}", before, seen)
        seen_before = interactions.signal_numbers(changes, number) if no_trace else ()
        columns = _columns(before, wanted)
        if columns:
            interactions.amend(changes, before, columns)
        on = columns.get("happened_on", before.on)
        if on != before.on:
            _follow(changes, before, min(before.on, today), min(on, today))
        for draft in wanted.drop:
            shown = _the_signal(before, draft)
            interactions.drop_signal(changes, number, shown.client.id, shown.signal)
        for draft in settle_shown(wanted.add, before.clients):
            assert draft.client is not None  # noqa: S101 - settled
            interactions.put_signal(changes, number, draft.client, draft.signal, on, draft.note)
        if no_trace:
            traces.forget(changes, {"interaction": [number], "signal": seen_before})
        after = page_in(changes, number)
    if no_trace:
        store.squeeze()
    return after


def _columns(before: Interaction, wanted: InteractionEdit) -> dict[str, Any]:
    columns = dict(wanted.columns)
    if "note" in columns:
        columns["note"] = (columns["note"] or "").strip()
        if not columns["note"]:
            raise WrongUse("an interaction needs a note", f"to take it away: c4l remove i{before.number}")
    if "channel" in columns and "reached_out" not in columns:
        columns["reached_out"] = reached_out(columns["channel"], before.reached_out)
    return columns


def _follow(changes: Changes, interaction: Interaction, before: date, after: date) -> None:
    """Let the days of facts and promises follow that of their interaction, where nothing stands on them yet."""
    interactions.learned_on(changes, interaction.number, before, after)
    for number in interaction.promises:
        promise = promise_in(changes, number)
        if promise.made_on == before and not promise.events:
            promises.amend(changes, number, {"made_on": after})


def _the_signal(interaction: Interaction, draft: SignalDraft) -> Seen:
    """The signal of an interaction that is to go."""
    same = [seen for seen in interaction.signals if seen.signal == draft.signal and draft.client in (None, seen.client)]
    if not same:
        about = f" about {draft.client.name}" if draft.client else ""
        raise Refused(
            f"i{interaction.number} has no signal “{draft.signal}”{about}",
            f"c4l show i{interaction.number} shows what is there",
        )
    if len(same) > 1:
        settle_shown([draft], [seen.client for seen in same])
    return same[0]


def remove(
    store: Store, promise_numbers: Sequence[int], interaction_numbers: Sequence[int], today: date, *, rehearse: bool
) -> Removal:
    """Remove promises and interactions with all that belongs to them, or tell what would be removed.

    What was promised in a removed interaction stays, unless it is named itself.

    Raises:
        NotFound: if there is none of a number; then nothing is removed.
    """
    with store.rehearsing("remove") if rehearse else store.writing("remove") as changes:
        gone = [promise_in(changes, number) for number in dict.fromkeys(promise_numbers)]
        met = [interaction_in(changes, number) for number in dict.fromkeys(interaction_numbers)]
        for promise in gone:
            promises.remove(changes, promise.number)
        staying = []
        for interaction in met:
            [left] = interactions.by_number(changes, [interaction.number])
            interactions.remove(changes, left)
            staying += [promise_in(changes, number) for number in left.promises]
    return Removal(
        tuple(view(promise, today) for promise in gone),
        tuple(met),
        tuple(view(promise, today) for promise in staying),
        rehearse,
    )
