DROP FUNCTION refuse_audit_change();
