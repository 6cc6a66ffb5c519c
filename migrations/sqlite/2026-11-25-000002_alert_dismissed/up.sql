-- A reader found that the words meant no harm. Such an alert is handled, too: handled_at and handled_by are set with it.
ALTER TABLE alert ADD COLUMN dismissed_at TEXT;
