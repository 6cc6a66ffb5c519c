-- Bundles of forms on paper, typed by officers.
CREATE TABLE paper_batch (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    round_id INTEGER NOT NULL REFERENCES round (id),
    -- as it is written on the cover: 1, 2, 3, … within the round
    number INTEGER NOT NULL,
    unit_id INTEGER NOT NULL REFERENCES unit (id),
    channel TEXT NOT NULL,
    version_id INTEGER NOT NULL REFERENCES questionnaire_version (id),
    -- the day the box was opened, UTC+7
    collected_on TEXT NOT NULL,
    handed_out INTEGER NOT NULL,
    returned INTEGER NOT NULL,
    valid INTEGER NOT NULL,
    -- the seal of the box, in the officer's words
    seal TEXT NOT NULL,
    -- whether every form is typed a second time
    twice INTEGER NOT NULL,
    made_by INTEGER NOT NULL REFERENCES account (id),
    made_at TEXT NOT NULL,
    -- why the numbers differ, said when it was closed
    note TEXT NOT NULL DEFAULT '',
    -- from then on nothing of it changes, and its forms are sent
    closed_at TEXT,
    UNIQUE (round_id, number)
) STRICT;
-- What was typed from one sheet, until it is sent: then both texts are emptied, and nothing leads to the form that was stored.
CREATE TABLE paper_form (
    batch_id INTEGER NOT NULL REFERENCES paper_batch (id),
    number INTEGER NOT NULL,
    -- what was typed, by question: a JSON object
    first TEXT NOT NULL,
    first_by INTEGER NOT NULL REFERENCES account (id),
    second TEXT NOT NULL DEFAULT '',
    second_by INTEGER REFERENCES account (id),
    -- both say the same
    settled_at TEXT,
    sent_at TEXT,
    -- sent, and not counted because there were enough
    turned_away INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (batch_id, number)
) STRICT;
