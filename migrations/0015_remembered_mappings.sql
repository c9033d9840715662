-- What one province agreed on is not put before another: the same headings may mean other things there.
DELETE FROM remembered_mapping;
ALTER TABLE remembered_mapping ADD COLUMN province_code smallint NOT NULL;
ALTER TABLE remembered_mapping DROP CONSTRAINT remembered_mapping_pkey;
ALTER TABLE remembered_mapping ADD PRIMARY KEY (province_code, fingerprint, list_code);
