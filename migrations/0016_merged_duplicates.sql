-- A household that was a duplicate and was merged says nothing any more of the one that stayed (domain/logbook/fold.ts): it
-- left every count with its double. Only the program can fold a case, so the provinces where that can be are settled anew,
-- as after their rules changed (jobs/settle.ts).
INSERT INTO setting (key, value)
  SELECT 'rules.settling.' || province_code, '{"through": null}'
  FROM (SELECT DISTINCT e.province_code FROM entry e WHERE e.kind = 'outcome' AND EXISTS (
    SELECT 1 FROM household_merge m WHERE m.province_code = e.province_code AND m.merged_id = e.household_id)) AS settled
  ON CONFLICT (key) DO UPDATE SET value = excluded.value, updated_at = now();
INSERT INTO job (id, kind, payload)
  SELECT gen_random_uuid(), 'rules.settle', jsonb_build_object('provinceCode', province_code)
  FROM (SELECT DISTINCT e.province_code FROM entry e WHERE e.kind = 'outcome' AND EXISTS (
    SELECT 1 FROM household_merge m WHERE m.province_code = e.province_code AND m.merged_id = e.household_id)) AS settled;
