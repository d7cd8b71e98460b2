-- Who did what to what, when. Lines are only ever added.

CREATE TABLE audit_events (
    tenant_id UUID NOT NULL REFERENCES tenants (id),
    id UUID NOT NULL,
    at TIMESTAMPTZ NOT NULL,
    actor_id UUID,
    action TEXT NOT NULL,
    object_kind TEXT NOT NULL,
    object_id UUID,
    fields TEXT NOT NULL,
    request_id TEXT NOT NULL,
    PRIMARY KEY (tenant_id, id)
);
CREATE INDEX audit_events_object_idx ON audit_events (tenant_id, object_id, id);
CREATE INDEX audit_events_actor_idx ON audit_events (tenant_id, actor_id, id);
