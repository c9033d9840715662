-- An official figure that is put right or taken back stays as what was known until then: figures of a past day are those that
-- were true then. When the ones so far were entered is not stored; the day that they speak of is the best that is known.

ALTER TABLE list_denominator ADD COLUMN entered_at timestamptz, ADD COLUMN replaced_at timestamptz;
UPDATE list_denominator SET entered_at = (as_of::timestamp - interval '7 hours') AT TIME ZONE 'UTC';
ALTER TABLE list_denominator ALTER COLUMN entered_at SET NOT NULL;
ALTER TABLE list_denominator DROP CONSTRAINT list_denominator_pkey;
ALTER TABLE list_denominator ADD PRIMARY KEY (list_code, area_code, as_of, entered_at);
