-- What answers are about. A round has at most 64 themes at a time, each with a place.
CREATE TABLE theme (
    id BIGINT NOT NULL GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    round_id BIGINT NOT NULL REFERENCES round (id) ON DELETE CASCADE,
    code TEXT NOT NULL,
    name TEXT NOT NULL,
    place BIGINT NOT NULL,
    made_by BIGINT NOT NULL REFERENCES account (id),
    made_at TIMESTAMP NOT NULL,
    -- set when it was put aside
    ended_at TIMESTAMP,
    UNIQUE (round_id, code),
    UNIQUE (round_id, place)
);

-- One application of a theme: somebody gave it to answers or took it from them, or made a rule.
CREATE TABLE coding (
    id BIGINT NOT NULL GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    round_id BIGINT NOT NULL REFERENCES round (id) ON DELETE CASCADE,
    theme_id BIGINT NOT NULL REFERENCES theme (id) ON DELETE CASCADE,
    -- given, or taken away by hand
    is_on BOOLEAN NOT NULL,
    -- words as JSON; empty: by hand
    rule TEXT,
    made_by BIGINT NOT NULL REFERENCES account (id),
    made_at TIMESTAMP NOT NULL,
    -- set when it was undone
    ended_at TIMESTAMP
);
CREATE INDEX coding_round ON coding (round_id);

-- The answers that an application is about. No times: when a rule took an answer would tell when its form came in.
CREATE TABLE coding_mark (
    round_id BIGINT NOT NULL,
    answer_id BIGINT NOT NULL,
    coding_id BIGINT NOT NULL REFERENCES coding (id) ON DELETE CASCADE,
    PRIMARY KEY (round_id, answer_id, coding_id),
    FOREIGN KEY (round_id, answer_id) REFERENCES open_answer (round_id, id) ON DELETE CASCADE
);
CREATE INDEX coding_mark_coding ON coding_mark (coding_id);

-- The answer that stands for a theme in reports, as a person made it ready for outsiders.
CREATE TABLE theme_example (
    theme_id BIGINT NOT NULL PRIMARY KEY REFERENCES theme (id) ON DELETE CASCADE,
    round_id BIGINT NOT NULL,
    answer_id BIGINT NOT NULL,
    text TEXT NOT NULL,
    chosen_by BIGINT NOT NULL REFERENCES account (id),
    chosen_at TIMESTAMP NOT NULL,
    FOREIGN KEY (round_id, answer_id) REFERENCES open_answer (round_id, id) ON DELETE CASCADE
);
CREATE INDEX theme_example_answer ON theme_example (round_id, answer_id);
