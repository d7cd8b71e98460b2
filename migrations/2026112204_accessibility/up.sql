-- Feedback about accessibility, to be answered within 14 days.

CREATE TABLE accessibility_feedback (
    tenant_id UUID NOT NULL REFERENCES tenants (id),
    id UUID NOT NULL,
    version BIGINT NOT NULL,
    message TEXT NOT NULL,
    email TEXT,
    lang TEXT NOT NULL CHECK (lang IN ('fi', 'sv', 'en')),
    created_at TIMESTAMPTZ NOT NULL,
    answer_due_on TEXT NOT NULL,
    answered_at TIMESTAMPTZ,
    PRIMARY KEY (tenant_id, id)
);
