-- What a page saved by itself while somebody typed: which item, and since when. Such lines of one item that follow each other within
-- a minute are one.
ALTER TABLE questionnaire_history ADD COLUMN item TEXT;
ALTER TABLE questionnaire_history ADD COLUMN since TIMESTAMP;
