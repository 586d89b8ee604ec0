"""What an examination of a book finds: what was looked at, what is wrong with it, and what mends that."""

from typing import NamedTuple


class Finding(NamedTuple):
    """Something that is wrong.

    Attributes:
        mend: the command that mends it, or what to do where no command can.
        record: the number or the handle of the record that it is about; None where it is about none.
    """

    what: str
    mend: str
    record: str | None = None


class Check(NamedTuple):
    """One thing that was looked at.

    Attributes:
        name: a stable word for scripts.
        looked_at: what was held against what, for people.
    """

    name: str
    looked_at: str
    findings: tuple[Finding, ...] = ()


UNPROVEN = "carried as it reads; the journal has lost what could prove it"
"""What is said of a row that reads well, where it is the journal that was damaged."""


PAGE = "page"
"""What is lost where a file ends too early, in place of a table: all from the page of that number on."""


class Loss(NamedTuple):
    """A row that could not be carried into a new book as it was, or of which nothing is left to prove it.

    Attributes:
        table: its table, or `PAGE`.
        number: 0 where it is the whole table.
        reason: what became of it, or why nothing did.
    """

    table: str
    number: int
    reason: str

    @property
    def is_gone(self) -> bool:
        """Whether nothing of it came over."""
        return self.reason.startswith(("lost", "left out"))

    @property
    def is_a_row(self) -> bool:
        """Whether it is one row, and not all of a table or the end of the file, of which nobody knows what it held."""
        return self.number > 0 and self.table != PAGE

    @property
    def is_unproven(self) -> bool:
        """Whether it came over as it reads, and is most likely right."""
        return self.reason == UNPROVEN


OF_AN_INTERACTION = {"signal": "a signal", "fact": "a fact", "participant": "a participant"}
OF_A_CLIENT = {
    "alias": "a name",
    "archiving": "an archiving",
    "assessment": "a view",
    "contact_point": "an address",
    "fact": "a fact",
    "key_date": "a key date",
    "source": "an origin",
    "tag": "a tag",
}


def row_words(table: str, number: int) -> str:
    """A row of which nothing is known but where it lies."""
    match table:
        case "interaction" if number:
            return f"interaction i{number}"
        case "promise" if number:
            return f"promise {number}"
        case "page":
            return f"the file from page {number} on"
        case _ if not number:
            return f"all of {table}"
        case _:
            return f"row {number} of {table}"
