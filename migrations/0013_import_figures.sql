-- Rows of imports are counted per village, as everything else is.

CREATE TABLE import_figure_batch AS SELECT DISTINCT batch_id, list_code FROM import_figure;
DELETE FROM import_figure;
INSERT INTO import_figure (province_code, batch_id, area_code, list_code, verdict, waiting, rows)
  SELECT v.province_code, v.batch_id, v.area_code, b.list_code, v.verdict, v.waiting, count(*)
  FROM row_verdict v JOIN import_figure_batch b ON b.batch_id = v.batch_id
  GROUP BY v.province_code, v.batch_id, v.area_code, b.list_code, v.verdict, v.waiting;
DROP TABLE import_figure_batch;
