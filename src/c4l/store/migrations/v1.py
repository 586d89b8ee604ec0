"""Version 1: the first tables. Frozen: a book made by it must always be readable by what comes later."""

STATEMENTS = (
    """
    CREATE TABLE client (
        id INTEGER NOT NULL,
        name VARCHAR NOT NULL,
        name_key VARCHAR NOT NULL,
        handle VARCHAR NOT NULL,
        kind VARCHAR NOT NULL,
        organisation VARCHAR,
        role VARCHAR,
        cadence_days INTEGER,
        added_on DATE NOT NULL,
        since_on DATE,
        next_on DATE,
        snoozed_until_on DATE,
        PRIMARY KEY (id),
        UNIQUE (handle)
    )
    """,
    "CREATE INDEX ix_client_name_key ON client (name_key)",
    """
    CREATE TABLE counter (
        id INTEGER NOT NULL,
        name VARCHAR NOT NULL,
        next INTEGER NOT NULL,
        PRIMARY KEY (id),
        UNIQUE (name)
    )
    """,
    """
    CREATE TABLE entry (
        id INTEGER NOT NULL,
        at DATETIME NOT NULL,
        verb VARCHAR NOT NULL,
        undoes INTEGER,
        PRIMARY KEY (id),
        FOREIGN KEY(undoes) REFERENCES entry (id)
    )
    """,
    """
    CREATE TABLE interaction (
        id INTEGER NOT NULL,
        happened_on DATE NOT NULL,
        at_time TIME,
        channel VARCHAR NOT NULL,
        reached_out VARCHAR,
        minutes INTEGER,
        note VARCHAR NOT NULL,
        PRIMARY KEY (id)
    )
    """,
    "CREATE INDEX ix_interaction_happened_on ON interaction (happened_on)",
    """
    CREATE TABLE alias (
        id INTEGER NOT NULL,
        client_id INTEGER NOT NULL,
        name VARCHAR NOT NULL,
        name_key VARCHAR NOT NULL,
        PRIMARY KEY (id),
        FOREIGN KEY(client_id) REFERENCES client (id)
    )
    """,
    "CREATE INDEX ix_alias_client_id ON alias (client_id)",
    "CREATE INDEX ix_alias_name_key ON alias (name_key)",
    """
    CREATE TABLE archiving (
        id INTEGER NOT NULL,
        client_id INTEGER NOT NULL,
        start_on DATE NOT NULL,
        end_on DATE,
        PRIMARY KEY (id),
        FOREIGN KEY(client_id) REFERENCES client (id)
    )
    """,
    "CREATE INDEX archiving_by_client ON archiving (client_id, start_on, end_on)",
    """
    CREATE TABLE assessment (
        id INTEGER NOT NULL,
        client_id INTEGER NOT NULL,
        stated_on DATE NOT NULL,
        part VARCHAR NOT NULL,
        said VARCHAR,
        because VARCHAR,
        PRIMARY KEY (id),
        CONSTRAINT assessment_part CHECK (part IN ('stake', 'value', 'tier')),
        FOREIGN KEY(client_id) REFERENCES client (id)
    )
    """,
    "CREATE INDEX assessment_by_client ON assessment (client_id, stated_on)",
    "CREATE INDEX assessment_by_day ON assessment (stated_on)",
    """
    CREATE TABLE change (
        id INTEGER NOT NULL,
        entry_id INTEGER NOT NULL,
        table_name VARCHAR NOT NULL,
        first_id INTEGER NOT NULL,
        last_id INTEGER NOT NULL,
        "before" VARCHAR,
        digests BLOB,
        PRIMARY KEY (id),
        FOREIGN KEY(entry_id) REFERENCES entry (id)
    )
    """,
    "CREATE INDEX change_by_rows ON change (table_name, last_id, first_id)",
    "CREATE INDEX ix_change_entry_id ON change (entry_id)",
    """
    CREATE TABLE contact_point (
        id INTEGER NOT NULL,
        client_id INTEGER NOT NULL,
        kind VARCHAR NOT NULL,
        value VARCHAR NOT NULL,
        value_key VARCHAR NOT NULL,
        PRIMARY KEY (id),
        CONSTRAINT contact_point_kind CHECK (kind IN ('email', 'phone')),
        FOREIGN KEY(client_id) REFERENCES client (id)
    )
    """,
    "CREATE INDEX ix_contact_point_client_id ON contact_point (client_id)",
    "CREATE INDEX ix_contact_point_value_key ON contact_point (value_key)",
    """
    CREATE TABLE fact (
        id INTEGER NOT NULL,
        client_id INTEGER NOT NULL,
        interaction_id INTEGER,
        kind VARCHAR NOT NULL,
        text VARCHAR NOT NULL,
        learned_on DATE NOT NULL,
        reached_on DATE,
        outcome VARCHAR,
        PRIMARY KEY (id),
        FOREIGN KEY(client_id) REFERENCES client (id),
        FOREIGN KEY(interaction_id) REFERENCES interaction (id)
    )
    """,
    "CREATE INDEX ix_fact_client_id ON fact (client_id)",
    "CREATE INDEX ix_fact_interaction_id ON fact (interaction_id)",
    """
    CREATE TABLE key_date (
        id INTEGER NOT NULL,
        client_id INTEGER NOT NULL,
        label VARCHAR NOT NULL,
        month INTEGER NOT NULL,
        day INTEGER NOT NULL,
        year INTEGER,
        PRIMARY KEY (id),
        FOREIGN KEY(client_id) REFERENCES client (id)
    )
    """,
    "CREATE INDEX ix_key_date_client_id ON key_date (client_id)",
    "CREATE INDEX key_date_by_day ON key_date (month, day)",
    """
    CREATE TABLE participant (
        id INTEGER NOT NULL,
        interaction_id INTEGER NOT NULL,
        client_id INTEGER NOT NULL,
        happened_on DATE NOT NULL,
        asked BOOLEAN NOT NULL,
        minutes INTEGER NOT NULL,
        PRIMARY KEY (id),
        FOREIGN KEY(interaction_id) REFERENCES interaction (id),
        FOREIGN KEY(client_id) REFERENCES client (id)
    )
    """,
    "CREATE INDEX ix_participant_interaction_id ON participant (interaction_id)",
    "CREATE INDEX participant_by_client ON participant (client_id, happened_on, asked, minutes)",
    """
    CREATE TABLE promise (
        id INTEGER NOT NULL,
        client_id INTEGER NOT NULL,
        interaction_id INTEGER,
        owner VARCHAR NOT NULL,
        what VARCHAR NOT NULL,
        made_on DATE NOT NULL,
        first_due_on DATE,
        due_on DATE,
        state VARCHAR NOT NULL,
        closed_on DATE,
        PRIMARY KEY (id),
        CONSTRAINT promise_state CHECK (state IN ('open', 'kept', 'broken', 'released')),
        CONSTRAINT promise_owner CHECK (owner IN ('me', 'them')),
        FOREIGN KEY(client_id) REFERENCES client (id),
        FOREIGN KEY(interaction_id) REFERENCES interaction (id)
    )
    """,
    "CREATE INDEX ix_promise_interaction_id ON promise (interaction_id)",
    "CREATE INDEX promise_by_client ON promise (client_id, owner, closed_on, due_on, state, made_on)",
    "CREATE INDEX promise_open ON promise (due_on, id, owner) WHERE state = 'open'",
    """
    CREATE TABLE signal (
        id INTEGER NOT NULL,
        interaction_id INTEGER NOT NULL,
        client_id INTEGER NOT NULL,
        kind VARCHAR NOT NULL,
        seen_on DATE NOT NULL,
        note VARCHAR,
        PRIMARY KEY (id),
        FOREIGN KEY(interaction_id) REFERENCES interaction (id),
        FOREIGN KEY(client_id) REFERENCES client (id)
    )
    """,
    "CREATE INDEX ix_signal_interaction_id ON signal (interaction_id)",
    "CREATE INDEX signal_by_client ON signal (client_id, kind, seen_on)",
    "CREATE INDEX signal_by_day ON signal (seen_on, client_id, kind)",
    """
    CREATE TABLE source (
        id INTEGER NOT NULL,
        client_id INTEGER NOT NULL,
        uid VARCHAR NOT NULL,
        PRIMARY KEY (id),
        FOREIGN KEY(client_id) REFERENCES client (id)
    )
    """,
    "CREATE INDEX ix_source_client_id ON source (client_id)",
    "CREATE INDEX ix_source_uid ON source (uid)",
    """
    CREATE TABLE tag (
        id INTEGER NOT NULL,
        client_id INTEGER NOT NULL,
        name VARCHAR NOT NULL,
        name_key VARCHAR NOT NULL,
        PRIMARY KEY (id),
        FOREIGN KEY(client_id) REFERENCES client (id)
    )
    """,
    "CREATE INDEX ix_tag_client_id ON tag (client_id)",
    "CREATE INDEX ix_tag_name_key ON tag (name_key)",
    """
    CREATE TABLE promise_event (
        id INTEGER NOT NULL,
        promise_id INTEGER NOT NULL,
        verb VARCHAR NOT NULL,
        happened_on DATE NOT NULL,
        from_on DATE,
        to_on DATE,
        told BOOLEAN NOT NULL,
        because VARCHAR,
        "plan" VARCHAR,
        PRIMARY KEY (id),
        CONSTRAINT promise_event_verb CHECK (verb IN ('moved', 'kept', 'broken', 'released')),
        FOREIGN KEY(promise_id) REFERENCES promise (id)
    )
    """,
    "CREATE INDEX promise_event_by_promise ON promise_event (promise_id, verb, told, happened_on, from_on, to_on)",
    """
    INSERT INTO counter (name, next) VALUES
    ('alias', 1), ('archiving', 1), ('assessment', 1), ('client', 1),
    ('contact_point', 1), ('fact', 1), ('interaction', 1), ('key_date', 1),
    ('participant', 1), ('promise', 1), ('promise_event', 1), ('signal', 1),
    ('source', 1), ('tag', 1)
    """,
)
