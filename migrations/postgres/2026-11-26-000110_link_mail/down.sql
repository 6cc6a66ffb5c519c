ALTER TABLE account_link DROP COLUMN mail_id;
