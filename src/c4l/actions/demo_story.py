"""The story of the demo: what was said and promised between you and its people, beside their routine.

All days are counted back from the day the demo is made (below 0: to come), and moved off weekends: what lies behind to
the Friday before, what is to come to the Monday after. So nothing is more than two days later than it says here.
"""

from typing import NamedTuple

from c4l.domain.records import Verb
from c4l.domain.terms import Channel, Kind, Party


class Told(NamedTuple):
    """An interaction so many days ago.

    Attributes:
        who: its clients; the signals are about the first of them.
        by: who reached out.
    """

    ago: int
    who: tuple[str, ...]
    note: str
    signals: tuple[str, ...] = ()
    channel: Channel = Channel.call
    by: Party = Party.them
    minutes: int | None = None


class Turn(NamedTuple):
    """Something that happened to a promise so many days ago; `to` is the new due day of a move."""

    ago: int
    verb: Verb
    to: int | None = None
    told: bool = False
    because: str | None = None
    plan: str | None = None


class Owed(NamedTuple):
    """A promise: yours, unless `by` says otherwise; `due` is None for someday."""

    made: int
    who: str
    what: str
    due: int | None
    turns: tuple[Turn, ...] = ()
    by: Party = Party.me


_CALL, _MEETING, _EMAIL, _MESSAGE, _VISIT, _NOTE, _GIFT, _EVENT = Channel
_ME, _THEM = Party
_JANE, _DANA, _NORA, _ACME, _OMAR, _BOB = (
    *("Jane Doe", "Dana Iqbal", "Nora Quill"),
    *("Acme Finance", "Omar Lund", "Bob Stone"),
)
_GRETA, _HERON, _FELIX, _PRIYA, _TOMAS = "Greta Holm", "Blue Heron Books", "Felix Amadi", "Priya Fenwick", "Tomas Birk"
_KIT, _UMA, _SAM, _PAUL = "Kit Sandoval", "Uma Reyes", "Sam Pickering", "Paul Ostrander"

STORY = (
    # Jane Doe shows everything that trust looks like.
    Told(301, (_JANE,), "what would you do about the two ledgers?", ("advice",), _CALL, _THEM, 35),
    Told(
        214, (_JANE, _ACME), "quarter reviewed; asked us before choosing the payroll vendor", ("consulted",), _MEETING
    ),
    Told(133, (_JANE,), "the merger talk is serious, keep it to yourselves", ("inner",), _CALL, _THEM, 20),
    Told(88, (_JANE,), "three vendors are two too many", ("listened", "suggested"), _MEETING, _ME, 60),
    Told(57, (_JANE,), "said to build the cash view before anything else", ("steer",), _CALL, _THEM, 25),
    Told(26, (_JANE,), "introduced us to the chair of the audit committee", ("door",), _EMAIL),
    Told(3, (_JANE,), "asked us before signing with the card processor", ("consulted",), _CALL, _THEM, 25),
    # Dana Iqbal is at the top on three signs, and the oldest is about to be a year old.
    Told(313, (_DANA,), "asked us before choosing the freight system", ("consulted",), _CALL, _THEM, 40),
    Told(172, (_DANA,), "flagged the audit early: two folders are missing", ("early",), _MESSAGE),
    Told(120, (_DANA,), "upset that our report went to the wrong depot; we sent a driver", ("complaint", "owned")),
    Told(62, (_DANA,), "introduced us to their chief financial officer", ("door",), _MEETING, _THEM, 50),
    Told(29, (_DANA,), "helped her rehearse for the auditors", ("helped",), _VISIT, _ME, 90),
    Told(11, (_DANA,), "auditors come in January; she feels ready", (), _CALL, _ME, 20),
    # Nora Quill is a friend for life.
    Told(290, (_NORA,), "told me about the separation", ("inner",), _VISIT, _THEM, 120),
    Told(140, (_NORA,), "is the studio a mad idea? asked what I would do", ("advice",), _CALL, _THEM, 60),
    Told(71, (_NORA,), "brought two friends of hers who need a bookkeeper", ("door",), _EVENT),
    Told(40, (_NORA,), "flowers for the new studio", ("thanked",), _GIFT, _ME),
    # Key clients.
    Told(190, (_ACME, _JANE), "board wants one page a month, no more", ("steer",), _MEETING, _ME, 90),
    Told(96, (_ACME,), "asked us before moving the year end", ("consulted",), _EMAIL),
    Told(33, (_ACME,), "told them the cheaper plan is enough for them", ("put-first",), _MEETING, _ME, 45),
    Told(233, (_OMAR,), "asked how others run their reviews", ("advice",), _CALL, _THEM, 30),
    Told(105, (_OMAR,), "you should go into security, he says", ("steer",), _MEETING, _THEM, 45),
    Told(20, (_OMAR,), "wondered where the introduction was", ("surprise",), _CALL, _THEM, 10),
    Told(150, (_BOB,), "wants his figures every Monday, whatever happens", (), _VISIT, _THEM, 120),
    Told(47, (_BOB,), "asked what a fair price for the yard would be", ("advice",), _CALL, _THEM, 75),
    Told(12, (_BOB,), "walked the site and the numbers", (), _VISIT, _THEM, 150),
    Told(4, (_BOB,), "the order for phase two is as good as signed", (), _CALL, _THEM, 45),
    Told(280, (_GRETA,), "asked us before hiring the practice manager", ("consulted",), _MEETING),
    Told(201, (_GRETA,), "told us what the partners really want", ("inner",), _CALL, _THEM, 30),
    Told(119, (_GRETA,), "wants us to learn her trade, not only her books", ("steer",), _CALL, _THEM, 30),
    Told(66, (_GRETA,), "what would you pay for the second clinic?", ("advice",), _CALL, _THEM, 40),
    Told(20, (_GRETA,), "not happy: the forecast came without the new rooms", ("complaint",), _CALL, _THEM, 15),
    Told(161, (_HERON,), "go where readers are, they say: online", ("steer",), _MEETING, _THEM, 60),
    Told(77, (_HERON,), "lent them our till for the book fair", ("helped",), _VISIT, _ME, 30),
    Told(130, (_FELIX,), "plan the year around people, he says, not projects", ("steer",), _MEETING, _ME, 30),
    Told(38, (_FELIX,), "told the whole house what Kit did for Fjord", ("praised",), _MEETING, _ME, 15),
    # The base. Priya Fenwick is one sign away from the top.
    Told(240, (_PRIYA,), "asked what to look for in a lease", ("advice",), _CALL, _THEM, 30),
    Told(75, (_PRIYA,), "wants afternoons with her children: fewer opening hours?", ("listened", "suggested")),
    Told(50, (_PRIYA,), "said early that the autumn will be thin", ("early",), _MESSAGE),
    Told(13, (_PRIYA,), "the second optician starts in spring", (), _EMAIL),
    Told(180, (_TOMAS,), "did not know that the delivery had slipped", ("surprise",), _CALL, _THEM, 10),
    Told(168, (_TOMAS,), "said sorry in person, and showed what we changed", ("owned",), _VISIT, _ME, 30),
    Told(84, ("Lena Ortiz",), "sent the Marsh brothers our way", ("door",), _EMAIL),
    Told(82, ("Lena Ortiz",), "a card for the introduction", ("thanked",), _NOTE, _ME),
    Told(44, ("Ivo Marsh",), "first talk: repairs pay, bicycles do not", ("listened",), _MEETING, _ME, 45),
    Told(52, (_KIT, _UMA, _SAM), "a day out: what went well this half year, and what did not", (), _EVENT, _ME, 240),
    Told(24, (_UMA,), "wrote to her what she saved us in the audit", ("praised", "thanked"), _NOTE, _ME),
    Told(15, (_SAM,), "asked how I learned to say no", ("advice",), _CALL, _THEM, 20),
    Told(37, ("Milo Vance",), "back from sea, thinner and happier", (), _VISIT, _THEM, 90),
    Told(9, ("Ruth Doyle", "Ben Doyle"), "dinner for three, and the roof of the cottage", (), _VISIT, _ME, 120),
    Told(3, (_PAUL,), "surprised that the stock count moved", ("surprise",), _CALL, _THEM, 10),
    # Still to come.
    Told(-4, (_HERON,), "plans for the spring list", (), _MEETING, _ME, 60),
)


def _kept(ago: int) -> Turn:
    return Turn(ago, Verb.kept)


PROMISES = (
    # Late, yours and theirs. Omar Lund hears of his twice moved promise only when he asks.
    Owed(24, _JANE, "send the renewal deck", 12, (Turn(13, Verb.moved, 5, True, "her figures came late"),)),
    Owed(12, _ACME, "figures for the board pack", 2),
    Owed(
        41,
        _OMAR,
        "introduce the security lead",
        30,
        (Turn(29, Verb.moved, 20, because="she was away"), Turn(19, Verb.moved, 9)),
    ),
    Owed(34, _TOMAS, "a second quote from the printer", 19),
    Owed(18, _BOB, "purchase order for phase two", 4, (), _THEM),
    Owed(15, _HERON, "signed contract for the spring list", 1, (), _THEM),
    # Due soon, and some day.
    Owed(3, _JANE, "compare the two card processors", -2),
    Owed(15, _PAUL, "how others count their stock", -4),
    Owed(4, _BOB, "one page on phase two", -1),
    Owed(13, _PRIYA, "questions for the optician's interview", -6),
    Owed(7, "Ivo Marsh", "what a repair really costs him", -9),
    Owed(20, _FELIX, "who can take over from Sam in spring", -16),
    Owed(11, _DANA, "the auditors' names", -3, (), _THEM),
    Owed(2, _FELIX, "a desk for the new trainee", -12, (), _THEM),
    Owed(6, _NORA, "lend her the big tent", None),
    Owed(40, _NORA, "a recording of the concert", None, (), _THEM),
    # Moved in good time and told, which is as good as kept.
    Owed(
        99,
        _ACME,
        "model of the new year end",
        80,
        (
            Turn(84, Verb.moved, 70, True, "the auditor asked for more", "first half on the old day"),
            _kept(71),
        ),
    ),
    Owed(64, _DANA, "letter to their chief financial officer", 50, (Turn(54, Verb.moved, 45, True), _kept(46))),
    Owed(30, _BOB, "his Monday page, with the yard in it", 16, (Turn(17, Verb.moved, 12, True), _kept(12))),
    # Moved quietly, kept late, broken, let go.
    Owed(150, _OMAR, "notes on how others run reviews", 130, (Turn(129, Verb.moved, 110), _kept(111))),
    Owed(200, _TOMAS, "the delivery plan", 185, (Turn(183, Verb.moved, 170), _kept(166))),
    Owed(95, "Cedar Row School", "a talk for the oldest class", 60, (Turn(60, Verb.broken, because="I forgot"),)),
    Owed(72, _TOMAS, "a visit to the other printer", 48, (Turn(55, Verb.broken, None, True, "the printer closed"),)),
    Owed(90, "Lena Ortiz", "figures for the joint offer", 61, (Turn(66, Verb.released, because="the client left"),)),
    Owed(58, _PAUL, "a look at the second plant", 35, (Turn(28, Verb.released, because="he did it himself"),)),
    # What they promised, and did.
    Owed(214, _JANE, "the vendor's contract", 200, (_kept(203),), _THEM),
    Owed(140, _BOB, "last year's site accounts", 120, (_kept(101),), _THEM),
    Owed(62, _DANA, "the depot's opening hours", 55, (_kept(55),), _THEM),
    Owed(105, _OMAR, "a reference for the website", 75, (Turn(74, Verb.moved, 45, True), _kept(44)), _THEM),
    Owed(119, _GRETA, "names of three clinics to learn from", 90, (Turn(80, Verb.broken),), _THEM),
)

CHANNELS = {
    Kind.customer: (_CALL, _CALL, _CALL, _EMAIL, _EMAIL, _MESSAGE, _MEETING),
    Kind.partner: (_CALL, _EMAIL, _EMAIL, _EVENT),
    Kind.internal: (_MEETING, _MESSAGE, _MESSAGE, _CALL),
    Kind.team: (_MEETING, _MEETING, _MESSAGE, _CALL),
    Kind.friend: (_CALL, _MESSAGE, _MESSAGE, _VISIT),
    Kind.family: (_CALL, _CALL, _MESSAGE, _VISIT),
}
"""How the routine happens, by kind of client; what happens often stands there often."""

_WITH_CUSTOMERS = (
    "went through the month",
    "cleared the open questions",
    "asked how the new hires do",
    "sent the draft and talked it through",
    "prices for next year, first look",
    "the usual check before the board meets",
    "talked about the move, nothing decided",
    "how the last delivery went",
    "looked at the figures of the quarter together",
    "a question about an invoice, answered",
)
_AT_HOME = (
    "weekly round, what is stuck and who helps",
    "went through the week together",
    "who covers the holidays",
    "looked at the first draft together",
    "how it goes, and what would make it easier",
    "tidied up the list of open points",
)
_IN_PRIVATE = (
    "a long talk about nothing in particular",
    "how the week was",
    "plans for the holidays",
    "choir, and who sings what",
    "a walk, and the news of everybody",
    "just to hear each other's voice",
)
NOTES = {
    Kind.customer: _WITH_CUSTOMERS,
    Kind.partner: ("who could use whom", "compared notes on the market", "planned the joint evening"),
    Kind.internal: _AT_HOME,
    Kind.team: _AT_HOME,
    Kind.friend: _IN_PRIVATE,
    Kind.family: _IN_PRIVATE,
}
"""What the routine is about, by kind of client."""

_FOR_FIRMS = (
    "send the notes of our call",
    "the figures of the month",
    "a draft of the letter",
    "ask the bank for them",
    "the table with the new prices",
    "find the contract of last year",
    "names of two people who did it before",
)
_FOR_US = ("read the draft and answer", "ask for the budget", "a word with the head of sales", "plan the handover")
_FOR_FRIENDS = ("bring the drill back", "photos of the weekend", "book the table", "look at the tax letter")
ROUTINE_PROMISES = {
    Kind.customer: _FOR_FIRMS,
    Kind.partner: _FOR_FIRMS,
    Kind.internal: _FOR_US,
    Kind.team: _FOR_US,
    Kind.friend: _FOR_FRIENDS,
    Kind.family: _FOR_FRIENDS,
}
"""What you promised and kept as a matter of course, by kind of client."""
