ALTER TABLE one_time_links ADD COLUMN shown_to UUID;
ALTER TABLE one_time_links ADD FOREIGN KEY (tenant_id, shown_to) REFERENCES accounts (tenant_id, id);
