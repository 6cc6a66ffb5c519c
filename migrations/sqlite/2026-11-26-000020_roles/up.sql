-- What somebody is trusted with, on a unit and everything below it.
CREATE TABLE account_role (
    account_id INTEGER NOT NULL REFERENCES account (id),
    role TEXT NOT NULL,
    unit_id INTEGER NOT NULL REFERENCES unit (id),
    granted_at TEXT NOT NULL,
    -- empty: from the command line
    granted_by INTEGER REFERENCES account (id),
    PRIMARY KEY (account_id, role, unit_id)
) STRICT;

-- Who was here before keeps what followed from the kind of the unit.
INSERT INTO account_role (account_id, role, unit_id, granted_at)
SELECT account.id, usual.role, account.unit_id, account.created_at
FROM account
JOIN unit ON unit.id = account.unit_id
JOIN (
    SELECT 'office' AS kind, 'quan_tri' AS role
    UNION ALL SELECT 'office', 'chu_tri'
    UNION ALL SELECT 'office', 'soan_phieu'
    UNION ALL SELECT 'office', 'duyet'
    UNION ALL SELECT 'office', 'xu_ly'
    UNION ALL SELECT 'office', 'phan_tich'
    UNION ALL SELECT 'truong', 'dau_moi'
    UNION ALL SELECT 'mat_tran', 'giam_sat'
) AS usual ON usual.kind = CASE WHEN unit.kind IN ('truong', 'mat_tran') THEN unit.kind ELSE 'office' END;

-- empty: never
ALTER TABLE account ADD COLUMN signed_in_at TEXT;
