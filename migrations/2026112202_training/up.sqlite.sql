CREATE TRIGGER result_snapshots_no_update BEFORE UPDATE ON result_snapshots
BEGIN SELECT RAISE(ABORT, 'result_snapshots is immutable'); END;
CREATE TRIGGER result_snapshots_no_delete BEFORE DELETE ON result_snapshots
BEGIN SELECT RAISE(ABORT, 'result_snapshots is immutable'); END;
