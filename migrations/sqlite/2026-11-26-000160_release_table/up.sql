-- The cross-tables that somebody chose to be published with the closing release of a round.
CREATE TABLE release_table (
    round_id INTEGER NOT NULL REFERENCES round (id) ON DELETE CASCADE,
    version_id INTEGER NOT NULL REFERENCES questionnaire_version (id),
    -- what makes the rows: unit, level, channel, or the code of a question
    by_code TEXT NOT NULL,
    -- the question whose answers are the columns
    question TEXT NOT NULL,
    chosen_at TEXT NOT NULL,
    chosen_by INTEGER NOT NULL REFERENCES account (id),
    PRIMARY KEY (round_id, version_id, by_code, question)
) STRICT, WITHOUT ROWID;
