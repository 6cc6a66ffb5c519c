-- every page of staff asks whether alerts wait: a look for each round, however many a large round has raised
CREATE INDEX alert_waiting ON alert (round_id) WHERE handled_at IS NULL;
