-- A password that another person made runs out, and a code of an authenticator is good for one sign-in.

-- When the one-time password was made; null for a password that its owner chose.
ALTER TABLE account ADD COLUMN password_one_time_at timestamptz;
UPDATE account SET password_one_time_at = now() WHERE password_one_time;

-- The 30-second step (RFC 6238) whose code was used last: neither it nor an earlier one is taken again.
ALTER TABLE second_factor ADD COLUMN last_used_step bigint;
