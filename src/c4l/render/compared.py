"""The other clients on whom an answer turns: as words, as JSON and as cells of plain lines."""

from collections.abc import Iterator, Sequence

from c4l.domain.compared import COMPARED, Compared
from c4l.render.records import client_ref


def compared_words(criterion: str, others: Compared) -> str:
    """Who they are, with what is compared; empty where there is nobody."""
    if not others.in_all:
        return ""
    where, unit = COMPARED[criterion].where, COMPARED[criterion].unit
    names = [f"{each.client.name} {each.amount:,} {unit}" for each in others.named]
    left = others.in_all - len(names)
    return f"{where}: {', '.join(names)}{f' and {left:,} more' if left else ''}"


def compared_data(others: Compared | None) -> dict[str, object] | None:
    """Who they are, the greatest amount first; `amount` is a yearly value, or minutes."""
    if others is None:
        return None
    return {
        "clients": [{"client": client_ref(each.client), "amount": each.amount} for each in others.named],
        "count": others.in_all,
    }


def compared_cells(others: Compared) -> Iterator[Sequence[str]]:
    """Handle, name and amount of each."""
    for each in others.named:
        yield each.client.handle, each.client.name, str(each.amount)
