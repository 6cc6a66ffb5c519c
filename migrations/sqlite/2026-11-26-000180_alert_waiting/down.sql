DROP INDEX alert_waiting;
