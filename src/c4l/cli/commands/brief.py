"""Before a call: `brief`."""

from c4l.cli import who
from c4l.cli.answer import answer
from c4l.cli.options import Who
from c4l.cli.session import session


def brief(client: Who) -> None:
    """Tell all about a client before a call, on one screen.

    c4l brief jane
    """
    from c4l.actions import brief as actions

    with session() as here:
        ref = who.one(here, client)
        answer("brief", actions.brief(here.store, ref, here.today, here.settings.thresholds))
