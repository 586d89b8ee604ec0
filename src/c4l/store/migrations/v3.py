"""Version 3: a seal on every entry of the journal, and which c4l wrote the book. Frozen, as every version.

Entries that are there already are sealed as they read, and the book is signed, when the statements have run.
"""

STATEMENTS = (
    "ALTER TABLE entry ADD COLUMN seal BIGINT DEFAULT 0 NOT NULL",
    """
    CREATE TABLE book (
        id INTEGER NOT NULL,
        written_by VARCHAR NOT NULL,
        digest BLOB NOT NULL,
        PRIMARY KEY (id)
    )
    """,
)
