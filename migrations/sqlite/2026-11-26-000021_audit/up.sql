-- What people did, for those who look after them. Nothing about answers, and no names but those of accounts.
CREATE TABLE audit (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    at TEXT NOT NULL,
    -- empty: the command line
    account_id INTEGER REFERENCES account (id),
    -- the unit that it is about
    unit_id INTEGER NOT NULL REFERENCES unit (id),
    action TEXT NOT NULL,
    subject TEXT NOT NULL,
    detail TEXT NOT NULL
) STRICT;
CREATE INDEX audit_unit ON audit (unit_id, id);

-- what was written stays
CREATE TRIGGER audit_kept BEFORE UPDATE ON audit BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
CREATE TRIGGER audit_not_deleted BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
