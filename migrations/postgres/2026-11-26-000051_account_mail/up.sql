-- Where links to set a password go, for those of the staff who have mail.
CREATE TABLE account_mail (
    account_id BIGINT NOT NULL PRIMARY KEY REFERENCES account (id),
    address TEXT NOT NULL
);
CREATE INDEX account_mail_address ON account_mail (address);
