-- Rounds whose forms are deleted, because the time is over for which the notice says that they are kept.
CREATE TABLE forgotten (
    round_id BIGINT NOT NULL PRIMARY KEY REFERENCES round (id),
    since TIMESTAMP NOT NULL
);
