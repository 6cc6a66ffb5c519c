-- Rounds whose forms are deleted, because the time is over for which the notice says that they are kept.
CREATE TABLE forgotten (
    round_id INTEGER NOT NULL PRIMARY KEY REFERENCES round (id),
    since TEXT NOT NULL
) STRICT;
