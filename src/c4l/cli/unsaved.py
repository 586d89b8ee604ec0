"""What is typed at the questions of a command outlasts its end; the next one offers to go on with it."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from c4l.cli import prompts
from c4l.cli.answer import say
from c4l.cli.session import Session, current_look
from c4l.domain.errors import C4lError, Unconfirmed, Unusable, WrongUse

if TYPE_CHECKING:
    from c4l.store.unsaved import Begun, Unsaved

_UNASKED = WrongUse("nobody is there to be asked", "say it on the command line")


@contextmanager
def keeping(here: Session, words: Sequence[str], options: Mapping[str, Any]) -> Iterator["Begun | None"]:
    """While the block runs, keep what is typed at questions; it is removed when the block ends well.

    It stays where the user ends the command, the book cannot be used or the process dies; what is refused for what it
    says would be refused again.

    Args:
        words: what was typed after the name of the command; where there are none, what was left behind is offered.
        options: what the options said, by name.

    Yields:
        What the user goes on with in place of their words and options; None where that is nothing.
    """
    from c4l.store.files import unsaved_of

    left = None
    if unsaved_of(here.store.path).is_dir():
        if prompts.is_interactive() and not words and not any(options.values()):
            left = _chosen(here)
        elif not current_look().json:
            _tell(here)
    memory = _Memory(here, words, options, left)
    try:
        with prompts.remembering(memory):
            yield left.begun if left else None
    except C4lError as error:
        if not isinstance(error, Unusable) or isinstance(error, Unconfirmed):
            memory.drop()
        raise
    else:
        memory.drop()
    finally:
        memory.close()


def _chosen(here: Session) -> "Unsaved | None":
    """Offer what was left behind, and remove what is not wanted."""
    from c4l.domain.dates import long
    from c4l.store.unsaved import left_behind

    for left in left_behind(here.store.path):
        day = "" if left.begun.on == here.today else f" on {long(left.begun.on)}"
        typed = [" ".join(left.begun.words), *(answer.typed for answer in left.answers)]
        say(f"What you typed{day} was left unfinished:\n" + "\n".join(f"  {line}" for line in typed if line))
        if prompts.confirm(prompts.GO_ON, otherwise=_UNASKED, default=True):
            return left
        left.drop()
    return None


def _tell(here: Session) -> None:
    """Say that something was left behind, where it cannot be offered: once a day, or it would stand above every log."""
    from c4l.domain.dates import long
    from c4l.store.unsaved import left_behind

    for left in left_behind(here.store.path):
        if left.first_told_on(here.today):
            say(
                f"what you typed into c4l log on {long(left.begun.on)} was left unfinished, and is kept in {left.path}"
                "\n  c4l log, with no more words, goes on with it or throws it away"
            )
        left.close()


class _Memory:
    """Answers questions as they were answered before, as long as they are the same, and keeps new answers.

    Args:
        left: what was left behind, where the user goes on with that.
    """

    def __init__(self, here: Session, words: Sequence[str], options: Mapping[str, Any], left: "Unsaved | None") -> None:
        self._begun = (here, words, options)
        self._kept = left
        self._used = 0

    def recall(self, question: str) -> str | None:
        """What was typed at this question; None where it is to be asked."""
        if self._kept is None:
            self._begin()
        if self._kept is None or self._used == len(self._kept.answers):
            return None
        answer = self._kept.answers[self._used]
        if answer.question != question:
            rest = self._kept.answers[self._used :]
            say("this was typed, too, at other questions:\n" + "\n".join(f"  {left.typed}" for left in rest))
            self._kept.cut(self._used)
            return None
        self._used += 1
        return answer.typed

    def keep(self, question: str, typed: str) -> None:
        """Keep what was typed at a question."""
        from c4l.store.unsaved import Answer

        if self._kept is None:
            self._kept = self._new()
        self._kept.add(Answer(question, typed))
        self._used += 1

    def _begin(self) -> None:
        """Keep what the command line says, before the first question, if that is more than a name."""
        _, words, options = self._begun
        if len(" ".join(words).split()) > 1 or any(options.values()):
            self._kept = self._new()
            self._kept.begin()

    def _new(self) -> "Unsaved":
        from c4l.store.unsaved import Begun, Unsaved

        here, words, options = self._begun
        return Unsaved(here.store.path, Begun(here.today, list(words), options))

    def drop(self) -> None:
        """Forget all of it."""
        if self._kept:
            self._kept.drop()

    def close(self) -> None:
        """Keep it for the next command."""
        if self._kept:
            self._kept.close()
