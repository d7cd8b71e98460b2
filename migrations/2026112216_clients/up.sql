-- Programs that call the API in their own name, each for one organisation of its tenant.

CREATE TABLE api_clients (
    tenant_id UUID NOT NULL REFERENCES tenants (id),
    id UUID NOT NULL,
    version BIGINT NOT NULL,
    organisation_id UUID NOT NULL,
    name TEXT NOT NULL,
    name_fold TEXT NOT NULL,
    purpose TEXT NOT NULL,
    contact_email TEXT NOT NULL,
    scopes TEXT NOT NULL,
    valid_to TIMESTAMPTZ,
    deactivated_at TIMESTAMPTZ,
    last_used_at TIMESTAMPTZ,
    created_by UUID,
    created_at TIMESTAMPTZ NOT NULL,
    updated_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (tenant_id, id),
    CONSTRAINT api_clients_name_fold_key UNIQUE (tenant_id, name_fold),
    FOREIGN KEY (tenant_id, organisation_id) REFERENCES organisations (tenant_id, id),
    FOREIGN KEY (tenant_id, created_by) REFERENCES accounts (tenant_id, id)
);
CREATE INDEX api_clients_organisation_idx ON api_clients (tenant_id, organisation_id);

-- Secrets lie here as hashes of 256 random bits. A token names the secret that it was got with, so that it ends with it.
CREATE TABLE api_client_secrets (
    tenant_id UUID NOT NULL REFERENCES tenants (id),
    id UUID NOT NULL,
    client_id UUID NOT NULL,
    secret_hash BYTEA NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    expires_at TIMESTAMPTZ NOT NULL,
    last_used_at TIMESTAMPTZ,
    revoked_at TIMESTAMPTZ,
    PRIMARY KEY (tenant_id, id),
    CONSTRAINT api_client_secrets_secret_hash_key UNIQUE (tenant_id, secret_hash),
    FOREIGN KEY (tenant_id, client_id) REFERENCES api_clients (tenant_id, id)
);
CREATE INDEX api_client_secrets_client_idx ON api_client_secrets (tenant_id, client_id);

-- Whose doing it was, where it was a program's.
ALTER TABLE audit_events ADD COLUMN client_id UUID;
CREATE INDEX audit_events_client_idx ON audit_events (tenant_id, client_id, id);
