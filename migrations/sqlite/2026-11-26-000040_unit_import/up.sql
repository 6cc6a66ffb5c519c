-- Imports of units, so that the last one can be taken back.
CREATE TABLE unit_import (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    -- the office of whoever imported
    unit_id INTEGER NOT NULL REFERENCES unit (id),
    imported_at TEXT NOT NULL,
    -- units that it changed, as they were: a JSON list
    before TEXT NOT NULL,
    -- codes of units that it added: a JSON list
    added TEXT NOT NULL,
    undone_at TEXT
) STRICT;
