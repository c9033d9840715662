-- A house number alone has too few letters for the trigram index: a nation's registry holds thousands of each.
CREATE INDEX household_house_number ON household (province_code, house_number_key, area_code)
  WHERE house_number_key IS NOT NULL;
