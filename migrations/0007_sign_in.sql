-- A password that another person made runs out, a code of an authenticator is good for one sign-in, areas are found by name.

-- When the one-time password was made; null for a password that its owner chose.
ALTER TABLE account ADD COLUMN password_one_time_at timestamptz;
UPDATE account SET password_one_time_at = now() WHERE password_one_time;

-- The 30-second step (RFC 6238) whose code was used last: neither it nor an earlier one is taken again.
ALTER TABLE second_factor ADD COLUMN last_used_step bigint;

-- A word of a search may be the name of a district or a subdistrict.
CREATE INDEX area_name ON area (name_key text_pattern_ops);
