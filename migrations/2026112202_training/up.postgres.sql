CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '% is immutable', TG_TABLE_NAME; END $$;
CREATE TRIGGER result_snapshots_no_change BEFORE UPDATE OR DELETE ON result_snapshots
FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER result_snapshots_no_truncate BEFORE TRUNCATE ON result_snapshots
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
