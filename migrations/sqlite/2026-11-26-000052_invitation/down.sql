DROP TABLE mail_optout;
DROP TABLE invitee_mail;
DROP TABLE mailing;
DROP TABLE invitee;
