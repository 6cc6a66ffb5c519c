-- When a round's open answers were last compared with its forms: those that came in before are among them. Empty: not known, and
-- whoever reads the answers next compares them again.
ALTER TABLE open_state ADD COLUMN compared_at TIMESTAMP;
