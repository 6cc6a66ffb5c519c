-- Whose contacts were reminded of a round on which day, in Việt Nam: once a day is enough.
CREATE TABLE head_reminder (
    round_id BIGINT NOT NULL REFERENCES round (id) ON DELETE CASCADE,
    unit_id BIGINT NOT NULL REFERENCES unit (id),
    day DATE NOT NULL,
    PRIMARY KEY (round_id, unit_id, day)
);
