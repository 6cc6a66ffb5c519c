-- Recordings of an office's own questionnaires. Their names contain their hash, so a row never changes, and an earlier version of the
-- questionnaire that is brought back finds the recording that it had.
CREATE TABLE questionnaire_recording (
    draft_id BIGINT NOT NULL REFERENCES questionnaire_draft (id),
    name TEXT NOT NULL,
    mime TEXT NOT NULL,
    -- of the bytes: the file's name in addresses
    hash BYTEA NOT NULL,
    bytes BYTEA NOT NULL,
    added_at TIMESTAMP NOT NULL,
    PRIMARY KEY (draft_id, name)
);
CREATE INDEX questionnaire_recording_hash ON questionnaire_recording (hash);
