"""How a fall is told: what lapses, the records that make the difference, and what would hold it."""

from datetime import date
from typing import TYPE_CHECKING

from c4l.domain.dates import in_words, short
from c4l.domain.lapses import Fall, Loss
from c4l.domain.promises import Outcome
from c4l.domain.reasons import Exhibit
from c4l.domain.signals import SIGNALS
from c4l.domain.terms import Tier
from c4l.render.records import day

if TYPE_CHECKING:
    from c4l.domain.acts import Step


def fall_data(fall: Fall) -> dict[str, object]:
    """When, to which tier, and because of what."""
    return {
        "on": day(fall.on),
        "falls_to": fall.tier.value,
        "because": [
            {
                "criterion": loss.criterion,
                "measured": loss.measured,
                "needed": loss.needed or None,
                "records": [
                    {"kind": record.kind, "number": record.number, "on": day(record.on), "what": str(record.what)}
                    for record in (*loss.gone, *loss.come)
                ],
            }
            for loss in fall.losses
        ],
        "holds": [
            {"criterion": act.criterion, "what": act.text, "by": day(act.on), "commands": _lines(act)}
            for act in fall.holds
        ],
    }


def _lines(act: "Step") -> list[str]:
    return [command.line for command in act.commands]


def lapsing(fall: Fall) -> str:
    """What lapses, in as few words as can be: "consulted lapses", "reliable and lasting lapse"."""
    named = [_signs(loss) or [loss.criterion] for loss in fall.losses]
    words = [word for each in named for word in each]
    return f"{' and '.join(words)} lapse{'s' if len(words) == 1 else ''}"


def _signs(loss: Loss) -> list[str]:
    """The signs that grow too old, where it is them that the criterion rests on."""
    return [record.what for record in loss.gone if record.what in SIGNALS]


def why_it_lapses(loss: Loss, fall: Fall, today: date) -> str:
    """What makes a criterion lapse: the records that make the difference, else what will be left of it by then."""
    gone = [_named(record, today) for record in loss.gone if _tells(record)]
    told = [f"{' and '.join(gone)} {'grows' if len(gone) == 1 else 'grow'} too old to count"] if gone else []
    told += [_come(record, fall, today) for record in loss.come if record.kind == "promise"]
    return ", ".join(told) or loss.measured


def _come(record: Exhibit, fall: Fall, today: date) -> str:
    """A promise that counts by then; what is still in time must not sound late."""
    if record.what != Outcome.overdue:
        return f"promise {record.number} is {record.what}"
    if record.on < today:
        return f"promise {record.number} is still overdue"
    return f"promise {record.number} would be {in_words((fall.on - record.on).days)} overdue"


def to_be_kept(fall: Fall) -> str:
    """What keeps the place, where that is promises still in time: "keep 121 by Sat 12 Dec"."""
    return " and ".join(act.text for act in fall.holds)


def _tells(record: Exhibit) -> bool:
    """Whether it stands for itself: of many calls, one more or less tells nothing."""
    return record.kind != "interaction" or record.what in SIGNALS


def _named(record: Exhibit, today: date) -> str:
    on = short(record.on, today)
    match record.kind:
        case "interaction":
            return f"{record.what} i{record.number} of {on}"
        case "promise":
            return f"promise {record.number} of {on}"
        case _:
            return f"{record.what} of {on}"


def how_it_falls(tier: Tier, fall: Fall, today: date) -> str:
    """All of it in a line: from where to where, what lapses and why, and what would hold it."""
    told = [f"{loss.criterion} lapses: {why_it_lapses(loss, fall, today)}" for loss in fall.losses]
    held = [f"to hold it: {', '.join(act.text for act in fall.holds)}"] if fall.holds else []
    return "; ".join([f"{tier} to {fall.tier}", *told, *held])


def number_of(fall: Fall) -> str:
    """The number of the record that makes the difference, as it is printed; empty where it is none or several."""
    told = [record for loss in fall.losses for record in (*loss.gone, *loss.come) if _tells(record)]
    if len(told) != 1 or told[0].number is None:
        return ""
    return f"i{told[0].number}" if told[0].kind == "interaction" else str(told[0].number)
