"""How the parts of your own view of a client are read: the stake, the yearly value, the tier."""

from enum import StrEnum
from typing import TypeVar

from c4l.domain.errors import WrongUse
from c4l.domain.records import Part
from c4l.domain.terms import Stake, Tier

WITHDRAWN = "none"
MOST = 10**15
"""The greatest value taken: sums of many stay whole numbers that every database can hold."""

_DIGITS = 40
"""More than anybody means to type; a number of thousands of them would take long to be read."""

_FACTORS = {"k": 10**3, "m": 10**6}

Said = Stake | int | Tier | None
Level = TypeVar("Level", bound=StrEnum)


def read_parts(stake: str | None, value: str | None, tier: str | None) -> dict[Part, Said]:
    """The parts that were stated; `none` withdraws one.

    Raises:
        WrongUse: if one of them cannot be read.
    """
    parts: dict[Part, Said] = {}
    if stake is not None:
        parts[Part.stake] = _level(stake, Stake, "stake")
    if value is not None:
        parts[Part.value] = read_value(value)
    if tier is not None:
        parts[Part.tier] = _level(tier, Tier, "tier")
    return parts


def read_value(text: str) -> int | None:
    """A yearly value, a whole number from 0: `120000`, `120k`, `1.2m`, `120,000`; None for `none`.

    Raises:
        WrongUse: anything else, and what can be read in two ways: `120.000`, `1,200k`.
    """
    bare = text.strip().casefold()
    if bare == WITHDRAWN:
        return None
    factor = _FACTORS.get(bare[-1:], 1)
    digits = (bare[:-1] if factor > 1 else bare).replace("_", "").replace(" ", "")
    _refuse_two_readings(text, digits, factor)
    whole, _, part = _without_thousands(digits).partition(".")
    amount = f"{whole}{part}"
    if amount.isascii() and amount.isdigit() and len(amount) <= _DIGITS:
        total, rest = divmod(int(amount) * factor, int(10 ** len(part)))
        if total > MOST:
            raise WrongUse(f"“{text}” is more than a yearly value can be", f"the greatest is {MOST}")
        if rest == 0:
            return total
    raise WrongUse(f"“{text}” is no yearly value", "give a whole number from 0: 120000, 120k, 1.2m; none withdraws it")


def _refuse_two_readings(text: str, digits: str, factor: int) -> None:
    """Refuse one mark before three last digits where it can part thousands in one country and decimals in another."""
    mark = "." if factor == 1 else ","
    whole, found, part = digits.partition(mark)
    amount = f"{whole}{part}"
    if found and len(part) == 3 and 1 <= len(whole) <= 3 and amount.isascii() and amount.isdigit():
        thousands = int(amount) * factor
        raise WrongUse(
            f"“{text}” can be read in two ways: {thousands} or {thousands // 1000}", "type all its digits without marks"
        )


def _without_thousands(digits: str) -> str:
    """Without commas that part thousands; others stay, and make the number unreadable."""
    first, *groups = digits.split(",")
    thousands = 1 <= len(first) <= 3 and all(len(group.partition(".")[0]) == 3 for group in groups)
    return "".join((first, *groups)) if groups and thousands else digits


def _level(text: str, levels: type[Level], what: str) -> Level | None:
    word = text.strip().casefold()
    if word == WITHDRAWN:
        return None
    try:
        return levels(word)
    except ValueError:
        raise WrongUse(f"“{text}” is no {what}", f"give one of {', '.join(levels)}; {WITHDRAWN} withdraws it") from None
