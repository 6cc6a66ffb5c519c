-- Imports of units, so that the last one can be taken back.
CREATE TABLE unit_import (
    id BIGINT NOT NULL GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    -- the office of whoever imported
    unit_id BIGINT NOT NULL REFERENCES unit (id),
    imported_at TIMESTAMP NOT NULL,
    -- units that it changed, as they were: a JSON list
    before TEXT NOT NULL,
    -- codes of units that it added: a JSON list
    added TEXT NOT NULL,
    undone_at TIMESTAMP
);
