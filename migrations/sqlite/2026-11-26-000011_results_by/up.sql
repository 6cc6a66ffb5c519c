-- The last day by which those who answered are told the result, in Việt Nam; empty: nobody promised a day.
ALTER TABLE round ADD COLUMN results_by TEXT;
