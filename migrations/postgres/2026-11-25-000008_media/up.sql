-- Files that a published version names, such as recordings of its questions. Like the version, they never change. They stand
-- here because instances share nothing but the database.
CREATE TABLE media (
    version_id BIGINT NOT NULL REFERENCES questionnaire_version (id),
    name TEXT NOT NULL,
    mime TEXT NOT NULL,
    -- of the bytes: the file's name in addresses
    hash BYTEA NOT NULL,
    bytes BYTEA NOT NULL,
    PRIMARY KEY (version_id, name)
);
CREATE INDEX media_hash ON media (hash);
