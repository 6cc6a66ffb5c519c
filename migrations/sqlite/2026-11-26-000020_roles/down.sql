ALTER TABLE account DROP COLUMN signed_in_at;
DROP TABLE account_role;
