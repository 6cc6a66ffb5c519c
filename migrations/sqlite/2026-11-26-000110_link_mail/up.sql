-- Which letter of the outbox brings a link: it is not needed any more when the link is dead.
ALTER TABLE account_link ADD COLUMN mail_id INTEGER;
