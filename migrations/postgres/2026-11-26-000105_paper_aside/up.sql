-- Of a bundle that was closed: on how many sheets a question was answered although the other answers did not lead to it, so that
-- the answer does not count. Numbers of the whole bundle, because what was typed from a sheet is forgotten when it is sent.
CREATE TABLE paper_aside (
    batch_id BIGINT NOT NULL REFERENCES paper_batch (id),
    question TEXT NOT NULL,
    sheets BIGINT NOT NULL,
    PRIMARY KEY (batch_id, question)
);
