-- What answers are about. A round has at most 64 themes at a time, each with a place.
CREATE TABLE theme (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    round_id INTEGER NOT NULL REFERENCES round (id) ON DELETE CASCADE,
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    place INTEGER NOT NULL,
    made_by INTEGER NOT NULL REFERENCES account (id),
    made_at TEXT NOT NULL,
    -- set when it was put aside
    ended_at TEXT,
    UNIQUE (round_id, code),
    UNIQUE (round_id, place)
) STRICT;

-- One application of a theme: somebody gave it to answers or took it from them, or made a rule.
CREATE TABLE coding (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    round_id INTEGER NOT NULL REFERENCES round (id) ON DELETE CASCADE,
    theme_id INTEGER NOT NULL REFERENCES theme (id) ON DELETE CASCADE,
    -- given, or taken away by hand
    is_on INTEGER NOT NULL,
    -- words as JSON; empty: by hand
    rule TEXT,
    made_by INTEGER NOT NULL REFERENCES account (id),
    made_at TEXT NOT NULL,
    -- set when it was undone
    ended_at TEXT
) STRICT;
CREATE INDEX coding_round ON coding (round_id);

-- The answers that an application is about. No times: when a rule took an answer would tell when its form came in.
CREATE TABLE coding_mark (
    round_id INTEGER NOT NULL,
    answer_id INTEGER NOT NULL,
    coding_id INTEGER NOT NULL REFERENCES coding (id) ON DELETE CASCADE,
    PRIMARY KEY (round_id, answer_id, coding_id),
    FOREIGN KEY (round_id, answer_id) REFERENCES open_answer (round_id, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX coding_mark_coding ON coding_mark (coding_id);

-- The answer that stands for a theme in reports, as a person made it ready for outsiders.
CREATE TABLE theme_example (
    theme_id INTEGER NOT NULL PRIMARY KEY REFERENCES theme (id) ON DELETE CASCADE,
    round_id INTEGER NOT NULL,
    answer_id INTEGER NOT NULL,
    text TEXT NOT NULL,
    chosen_by INTEGER NOT NULL REFERENCES account (id),
    chosen_at TEXT NOT NULL,
    FOREIGN KEY (round_id, answer_id) REFERENCES open_answer (round_id, id) ON DELETE CASCADE
) STRICT;
CREATE INDEX theme_example_answer ON theme_example (round_id, answer_id);
