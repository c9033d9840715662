-- Help that names no problem asks for a result too (domain/logbook/work.ts). Only the program can fold a case, so every
-- province that has cases is settled anew, as after its rules changed (jobs/settle.ts): in short transactions, while the
-- program runs.
INSERT INTO setting (key, value)
  SELECT 'rules.settling.' || province_code, '{"through": null}' FROM (SELECT DISTINCT province_code FROM household_case) AS settled
  ON CONFLICT (key) DO UPDATE SET value = excluded.value, updated_at = now();
INSERT INTO job (id, kind, payload)
  SELECT gen_random_uuid(), 'rules.settle', jsonb_build_object('provinceCode', province_code)
  FROM (SELECT DISTINCT province_code FROM household_case) AS settled;
