-- A book of version 1, as c4l 0.1 wrote it. Frozen: what was written then must be readable for ever.
PRAGMA application_id = 1664379937;
PRAGMA user_version = 1;
BEGIN TRANSACTION;
CREATE TABLE alias (
        id INTEGER NOT NULL,
        client_id INTEGER NOT NULL,
        name VARCHAR NOT NULL,
        name_key VARCHAR NOT NULL,
        PRIMARY KEY (id),
        FOREIGN KEY(client_id) REFERENCES client (id)
    );
INSERT INTO "alias" VALUES(1,1,'Zo','zo');
CREATE TABLE archiving (
        id INTEGER NOT NULL,
        client_id INTEGER NOT NULL,
        start_on DATE NOT NULL,
        end_on DATE,
        PRIMARY KEY (id),
        FOREIGN KEY(client_id) REFERENCES client (id)
    );
INSERT INTO "archiving" VALUES(1,4,'2026-11-22',NULL);
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
    );
INSERT INTO "assessment" VALUES(1,1,'2026-11-22','stake','high','they renewed twice');
INSERT INTO "assessment" VALUES(2,1,'2026-11-22','value','120000','they renewed twice');
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
    );
INSERT INTO "change" VALUES(1,1,'client',1,1,NULL,X'5A7DA993');
INSERT INTO "change" VALUES(2,1,'alias',1,1,NULL,X'589AED9E');
INSERT INTO "change" VALUES(3,1,'contact_point',1,1,NULL,X'5E195E0D');
INSERT INTO "change" VALUES(4,1,'tag',1,1,NULL,X'7FF52A91');
INSERT INTO "change" VALUES(5,2,'interaction',1,1,NULL,X'6C4E823E');
INSERT INTO "change" VALUES(6,2,'participant',1,1,NULL,X'A082C831');
INSERT INTO "change" VALUES(7,2,'signal',1,1,NULL,X'5F99252F');
INSERT INTO "change" VALUES(8,2,'fact',1,1,NULL,X'D49C85D1');
INSERT INTO "change" VALUES(9,2,'promise',1,1,NULL,X'45DFB6F0');
INSERT INTO "change" VALUES(10,2,'promise',2,2,NULL,X'E48318D9');
INSERT INTO "change" VALUES(11,3,'client',2,2,NULL,X'8CD13D0E');
INSERT INTO "change" VALUES(12,3,'interaction',2,2,NULL,X'321C1329');
INSERT INTO "change" VALUES(13,3,'participant',2,2,NULL,X'3B1392AD');
INSERT INTO "change" VALUES(14,4,'client',3,3,NULL,X'9E4CF9E8');
INSERT INTO "change" VALUES(15,4,'interaction',3,3,NULL,X'8316FFF5');
INSERT INTO "change" VALUES(16,4,'participant',3,3,NULL,X'B3D193B4');
INSERT INTO "change" VALUES(17,4,'participant',4,4,NULL,X'4807D24F');
INSERT INTO "change" VALUES(18,4,'signal',2,2,NULL,X'D6B02DB7');
INSERT INTO "change" VALUES(19,5,'promise_event',1,1,NULL,X'29684794');
INSERT INTO "change" VALUES(20,5,'promise',1,1,'[[1,1,1,"me","send the deck","2026-11-02","2026-11-20","2026-11-20","open",null]]',X'DEDEB9EA');
INSERT INTO "change" VALUES(21,5,'promise_event',1,1,'[[1,1,"moved","2026-11-19",null,"2026-11-27",1,"legal asked for a review","first half on Monday"]]',X'1EBB2356');
INSERT INTO "change" VALUES(22,6,'promise_event',2,2,NULL,X'8C33FC62');
INSERT INTO "change" VALUES(23,6,'promise',2,2,'[[2,1,1,"them","purchase order","2026-11-02","2026-12-01","2026-12-01","open",null]]',X'825DBAEF');
INSERT INTO "change" VALUES(24,7,'assessment',1,1,NULL,X'D4A26900');
INSERT INTO "change" VALUES(25,7,'assessment',2,2,NULL,X'1FF85E9D');
INSERT INTO "change" VALUES(26,8,'client',4,4,NULL,X'209F06F5');
INSERT INTO "change" VALUES(27,9,'archiving',1,1,NULL,X'B76A2FF6');
INSERT INTO "change" VALUES(28,10,'client',5,5,NULL,X'6AEC54A6');
INSERT INTO "change" VALUES(29,10,'contact_point',2,2,NULL,X'CD8FAC4B');
INSERT INTO "change" VALUES(30,10,'fact',2,2,NULL,X'92568FCE');
INSERT INTO "change" VALUES(31,10,'key_date',1,1,NULL,X'057F7F30');
INSERT INTO "change" VALUES(32,10,'source',1,1,NULL,X'3FEB13A2');
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
    );
INSERT INTO "client" VALUES(1,'Zoë Nádir','zoe nadir','zoe-nadir','customer','Café Müller','buyer',NULL,'2026-11-22',NULL,NULL,NULL);
INSERT INTO "client" VALUES(2,'山田 花子','山田 花子','山田-花子','customer',NULL,NULL,NULL,'2026-11-22',NULL,NULL,NULL);
INSERT INTO "client" VALUES(3,'Jane Doe','jane doe','jane-doe','customer',NULL,NULL,NULL,'2026-11-22',NULL,NULL,NULL);
INSERT INTO "client" VALUES(4,'Bob Stone','bob stone','bob-stone','friend',NULL,NULL,NULL,'2026-11-22',NULL,NULL,NULL);
INSERT INTO "client" VALUES(5,'Mei Ng','mei ng','mei-ng','customer',NULL,NULL,NULL,'2026-11-22',NULL,NULL,NULL);
CREATE TABLE contact_point (
        id INTEGER NOT NULL,
        client_id INTEGER NOT NULL,
        kind VARCHAR NOT NULL,
        value VARCHAR NOT NULL,
        value_key VARCHAR NOT NULL,
        PRIMARY KEY (id),
        CONSTRAINT contact_point_kind CHECK (kind IN ('email', 'phone')),
        FOREIGN KEY(client_id) REFERENCES client (id)
    );
INSERT INTO "contact_point" VALUES(1,1,'email','zoe@cafe.example','zoe@cafe.example');
INSERT INTO "contact_point" VALUES(2,5,'email','mei@example.test','mei@example.test');
CREATE TABLE counter (
        id INTEGER NOT NULL,
        name VARCHAR NOT NULL,
        next INTEGER NOT NULL,
        PRIMARY KEY (id),
        UNIQUE (name)
    );
INSERT INTO "counter" VALUES(1,'alias',2);
INSERT INTO "counter" VALUES(2,'archiving',2);
INSERT INTO "counter" VALUES(3,'assessment',3);
INSERT INTO "counter" VALUES(4,'client',6);
INSERT INTO "counter" VALUES(5,'contact_point',3);
INSERT INTO "counter" VALUES(6,'fact',3);
INSERT INTO "counter" VALUES(7,'interaction',4);
INSERT INTO "counter" VALUES(8,'key_date',2);
INSERT INTO "counter" VALUES(9,'participant',5);
INSERT INTO "counter" VALUES(10,'promise',3);
INSERT INTO "counter" VALUES(11,'promise_event',3);
INSERT INTO "counter" VALUES(12,'signal',3);
INSERT INTO "counter" VALUES(13,'source',2);
INSERT INTO "counter" VALUES(14,'tag',2);
CREATE TABLE entry (
        id INTEGER NOT NULL,
        at DATETIME NOT NULL,
        verb VARCHAR NOT NULL,
        undoes INTEGER,
        PRIMARY KEY (id),
        FOREIGN KEY(undoes) REFERENCES entry (id)
    );
INSERT INTO "entry" VALUES(1,'2026-11-22 06:17:57.332112+00:00','client add',NULL);
INSERT INTO "entry" VALUES(2,'2026-11-22 06:17:57.440318+00:00','log',NULL);
INSERT INTO "entry" VALUES(3,'2026-11-22 06:17:57.560982+00:00','log',NULL);
INSERT INTO "entry" VALUES(4,'2026-11-22 06:17:57.686818+00:00','log',NULL);
INSERT INTO "entry" VALUES(5,'2026-11-22 06:17:57.816010+00:00','move',NULL);
INSERT INTO "entry" VALUES(6,'2026-11-22 06:17:57.935017+00:00','keep',NULL);
INSERT INTO "entry" VALUES(7,'2026-11-22 06:17:58.084077+00:00','assess',NULL);
INSERT INTO "entry" VALUES(8,'2026-11-22 06:17:58.182910+00:00','client add',NULL);
INSERT INTO "entry" VALUES(9,'2026-11-22 06:17:58.280242+00:00','client archive',NULL);
INSERT INTO "entry" VALUES(10,'2026-11-22 06:17:58.396838+00:00','import',NULL);
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
    );
INSERT INTO "fact" VALUES(1,1,1,'goal','one vendor instead of three','2026-11-02',NULL,NULL);
INSERT INTO "fact" VALUES(2,5,NULL,'background','likes tea','2026-11-22',NULL,NULL);
CREATE TABLE interaction (
        id INTEGER NOT NULL,
        happened_on DATE NOT NULL,
        at_time TIME,
        channel VARCHAR NOT NULL,
        reached_out VARCHAR,
        minutes INTEGER,
        note VARCHAR NOT NULL,
        PRIMARY KEY (id)
    );
INSERT INTO "interaction" VALUES(1,'2026-11-02',NULL,'call',NULL,NULL,'walked through the café terrace');
INSERT INTO "interaction" VALUES(2,'2026-11-10',NULL,'call',NULL,NULL,'契約書の草案を送る');
INSERT INTO "interaction" VALUES(3,'2026-11-22',NULL,'call',NULL,NULL,'asked us before choosing');
CREATE TABLE key_date (
        id INTEGER NOT NULL,
        client_id INTEGER NOT NULL,
        label VARCHAR NOT NULL,
        month INTEGER NOT NULL,
        day INTEGER NOT NULL,
        year INTEGER,
        PRIMARY KEY (id),
        FOREIGN KEY(client_id) REFERENCES client (id)
    );
INSERT INTO "key_date" VALUES(1,5,'birthday',12,1,NULL);
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
    );
INSERT INTO "participant" VALUES(1,1,1,'2026-11-02',1,15);
INSERT INTO "participant" VALUES(2,2,2,'2026-11-10',1,15);
INSERT INTO "participant" VALUES(3,3,3,'2026-11-22',1,15);
INSERT INTO "participant" VALUES(4,3,1,'2026-11-22',1,15);
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
    );
INSERT INTO "promise" VALUES(1,1,1,'me','send the deck','2026-11-02','2026-11-20','2026-11-27','open',NULL);
INSERT INTO "promise" VALUES(2,1,1,'them','purchase order','2026-11-02','2026-12-01','2026-12-01','kept','2026-11-22');
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
    );
INSERT INTO "promise_event" VALUES(1,1,'moved','2026-11-19','2026-11-20','2026-11-27',1,'legal asked for a review','first half on Monday');
INSERT INTO "promise_event" VALUES(2,2,'kept','2026-11-22',NULL,NULL,0,NULL,NULL);
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
    );
INSERT INTO "signal" VALUES(1,1,1,'door','2026-11-02','introduced us to their CFO');
INSERT INTO "signal" VALUES(2,3,3,'consulted','2026-11-22',NULL);
CREATE TABLE source (
        id INTEGER NOT NULL,
        client_id INTEGER NOT NULL,
        uid VARCHAR NOT NULL,
        PRIMARY KEY (id),
        FOREIGN KEY(client_id) REFERENCES client (id)
    );
INSERT INTO "source" VALUES(1,5,'c4l:9dff86f8ee581d952ebb162c');
CREATE TABLE tag (
        id INTEGER NOT NULL,
        client_id INTEGER NOT NULL,
        name VARCHAR NOT NULL,
        name_key VARCHAR NOT NULL,
        PRIMARY KEY (id),
        FOREIGN KEY(client_id) REFERENCES client (id)
    );
INSERT INTO "tag" VALUES(1,1,'tea','tea');
CREATE INDEX ix_client_name_key ON client (name_key);
CREATE INDEX ix_interaction_happened_on ON interaction (happened_on);
CREATE INDEX ix_alias_client_id ON alias (client_id);
CREATE INDEX ix_alias_name_key ON alias (name_key);
CREATE INDEX archiving_by_client ON archiving (client_id, start_on, end_on);
CREATE INDEX assessment_by_client ON assessment (client_id, stated_on);
CREATE INDEX assessment_by_day ON assessment (stated_on);
CREATE INDEX change_by_rows ON change (table_name, last_id, first_id);
CREATE INDEX ix_change_entry_id ON change (entry_id);
CREATE INDEX ix_contact_point_client_id ON contact_point (client_id);
CREATE INDEX ix_contact_point_value_key ON contact_point (value_key);
CREATE INDEX ix_fact_client_id ON fact (client_id);
CREATE INDEX ix_fact_interaction_id ON fact (interaction_id);
CREATE INDEX ix_key_date_client_id ON key_date (client_id);
CREATE INDEX key_date_by_day ON key_date (month, day);
CREATE INDEX ix_participant_interaction_id ON participant (interaction_id);
CREATE INDEX participant_by_client ON participant (client_id, happened_on, asked, minutes);
CREATE INDEX ix_promise_interaction_id ON promise (interaction_id);
CREATE INDEX promise_by_client ON promise (client_id, owner, closed_on, due_on, state, made_on);
CREATE INDEX promise_open ON promise (due_on, id, owner) WHERE state = 'open';
CREATE INDEX ix_signal_interaction_id ON signal (interaction_id);
CREATE INDEX signal_by_client ON signal (client_id, kind, seen_on);
CREATE INDEX signal_by_day ON signal (seen_on, client_id, kind);
CREATE INDEX ix_source_client_id ON source (client_id);
CREATE INDEX ix_source_uid ON source (uid);
CREATE INDEX ix_tag_client_id ON tag (client_id);
CREATE INDEX ix_tag_name_key ON tag (name_key);
CREATE INDEX promise_event_by_promise ON promise_event (promise_id, verb, told, happened_on, from_on, to_on);
COMMIT;
