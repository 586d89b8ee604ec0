"""What must be true after any fault: what was acknowledged is there, nothing is there by half, and all is whole."""

import sqlite3

from faults import steps
from faults.books import bad_backups, content, damage
from faults.place import Answer, Place
from faults.steps import Scene
from faults.tally import Tally


def judge(tally: Tally, place: Place, scene: Scene, *, done: bool, what: str) -> bool:
    """Open a book after a fault with the program itself, and hold what it holds against before and after the step.

    Args:
        done: whether the step had said that it was done.
        what: the fault, for people.

    Returns:
        Whether the step is done, said or not.
    """
    tally.trials += 1
    # The last step before this one was acknowledged, too; all others stand behind it.
    tally.acknowledged += done + bool(scene.book_before)
    what = f"{scene.name}: {what}"
    if place.book.exists():
        # It takes back what was cut off, as the next command of the user would.
        answered = place.ask("promises", "--json")
        if answered.code or answered.is_unforeseen:
            tally.damage(f"{what}: the next command says {answered}")
            return False
    if (found := damage(place.book)) is not None:
        tally.damage(f"{what}: {found}")
    for name in bad_backups(place.folder):
        tally.damage(f"{what}: the backup {name} is not whole")
    return _is_done(tally, place, scene, done, what)


def _is_done(tally: Tally, place: Place, scene: Scene, done: bool, what: str) -> bool:
    try:
        book, target = content(place.book), steps.held(place, scene.step)
    except sqlite3.DatabaseError as error:
        tally.damage(f"{what}: {error}")
        return False
    pairs = ((book, scene.book_before, scene.book_after), (target, scene.target_before, scene.target_after))
    if (scene.book_before and not book) or (done and any(now == before != after for now, before, after in pairs)):
        tally.lose(what)
        return False
    # A file that the step writes beside the book is there at once; between the two a step may be cut off.
    for now, before, after in pairs:
        if now != after and (done or now != before):
            tally.damage(f"{what}: half of it is there")
    return all(now == after for now, _, after in pairs)


def judge_answer(tally: Tally, answered: Answer, what: str) -> None:
    """See that a command that could not be done said so as it must."""
    tally.seen[f"exit {answered.code}"] += 1
    if answered.is_unforeseen or not (answered.code == 0 or answered.is_clear):
        tally.blame(f"{what}: {answered}")
