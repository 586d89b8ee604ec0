"""Version 2: the index of words behind `c4l search`, and one of what was kept by due day. Frozen, as every version.

The index of words is contentless: it holds the words of texts, and never the texts. The domain parts and folds the
words of all scripts but ASCII, so that SQLite's simplest tokenizer is the right one.
"""

STATEMENTS = (
    "CREATE VIRTUAL TABLE search USING fts5(words, content='', columnsize=0, tokenize='ascii')",
    # So many bytes are gathered before they are written: a large import takes a third less time.
    "INSERT INTO search (search, rank) VALUES ('hashsize', 8000000)",
    "CREATE INDEX promise_kept ON promise (due_on, closed_on) WHERE state = 'kept' AND owner = 'me'",
)
