DROP INDEX audit_events_client_idx;
ALTER TABLE audit_events DROP COLUMN client_id;
DROP TABLE api_client_secrets;
DROP TABLE api_clients;
