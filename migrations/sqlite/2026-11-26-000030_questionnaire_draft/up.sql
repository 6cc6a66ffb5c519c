-- Questionnaires that an office writes itself. A round asks a published copy (questionnaire_version), so these may change and go.
CREATE TABLE questionnaire_draft (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    owner_id INTEGER NOT NULL REFERENCES unit (id),
    -- published versions are counted by code, so no two offices have the same
    code TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL,
    -- the code of the official template whose items it keeps
    based_on TEXT,
    content TEXT NOT NULL,
    -- counts up with each change: whoever saves says what was changed
    revision INTEGER NOT NULL,
    changed_at TEXT NOT NULL,
    changed_by INTEGER NOT NULL REFERENCES account (id),
    archived_at TEXT
) STRICT;
CREATE INDEX questionnaire_draft_owner ON questionnaire_draft (owner_id);
-- Everything that was ever saved, the latest, too.
CREATE TABLE questionnaire_history (
    draft_id INTEGER NOT NULL REFERENCES questionnaire_draft (id),
    revision INTEGER NOT NULL,
    -- the revision whose content it brought back
    restores INTEGER,
    content TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    changed_by INTEGER NOT NULL REFERENCES account (id),
    PRIMARY KEY (draft_id, revision)
) STRICT;
