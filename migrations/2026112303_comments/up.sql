-- What people say beside an object of any kind. Its text goes when it is deleted; that there was something stays.

CREATE TABLE comments (
    tenant_id UUID NOT NULL REFERENCES tenants (id),
    id UUID NOT NULL,
    version BIGINT NOT NULL,
    subject TEXT NOT NULL,
    subject_id UUID NOT NULL,
    author_id UUID NOT NULL,
    text TEXT,
    lang TEXT NOT NULL CHECK (lang IN ('fi', 'sv', 'en')),
    created_at TIMESTAMPTZ NOT NULL,
    edited_at TIMESTAMPTZ,
    deleted_at TIMESTAMPTZ,
    PRIMARY KEY (tenant_id, id),
    CHECK ((text IS NULL) = (deleted_at IS NOT NULL)),
    FOREIGN KEY (tenant_id, author_id) REFERENCES accounts (tenant_id, id)
);
CREATE INDEX comments_subject_idx ON comments (tenant_id, subject, subject_id, id);
CREATE INDEX comments_author_idx ON comments (tenant_id, author_id);

-- What a comment said before it was edited.
CREATE TABLE comment_versions (
    tenant_id UUID NOT NULL REFERENCES tenants (id),
    comment_id UUID NOT NULL,
    version BIGINT NOT NULL,
    text TEXT NOT NULL,
    lang TEXT NOT NULL CHECK (lang IN ('fi', 'sv', 'en')),
    written_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (tenant_id, comment_id, version),
    FOREIGN KEY (tenant_id, comment_id) REFERENCES comments (tenant_id, id)
);
