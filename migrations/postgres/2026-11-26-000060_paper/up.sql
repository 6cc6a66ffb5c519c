-- Bundles of forms on paper, typed by officers.
CREATE TABLE paper_batch (
    id BIGINT NOT NULL GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    round_id BIGINT NOT NULL REFERENCES round (id),
    -- as it is written on the cover: 1, 2, 3, … within the round
    number BIGINT NOT NULL,
    unit_id BIGINT NOT NULL REFERENCES unit (id),
    channel TEXT NOT NULL,
    version_id BIGINT NOT NULL REFERENCES questionnaire_version (id),
    -- the day the box was opened, UTC+7
    collected_on DATE NOT NULL,
    handed_out BIGINT NOT NULL,
    returned BIGINT NOT NULL,
    valid BIGINT NOT NULL,
    -- the seal of the box, in the officer's words
    seal TEXT NOT NULL,
    -- whether every form is typed a second time
    twice BOOLEAN NOT NULL,
    made_by BIGINT NOT NULL REFERENCES account (id),
    made_at TIMESTAMP NOT NULL,
    -- why the numbers differ, said when it was closed
    note TEXT NOT NULL DEFAULT '',
    -- from then on nothing of it changes, and its forms are sent
    closed_at TIMESTAMP,
    UNIQUE (round_id, number)
);
-- What was typed from one sheet, until it is sent: then both texts are emptied, and nothing leads to the form that was stored.
CREATE TABLE paper_form (
    batch_id BIGINT NOT NULL REFERENCES paper_batch (id),
    number BIGINT NOT NULL,
    -- what was typed, by question: a JSON object
    first TEXT NOT NULL,
    first_by BIGINT NOT NULL REFERENCES account (id),
    second TEXT NOT NULL DEFAULT '',
    second_by BIGINT REFERENCES account (id),
    -- both say the same
    settled_at TIMESTAMP,
    sent_at TIMESTAMP,
    -- sent, and not counted because there were enough
    turned_away BOOLEAN NOT NULL DEFAULT FALSE,
    PRIMARY KEY (batch_id, number)
);
