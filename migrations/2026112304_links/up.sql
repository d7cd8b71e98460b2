-- Where an object came from and what came of it: links of the thread between any two objects of a tenant. Which of the two
-- comes first follows from the kind and is written down, so that one walk follows all kinds.

CREATE TABLE links (
    tenant_id UUID NOT NULL REFERENCES tenants (id),
    id UUID NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('caused_by', 'evidence_for', 'continues', 'adopts', 'measures', 'decided_in', 'teaches')),
    earlier TEXT NOT NULL,
    earlier_id UUID NOT NULL,
    later TEXT NOT NULL,
    later_id UUID NOT NULL,
    created_by UUID,
    created_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (tenant_id, id),
    CONSTRAINT links_kind_key UNIQUE (tenant_id, later, later_id, earlier, earlier_id, kind),
    CHECK (earlier <> later OR earlier_id <> later_id),
    FOREIGN KEY (tenant_id, created_by) REFERENCES accounts (tenant_id, id)
);
CREATE INDEX links_earlier_idx ON links (tenant_id, earlier, earlier_id);
