"""The signals of trust: the one list of them."""

from typing import NamedTuple

from c4l.domain.terms import Party


class Signal(NamedTuple):
    """A dated fact about trust that an interaction can show.

    Attributes:
        name: the word a user types.
        by: whose doing it is; only the client's own can lift them in the triangle.
        meaning: completes "the client ..." or "you ...".
        logged: false where no interaction carries it (`warned` lies on the promise's own event).
    """

    name: str
    by: Party
    meaning: str
    logged: bool = True


_ROWS = (
    Signal("advice", Party.them, "asked you for guidance"),
    Signal("consulted", Party.them, "asked you before deciding"),
    Signal("early", Party.them, "brought a problem before it grew"),
    Signal("door", Party.them, "opened a door: introduced, recommended, spoke up for you"),
    Signal("inner", Party.them, "confided in you; let you into the inner circle"),
    Signal("steer", Party.them, "told you which way you should be going"),
    Signal("complaint", Party.them, "was unhappy with you"),
    Signal("surprise", Party.them, "was surprised by a slip of yours"),
    Signal("suggested", Party.me, "offered a solution unasked"),
    Signal("listened", Party.me, "learned the interest under the want"),
    Signal("put-first", Party.me, "recommended what served them, not you"),
    Signal("helped", Party.me, "helped with a goal of theirs"),
    Signal("thanked", Party.me, "thanked them"),
    Signal("praised", Party.me, "praised them or somebody on the team, to others"),
    Signal("owned", Party.me, "admitted a mistake and put it right together"),
    Signal("warned", Party.me, "told them early about a slip", logged=False),
)

SIGNALS: dict[str, Signal] = {row.name: row for row in _ROWS}

TRUST = ("advice", "consulted", "early", "door", "inner")
"""What a client who trusts you shows (criterion `trusted`)."""

SLIPS = ("complaint", "surprise")
"""What asks to be owned (criterion `unbroken`)."""
