"""A book that comes with what is first written into it: whole, or not at all, and never in place of another's."""

from contextlib import suppress
from pathlib import Path

import pytest

from c4l.domain.errors import Unusable
from c4l.domain.terms import Kind
from c4l.store import beginning, clients
from c4l.store.store import Changes, Store
from tests.domain.books import TODAY


def add(changes: Changes, name: str) -> None:
    clients.add(changes, name=name, kind=Kind.friend, added_on=TODAY)


def names(store: Store) -> list[str]:
    with store.reading() as tx:
        return [known.ref.name for known in clients.everybody(tx, TODAY)]


def test_it_is_there_with_what_was_written_and_for_the_user_alone(store: Store, path: Path) -> None:
    with beginning.writing(store, "import") as changes:
        add(changes, "Jane Doe")
        assert not path.exists()
    assert (names(store), store.wrote) == (["Jane Doe"], True)
    assert path.stat().st_mode & 0o777 == 0o600
    with beginning.writing(store, "import") as changes:
        add(changes, "Bob Stone")
    assert names(store) == ["Bob Stone", "Jane Doe"]


@pytest.mark.parametrize("keep_empty", [False, True])
def test_where_nothing_is_written_it_is_there_only_if_that_is_wished(
    store: Store, path: Path, keep_empty: bool
) -> None:
    with beginning.writing(store, "import", keep_empty=keep_empty):
        pass
    assert (path.exists(), store.wrote) == (keep_empty, False)


def test_what_fails_leaves_nothing(store: Store, path: Path) -> None:
    with suppress(ZeroDivisionError), beginning.writing(store, "import") as changes:
        add(changes, "Jane Doe")
        raise ZeroDivisionError
    assert list(path.parent.iterdir()) == []


def test_a_book_that_came_there_meanwhile_stays(store: Store, path: Path) -> None:
    begun = beginning.writing(store, "import")
    add(begun.__enter__(), "Jane Doe")
    with Store.open(path) as other, other.writing("log") as theirs:
        add(theirs, "Bob Stone")
    with pytest.raises(Unusable, match="File exists"):
        begun.__exit__(None, None, None)
    assert names(store) == ["Bob Stone"]
    assert list(path.parent.iterdir()) == [path]
