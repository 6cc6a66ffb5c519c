-- Forms by column, made from the rows of `submission` and made again from them whenever they changed. Nothing is lost with these
-- tables, so backups leave them out.
CREATE TABLE frame (
    round_id INTEGER NOT NULL REFERENCES round (id) ON DELETE CASCADE,
    -- 1, 2, 3, …; the newest that is finished is read
    number INTEGER NOT NULL,
    -- of which state of the forms it tells
    mark TEXT NOT NULL,
    -- when the forms were as it tells, UTC
    taken_at TEXT NOT NULL,
    -- empty: it is being made, or whoever made it was stopped
    finished_at TEXT,
    forms INTEGER NOT NULL,
    -- its blocks, and what the places in their fixed columns stand for, as JSON
    content TEXT NOT NULL,
    PRIMARY KEY (round_id, number)
) STRICT;

CREATE TABLE frame_column (
    round_id INTEGER NOT NULL,
    number INTEGER NOT NULL,
    block INTEGER NOT NULL,
    -- a question's code, or one that begins with `_`
    name TEXT NOT NULL,
    bytes BLOB NOT NULL,
    PRIMARY KEY (round_id, number, block, name),
    FOREIGN KEY (round_id, number) REFERENCES frame (round_id, number) ON DELETE CASCADE
) STRICT;
