"""What can go wrong, one class a failure, each with its exit code and a stable code for scripts."""

from collections.abc import Sequence


class C4lError(Exception):
    """Something could not be done.

    Attributes:
        code: a stable word for scripts, part of the JSON contract.
        exit_code: what the process answers.
        message: what happened, in one line, without a full stop.
        hint: what to do about it, in one line; empty where nothing can be done.
        candidates: what could have been meant, each as (handle, name).
    """

    code = "refused"
    exit_code = 1

    def __init__(self, message: str, hint: str = "", candidates: Sequence[tuple[str, str]] = ()) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.candidates = tuple(candidates)


class Refused(C4lError):
    """The request is understood and will not be carried out."""


class WrongUse(C4lError):
    """The command line does not say what is meant, or contradicts itself."""

    code = "usage"
    exit_code = 2


class BadDay(WrongUse):
    """Words that name no day, more than one day, or a day that cannot be."""

    code = "bad-day"


class NotFound(C4lError):
    """No client, promise or interaction answers to that."""

    code = "not-found"
    exit_code = 3


class Ambiguous(C4lError):
    """More than one client answers to that."""

    code = "ambiguous"
    exit_code = 4


class Conflict(C4lError):
    """What is stored already says otherwise."""

    code = "conflict"
    exit_code = 4


class Unusable(C4lError):
    """The database or the configuration cannot be used."""

    code = "unusable"
    exit_code = 5


class Unconfirmed(Unusable):
    """A change is made, and the disk did not confirm it: it is there, unless the power goes before the disk mends."""

    code = "unconfirmed"
