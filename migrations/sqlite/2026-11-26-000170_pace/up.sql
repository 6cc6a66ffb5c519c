-- How fast a form was filled in, in three classes; no time is kept. Of forms that came before, nothing is known.
ALTER TABLE submission ADD COLUMN pace TEXT NOT NULL DEFAULT 'unknown';
