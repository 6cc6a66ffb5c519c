-- The cross-tables that somebody chose to be published with the closing release of a round.
CREATE TABLE release_table (
    round_id BIGINT NOT NULL REFERENCES round (id) ON DELETE CASCADE,
    version_id BIGINT NOT NULL REFERENCES questionnaire_version (id),
    -- what makes the rows: unit, level, channel, or the code of a question
    by_code TEXT NOT NULL,
    -- the question whose answers are the columns
    question TEXT NOT NULL,
    chosen_at TIMESTAMP NOT NULL,
    chosen_by BIGINT NOT NULL REFERENCES account (id),
    PRIMARY KEY (round_id, version_id, by_code, question)
);
