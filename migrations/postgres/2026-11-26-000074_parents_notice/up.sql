-- What parents are told before their children are asked.
CREATE TABLE parents_notice (
    round_id BIGINT NOT NULL PRIMARY KEY REFERENCES round (id),
    content TEXT NOT NULL,
    changed_at TIMESTAMP NOT NULL,
    changed_by BIGINT NOT NULL REFERENCES account (id)
);
