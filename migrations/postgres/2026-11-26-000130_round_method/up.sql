-- How a round's figures are worked out, where somebody decided; a round without a row has the usual rules.
CREATE TABLE round_method (
    round_id BIGINT NOT NULL PRIMARY KEY REFERENCES round (id) ON DELETE CASCADE,
    items TEXT NOT NULL,
    across TEXT NOT NULL,
    reach TEXT NOT NULL,
    above TEXT NOT NULL,
    percent_places TEXT NOT NULL,
    -- how the sample was drawn, in words; empty where none was
    basis TEXT NOT NULL,
    -- why it was changed after the figures were frozen; empty: it was not
    reason TEXT NOT NULL,
    changed_at TIMESTAMP NOT NULL,
    changed_by BIGINT NOT NULL REFERENCES account (id)
);
