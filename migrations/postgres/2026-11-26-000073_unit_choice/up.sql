-- By which rule the units of a round were chosen. What it gives is worked out when it is looked at; the round keeps its own list.
CREATE TABLE unit_choice (
    round_id BIGINT NOT NULL PRIMARY KEY REFERENCES round (id),
    content TEXT NOT NULL
);
