"""How the words behind a command are read: as Typer does, but of answers that contradict each other none is taken."""

from collections.abc import Sequence
from typing import Any

# The parser that Typer carries within itself.
from typer._click.core import Context
from typer._click.core import Parameter as AnyParameter
from typer._click.exceptions import NoSuchOption
from typer._click.parser import _OptionParser, _ParsingState
from typer.core import TyperOption

from c4l.domain.errors import WrongUse

_ALL = {"store": "append", "store_const": "append_const"}
"""For what keeps the last answer to an option, what keeps all of them."""

_SAME = {"--on": "--as-of", "--as-of": "--on", "--due": "--by", "--date": "--on"}
"""What a day is called elsewhere: no spelling comes near to it."""


class Parser(_OptionParser):
    """Refuses two different answers to one option, and takes `-3` for a value: no option is a number."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._lenient = context.resilient_parsing
        self._answered_once: dict[str, TyperOption] = {}

    def add_option(
        self,
        obj: TyperOption,
        opts: Sequence[str],
        dest: str | None,
        action: str = "store",
        nargs: int = 1,
        const: Any | None = None,
    ) -> None:
        """Know an option; of one that takes a single answer, all that are given are kept until they were compared."""
        if action in _ALL and dest is not None:
            self._answered_once[dest] = obj
        super().add_option(obj, opts, dest, _ALL.get(action, action), nargs, const)

    def parse_args(self, args: list[str]) -> tuple[dict[str, Any], list[str], list[AnyParameter]]:
        """Read the words.

        Raises:
            WrongUse: if they answer an option in two ways.
        """
        read, rest, order = super().parse_args(args)
        for name in self._answered_once.keys() & read.keys():
            answers = read[name]
            if not self._lenient and any(answer != answers[0] for answer in answers):
                raise _contradiction(self._answered_once[name], answers)
            read[name] = answers[-1]
        return read, rest, order

    def _match_long_opt(self, opt: str, explicit_value: str | None, state: _ParsingState) -> None:
        meant = _SAME.get(opt)
        if opt not in self._long_opt and meant in self._long_opt:
            raise NoSuchOption(opt, possibilities=[meant], ctx=self.ctx)
        super()._match_long_opt(opt, explicit_value, state)

    def _process_opts(self, arg: str, state: _ParsingState) -> None:
        if arg[1].isdigit():
            state.largs.append(arg)
        else:
            super()._process_opts(arg, state)


def _contradiction(option: TyperOption, answers: Sequence[Any]) -> WrongUse:
    if option.is_flag:
        one, other = option.opts[0], option.secondary_opts[0]
        return WrongUse(f"{one} and {other} contradict each other", "give one of them")
    said = " and ".join(f"“{answer}”" for answer in dict.fromkeys(answers))
    return WrongUse(f"{max(option.opts, key=len)} is said to be {said}", "give it once")
