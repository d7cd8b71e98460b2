-- Work that is due at a time: one job of a kind about a thing, held by whoever does it until its lease ends.
CREATE TABLE jobs (
    tenant_id UUID NOT NULL REFERENCES tenants (id),
    id UUID NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('stage_expiry')),
    subject_id UUID NOT NULL,
    due_at TIMESTAMPTZ NOT NULL,
    attempt_count BIGINT NOT NULL,
    leased_by UUID,
    leased_until TIMESTAMPTZ,
    failure TEXT,
    died_at TIMESTAMPTZ,
    created_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (tenant_id, id),
    CONSTRAINT jobs_subject_id_key UNIQUE (tenant_id, kind, subject_id)
);
CREATE INDEX jobs_due_idx ON jobs (due_at);
