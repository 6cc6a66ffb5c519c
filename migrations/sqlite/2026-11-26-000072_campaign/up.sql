-- A plan to ask, as it was issued on paper, and the rounds that carry it out. Rounds without one are as before.
CREATE TABLE campaign (
    id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    owner_id INTEGER NOT NULL REFERENCES unit (id),
    title TEXT NOT NULL,
    -- empty: not issued yet
    plan_number TEXT NOT NULL,
    plan_date TEXT,
    legal_basis TEXT NOT NULL,
    partners TEXT NOT NULL,
    purpose TEXT NOT NULL,
    -- for how many months after closing forms are kept
    kept_months INTEGER NOT NULL,
    contact TEXT NOT NULL,
    -- the campaign of an earlier year that it was made from
    cloned_from INTEGER REFERENCES campaign (id),
    changed_at TEXT NOT NULL,
    changed_by INTEGER NOT NULL REFERENCES account (id)
) STRICT;
CREATE INDEX campaign_owner ON campaign (owner_id);

-- The questionnaires that the plan names, by code.
CREATE TABLE campaign_questionnaire (
    campaign_id INTEGER NOT NULL REFERENCES campaign (id),
    code TEXT NOT NULL,
    PRIMARY KEY (campaign_id, code)
) STRICT;

CREATE TABLE campaign_round (
    round_id INTEGER NOT NULL PRIMARY KEY REFERENCES round (id),
    campaign_id INTEGER NOT NULL REFERENCES campaign (id)
) STRICT;
CREATE INDEX campaign_round_campaign ON campaign_round (campaign_id);

-- How often one audience of one school may be asked in a term, for a unit and everything below it without a row of its own.
CREATE TABLE contact_limit (
    unit_id INTEGER NOT NULL PRIMARY KEY REFERENCES unit (id),
    most INTEGER NOT NULL,
    changed_at TEXT NOT NULL,
    changed_by INTEGER NOT NULL REFERENCES account (id)
) STRICT;
