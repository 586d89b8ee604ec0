"""What the shell offers when Tab is pressed inside a word."""

import typer

from c4l.cli.session import Look, session


def clients(context: typer.Context, incomplete: str) -> list[str]:
    """The handles of clients that the word can still become."""
    try:
        from c4l.actions.clients import handles

        with session(context.find_root().find_object(Look)) as here:
            return handles(here.store, incomplete, here.today)
    except Exception:
        # Here and only here: whatever is wrong, a message in the middle of the user's line would make it worse.
        return []
