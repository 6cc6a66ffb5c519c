DROP TABLE mail_trouble;
DROP TABLE outbox;
