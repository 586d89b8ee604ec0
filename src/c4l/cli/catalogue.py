"""How a row of the table becomes a command when it is asked for, with the shared options and its page of help."""

import sys
from collections.abc import Iterable, Iterator, Mapping
from importlib import import_module
from typing import Any, cast

import typer

# The types of the parser that Typer carries within itself.
from typer._click.core import Command as AnyCommand
from typer._click.core import Context, Parameter
from typer._click.formatting import HelpFormatter
from typer._click.shell_completion import CompletionItem
from typer.core import TyperArgument, TyperCommand, TyperGroup, TyperOption

from c4l.cli.parser import Parser
from c4l.cli.session import Look
from c4l.cli.table import ALIASES, ALONE, GROUPS, Row
from c4l.domain.errors import WrongUse


def _keep(context: Context, option: Parameter, value: object) -> None:
    """Remember a shared option that was given, whichever side of the sub-command it stood on."""
    if value and option.name:
        setattr(context.find_root().ensure_object(Look), option.name, value)


_SHARED: tuple[TyperOption, ...] = tuple(
    TyperOption(
        param_decls=[flag],
        is_flag=metavar is None,
        metavar=metavar,
        help=help,
        expose_value=False,
        callback=_keep,
        rich_help_panel="For every command",
    )
    for flag, metavar, help in (
        ("--json", None, "Answer as JSON."),
        ("--plain", None, "Answer with one record a line, cells set apart by tabs."),
        ("--database", "FILE", "Use this book instead of your own."),
    )
)


class Catalogue(Mapping[str, AnyCommand]):
    """Commands by name, each imported and built when it is asked for: start-up pays for one."""

    def __init__(self, table: Mapping[str, Row], prefix: str = "") -> None:
        """`prefix` is the group whose commands these are, with a blank behind it."""
        self._table = table
        self._prefix = prefix
        self._names = dict.fromkeys(key[len(prefix) :].split()[0] for key in table if key.startswith(prefix))
        self._built: dict[str, AnyCommand] = {}

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)

    def __contains__(self, name: object) -> bool:
        return name in self._names

    def __getitem__(self, name: str) -> AnyCommand:
        if name not in self._names:
            raise KeyError(name)
        if name not in self._built:
            self._built[name] = self._build(name)
        return self._built[name]

    def _build(self, name: str) -> AnyCommand:
        row = self._table.get(self._prefix + name)
        if row is None:
            within = Catalogue(self._table, f"{self._prefix}{name} ")
            first = next(row for key, row in self._table.items() if key.startswith(within._prefix))
            return Group(within, name=name, help=GROUPS.get(name), panel=first.panel, alone=ALONE.get(name))
        module, _, function = row.target.partition(":")
        one = typer.Typer(add_completion=False, rich_markup_mode=None)
        one.command(name, cls=Command, rich_help_panel=row.panel)(getattr(import_module(module), function))
        return typer.main.get_command(one)

    def nearest(self, word: str) -> list[str]:
        """What somebody may have meant who typed this for a command: the likeliest first, at most three."""
        from difflib import get_close_matches

        close = get_close_matches(word, [*self, *ALIASES], n=3)
        within_groups = [key for key in self._table if key.startswith(self._prefix) and key.endswith(f" {word}")]
        return list(dict.fromkeys([*within_groups, *(ALIASES.get(name, name) for name in close)]))[:3]


class _Base(AnyCommand):
    """What commands and groups share: one way to read words, and a page of help, which is prose under `--json`, too."""

    def make_parser(self, ctx: Context) -> Parser:
        """The parser, which knows all that can be given."""
        parser = Parser(ctx)
        for parameter in self.get_params(ctx):
            parameter.add_to_parser(parser, ctx)
        return parser

    def format_help(self, ctx: Context, formatter: HelpFormatter) -> None:
        """Show the page, in panels where a terminal shows them."""
        _choose_help(cast(TyperCommand | TyperGroup, self))
        super().format_help(ctx, formatter)

    def format_help_text(self, ctx: Context, formatter: HelpFormatter) -> None:
        """Write the prose of a plain page."""
        _write_prose(self.help, formatter)


class Command(_Base, TyperCommand):
    """A command with the shared options."""

    def __init__(self, name: str | None, *, params: list[Parameter] | None = None, **rest: Any) -> None:
        super().__init__(name, params=[*(params or ()), *_SHARED], **rest)
        self.help = _flowing(self.help)
        self.short_help = self.short_help or _first_line(self.help)

    def collect_usage_pieces(self, ctx: Context) -> list[str]:
        """Name what must be given without Typer's braces, which no manual page has."""
        return [piece.strip("{}") for piece in super().collect_usage_pieces(ctx)]

    def format_options(self, ctx: Context, formatter: HelpFormatter) -> None:
        """Write what can be given, on a plain page."""
        _write_parameters(self.get_params(ctx), ctx, formatter)


class Group(_Base, TyperGroup):
    """Commands under one name, with the shared options; alone, it runs one of them, or shows its help."""

    def __init__(
        self,
        catalogue: Catalogue,
        *,
        name: str,
        help: str | None,
        panel: str | None = None,
        params: Iterable[Parameter] = (),
        alone: str | None = None,
        **rest: Any,
    ) -> None:
        """`alone` is the command that runs where none is named; where there is no such command, help is shown."""
        super().__init__(
            name=name, help=help, rich_help_panel=panel, params=[*params, *_SHARED], rich_markup_mode=None, **rest
        )
        self.short_help = _first_line(help)
        self.catalogue = catalogue
        self.alone = alone if alone in catalogue else None
        self.commands = cast(Any, catalogue)

    def list_commands(self, ctx: Context) -> list[str]:
        """The names, without building what they stand for."""
        return list(self.catalogue)

    def get_command(self, ctx: Context, cmd_name: str) -> AnyCommand | None:
        """The command of a name, unless there is none; a KeyError within its module is not hidden."""
        if cmd_name not in self.catalogue:
            return None
        return self.catalogue[cmd_name]

    def parse_args(self, ctx: Context, args: list[str]) -> list[str]:
        """Read the words; where they name no command, as if one, or help, had been asked for."""
        if ctx.resilient_parsing:
            return super().parse_args(ctx, args)
        rest = super().parse_args(ctx, self._with_command(ctx, args) or ([] if self.alone else ["--help"]))
        if self.alone and not ctx._protected_args:
            ctx._protected_args = [self.alone]
        return rest

    def _with_command(self, ctx: Context, args: list[str]) -> list[str]:
        """The words with the command that runs alone before the first option that only it knows: `c4l --limit 0`."""
        mine, place = _options(self.get_params(ctx)), 0
        while self.alone and place < len(args) and args[place].startswith("-"):
            name, given, _ = args[place].partition("=")
            if name not in mine:
                known = name in _options(self.catalogue[self.alone].params)
                return [*args[:place], self.alone, *args[place:]] if known else args
            place += 1 if given or mine[name].is_flag else 2
        return args

    def resolve_command(self, ctx: Context, args: list[str]) -> tuple[str | None, AnyCommand | None, list[str]]:
        """Find the command that the first word means.

        Raises:
            WrongUse: if there is none; the hint names the nearest.
        """
        word, *rest = args
        name = word if word in self.catalogue else ALIASES.get(word, word)
        command = self.get_command(ctx, name)
        if command is not None or ctx.resilient_parsing:
            return name if command else None, command, rest
        path = ctx.command_path
        if near := self.catalogue.nearest(word):
            hint = f"did you mean {' or '.join(f'{path} {name}' for name in near)}?"
        else:
            hint = f"{path} --help lists the commands"
        raise WrongUse(f"there is no command {path} {word}", hint)

    def shell_complete(self, ctx: Context, incomplete: str) -> list[CompletionItem]:
        """Offer names without help text: that would import every command."""
        if incomplete.startswith("-"):
            return super().shell_complete(ctx, incomplete)
        return [CompletionItem(name) for name in self.catalogue if name.startswith(incomplete)]

    def format_options(self, ctx: Context, formatter: HelpFormatter) -> None:
        """Write what can be given and the commands, on a plain page."""
        _write_parameters(self.get_params(ctx), ctx, formatter)
        panels: dict[str, list[tuple[str, str]]] = {}
        wide = max(map(len, self.catalogue))
        for name in self.catalogue:
            command = cast(TyperCommand | TyperGroup, self.catalogue[name])
            row = (f"{name:<{wide}}", command.short_help or "")
            panels.setdefault(command.rich_help_panel or "Commands", []).append(row)
        _write_panels(panels, formatter)


def _options(parameters: Iterable[Parameter]) -> dict[str, TyperOption]:
    """Options by all that they are called."""
    options = [each for each in parameters if isinstance(each, TyperOption)]
    return {name: each for each in options for name in (*each.opts, *each.secondary_opts)}


def _flowing(prose: str | None) -> str | None:
    """Help with each paragraph on one line, to be wrapped where it is shown; examples are indented and stay whole."""
    if prose is None:
        return None
    return "\n\n".join(_flown(part) for part in prose.split("\n\n"))


def _flown(part: str) -> str:
    if part.startswith("c4l "):
        return "\n".join(f"    {line}" for line in part.splitlines())
    return part if part.startswith(" ") else part.replace("\n", " ")


def _first_line(prose: str | None) -> str | None:
    return prose.partition("\n")[0] if prose else None


def _choose_help(command: TyperCommand | TyperGroup) -> None:
    """Panels on a terminal, where the time to import Rich is not noticed; plain text everywhere else."""
    if not sys.stdout.isatty():
        command.rich_markup_mode = None
        return
    from c4l.render.terminal import unmarked, with_examples

    # The only mode that keeps examples as they are reads markup, and `[--by DAY]` is none.
    command.rich_markup_mode = "rich"
    command.help = with_examples(command.help or "")
    if isinstance(command, Group):
        for each in command.catalogue.values():
            each.short_help = unmarked(each.short_help or "")
    for parameter in command.params:
        if isinstance(parameter, TyperOption | TyperArgument):
            parameter.help = unmarked(parameter.help or "")


def _write_prose(prose: str | None, formatter: HelpFormatter) -> None:
    for part in (prose or "").split("\n\n"):
        formatter.write_paragraph()
        with formatter.indentation():
            # \b keeps the lines of an example apart.
            formatter.write_text(f"\b\n{part}" if part.startswith(" ") else part)


def _write_parameters(parameters: Iterable[Parameter], context: Context, formatter: HelpFormatter) -> None:
    panels: dict[str, list[tuple[str, str]]] = {"Arguments": [], "Options": []}
    for parameter in parameters:
        usual = "Options" if isinstance(parameter, TyperOption) else "Arguments"
        panel = getattr(parameter, "rich_help_panel", None) or usual
        if record := parameter.get_help_record(context):
            panels.setdefault(panel, []).append(record)
    _write_panels(panels, formatter)


def _write_panels(panels: Mapping[str, list[tuple[str, str]]], formatter: HelpFormatter) -> None:
    for panel, rows in panels.items():
        if rows:
            with formatter.section(panel):
                formatter.write_dl(rows)
