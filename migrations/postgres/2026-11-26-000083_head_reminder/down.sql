DROP TABLE head_reminder;
