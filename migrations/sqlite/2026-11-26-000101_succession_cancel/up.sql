-- What is needed to take a change back whose day has not come.
-- the last day that the old unit had before
ALTER TABLE succession_part ADD COLUMN old_valid_to TEXT;
-- whether the new unit begins with this change
ALTER TABLE succession_part ADD COLUMN new_begins INTEGER NOT NULL DEFAULT 0;
-- the change that says so; empty: what stood there before the first
ALTER TABLE superior ADD COLUMN succession_id INTEGER;

UPDATE succession_part SET new_begins = 1 WHERE old_id <> new_id AND EXISTS (
    SELECT 1 FROM succession, unit
    WHERE succession.id = succession_part.succession_id AND unit.id = succession_part.new_id
      AND unit.valid_from = succession.day
);
UPDATE superior SET succession_id = (
    SELECT max(succession.id) FROM succession, succession_part
    WHERE succession_part.succession_id = succession.id
      AND succession.day = superior.since AND succession.basis = superior.basis
      AND ((succession.kind = 'chuyen_cap' AND succession_part.old_id = superior.unit_id)
        OR (succession.kind <> 'chuyen_cap' AND succession_part.new_id = superior.superior_id))
) WHERE basis <> '';
