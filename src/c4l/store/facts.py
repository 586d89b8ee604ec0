"""What is worth remembering about a client, in the book: facts, goals that are reached, key dates."""

from datetime import date

from c4l.domain.entry import FactDraft
from c4l.domain.goals import Goal
from c4l.domain.names import name_key
from c4l.store import clients
from c4l.store import compiled as q
from c4l.store.store import Changes, Transaction, bound, day_or_none


def add(changes: Changes, client: int, drafts: list[FactDraft], learned_on: date) -> None:
    """Add facts; what is there already stays as it is, and a goal that was reached can be set anew."""
    there = {
        (kind, name_key(text))
        for _, kind, text, _, reached, *_ in changes.all(q.facts, clients=[client])
        if reached is None
    }
    for draft in drafts:
        key = (draft.kind.value, name_key(bound(draft.text)))
        if key not in there:
            there.add(key)
            clients.add_fact(changes, client, draft.kind, draft.text, learned_on)


def goals(tx: Transaction, client: int) -> list[Goal]:
    """The goals of a client, reached or not, in the order of entry."""
    return [
        Goal(number, text, date.fromisoformat(learned), day_or_none(reached))
        for number, text, learned, reached in tx.all(q.goals, client=client)
    ]


def reach(changes: Changes, goal: Goal, on: date, outcome: str | None) -> None:
    """Mark a goal as reached."""
    changes.update("fact", goal.number, reached_on=on, outcome=outcome)


def set_key_date(changes: Changes, client: int, label: str, month: int, day: int, year: int | None) -> None:
    """Say when something comes round; it takes the place of what had that label."""
    same = _labelled(changes, client, label)
    if same:
        changes.update("key_date", same[0], label=label, month=month, day=day, year=year)
    else:
        clients.add_key_date(changes, client, label, month, day, year)
    for number in same[1:]:
        changes.delete("key_date", number)


def drop_key_date(changes: Changes, client: int, label: str) -> bool:
    """Take the key date with that label away; False where there is none."""
    same = _labelled(changes, client, label)
    for number in same:
        changes.delete("key_date", number)
    return bool(same)


def _labelled(tx: Transaction, client: int, label: str) -> list[int]:
    """The numbers of the dates with that label: two, where two files named one each."""
    return [number for number, other in tx.all(q.key_date_labels, client=client) if name_key(other) == name_key(label)]
