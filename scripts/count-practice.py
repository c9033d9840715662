#!/usr/bin/env python3
"""Counts the lists in a folder of practice files, on its own: it shares no code with the program that it checks.

    python3 scripts/count-practice.py FOLDER [--truth] [--json]

For every file: rows about somebody, households and persons, ids that are missing or wrong, rows that must be refused,
and what is left. `--truth` holds the counts against FOLDER/truth.json and ends with 1 when one differs.
Needs Python 3.9 and nothing else.
"""

import csv
import html.parser
import json
import pathlib
import re
import sys
import xml.etree.ElementTree as ElementTree
import zipfile
from collections import Counter, defaultdict

THAI_DIGITS = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
MONTHS = "ม.ค. ก.พ. มี.ค. เม.ย. พ.ค. มิ.ย. ก.ค. ส.ค. ก.ย. ต.ค. พ.ย. ธ.ค.".split()
LONG_MONTHS = (
    "มกราคม กุมภาพันธ์ มีนาคม เมษายน พฤษภาคม มิถุนายน กรกฎาคม สิงหาคม กันยายน ตุลาคม พฤศจิกายน ธันวาคม".split()
)
LIST_YEAR = 2565
"""Births after this Buddhist year lie in the future of every list."""

COLUMNS = {
    "house_code": {"รหัสบ้าน", "รหัสประจำบ้าน"},
    "family": {"ครอบครัวที่"},
    "order": {"ลำดับสมาชิก"},
    "first_name": {"ชื่อ"},
    "last_name": {"สกุล", "นามสกุล"},
    "full_name": {"ชื่อ-สกุล หัวหน้าครัวเรือน", "ชื่อ - นามสกุล"},
    "id": {"เลขประจำตัวประชาชน", "เลขบัตรประชาชน"},
    "birth": {"วันเกิด"},
    "house_number": {"บ้านเลขที่", "เลขที่"},
    "moo": {"หมู่ที่", "หมู่"},
    "village": {"บ้าน", "ชื่อหมู่บ้าน"},
    "subdistrict": {"ตำบล"},
    "district": {"อำเภอ"},
    "province": {"จังหวัด"},
    "income": {"รายได้/ปี"},
}


class Day:
    """A cell that the file holds as a date."""

    def __init__(self, year, month, day, shown):
        self.year, self.month, self.day, self.shown = year, month, day, shown


# --- files to rows: each gives (row number, list of cells) -----------------------------------------------------------


def read_csv(path):
    head = path.open("rb").read(3)
    encoding = "utf-8-sig" if head == b"\xef\xbb\xbf" else "cp874"
    with path.open(encoding=encoding, newline="") as file:
        yield from enumerate(csv.reader(file), 1)


def read_xlsx(path):
    name = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
    with zipfile.ZipFile(path) as book:
        shared = []
        with book.open("xl/sharedStrings.xml") as file:
            for _, element in ElementTree.iterparse(file):
                if element.tag == name + "si":
                    shared.append("".join(text.text or "" for text in element.iter(name + "t")))
                    element.clear()
        styles = ElementTree.fromstring(book.read("xl/styles.xml"))
        custom = {int(item.get("numFmtId")): item.get("formatCode") for item in styles.iter(name + "numFmt")}
        formats = [int(item.get("numFmtId")) for item in styles.find(name + "cellXfs")]
        with book.open("xl/worksheets/sheet1.xml") as file:
            root = None
            for event, element in ElementTree.iterparse(file, events=("start", "end")):
                root = element if root is None else root
                if event != "end" or element.tag != name + "row":
                    continue
                cells = []
                for cell in element:
                    column = column_number(cell.get("r"))
                    cells.extend([""] * (column - len(cells)))
                    cells.append(xlsx_value(cell, name, shared, formats, custom))
                yield int(element.get("r")), cells
                root.find(name + "sheetData").clear()


def xlsx_value(cell, name, shared, formats, custom):
    kind = cell.get("t")
    if kind == "inlineStr":
        return "".join(text.text or "" for text in cell.iter(name + "t"))
    value = cell.findtext(name + "v") or ""
    if kind == "s":
        return shared[int(value)]
    number_format = formats[int(cell.get("s", "0"))]
    if 14 <= number_format <= 17 or "yy" in custom.get(number_format, ""):
        return day_of_serial(int(value), {16: "d-mmm", 17: "mmm-yy"}.get(number_format, "full"))
    return value


def day_of_serial(serial, shown):
    """Civil date of a day count from 30 December 1899 (the usual algorithm over eras of 400 years)."""
    days = serial - 25569 + 719468
    era, day_of_era = divmod(days, 146097)
    year_of_era = (day_of_era - day_of_era // 1460 + day_of_era // 36524 - day_of_era // 146096) // 365
    day_of_year = day_of_era - (365 * year_of_era + year_of_era // 4 - year_of_era // 100)
    shifted = (5 * day_of_year + 2) // 153
    month = shifted + 3 if shifted < 10 else shifted - 9
    year = year_of_era + era * 400 + (1 if month <= 2 else 0)
    return Day(year, month, day_of_year - (153 * shifted + 2) // 5 + 1, shown)


def column_number(reference):
    number = 0
    for letter in re.match("[A-Z]+", reference).group():
        number = number * 26 + ord(letter) - 64
    return number - 1


def read_ods(path):
    office = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
    table = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
    text = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
    with zipfile.ZipFile(path) as book:
        content = ElementTree.fromstring(book.read("content.xml"))
    for number, row in enumerate(content.iter(table + "table-row"), 1):
        cells = []
        for cell in row:
            value = cell.get(office + "value")
            lines = ["".join(line.itertext()) for line in cell.iter(text + "p")]
            times = int(cell.get(table + "number-columns-repeated", "1"))
            cells.extend([value if value is not None else "\n".join(lines)] * times)
        yield number, cells


def read_html(path):
    class Reader(html.parser.HTMLParser):
        def __init__(self):
            super().__init__()
            self.rows, self.inside = [], False

        def handle_starttag(self, tag, attributes):
            if tag == "tr":
                self.rows.append([])
            elif tag == "td":
                self.rows[-1].append("")
                self.inside = True
            elif tag == "br" and self.inside:
                self.rows[-1][-1] += "\n"

        def handle_endtag(self, tag):
            if tag == "td":
                self.inside = False

        def handle_data(self, data):
            if self.inside:
                self.rows[-1][-1] += data

    reader = Reader()
    reader.feed(path.read_bytes().decode("cp874"))
    yield from enumerate(reader.rows, 1)


READERS = {".csv": read_csv, ".xlsx": read_xlsx, ".ods": read_ods, ".xls": read_html}


# --- cells to facts --------------------------------------------------------------------------------------------------


def plain(cell):
    """Text with Arabic digits and single spaces, marks in writing order."""
    if isinstance(cell, Day):
        return f"{cell.day}/{cell.month}/{cell.year}"
    text = str(cell).translate(THAI_DIGITS)
    text = re.sub(r"[\s\u00a0]+", " ", text).strip()
    text = text.replace("เเ", "แ")
    text = re.sub("([่-์])([ัิ-ู])", r"\2\1", text)
    return text.replace("ํา", "ำ")


def is_none(text):
    return text in ("", "-", "ไม่มี", "ไม่มีเลขที่")


def digits_only(text):
    return re.sub(r"[ -]", "", text)


def check_digit(digits):
    return (11 - sum(int(digit) * (13 - index) for index, digit in enumerate(digits[:12])) % 11) % 10


def id_state(text):
    if is_none(text):
        return "missing"
    if re.fullmatch(r"\d(\.\d+)?E\+\d+", text):
        return "scientific"
    digits = digits_only(text)
    if not re.fullmatch(r"\d{13}", digits):
        return "wrong length"
    return "valid" if check_digit(digits) == int(digits[12]) else "wrong check digit"


def birth_state(cell):
    if isinstance(cell, Day):
        year = cell.year - 543 if cell.year > 2400 else cell.year
        return "future" if year + 543 > LIST_YEAR else "fine"
    text = plain(cell).replace("พ.ศ.", "").strip()
    if is_none(text):
        return "fine"
    match = re.search(r"(\d+)$", text)
    if not match:
        return "unreadable"
    if not re.fullmatch(r"\d{4}", text):
        named = any(month in text for month in MONTHS + LONG_MONTHS)
        if not named and not re.fullmatch(r"\d{1,2}/\d{1,2}/\d+", text):
            return "unreadable"
    year = int(match.group(1))
    if year < 100:
        return "two-digit year"
    year = year if year > 2400 else year + 543
    return "future" if year > LIST_YEAR else "fine"


def house_number(cell):
    if isinstance(cell, Day):
        return f"{cell.month}/{cell.year % 100}" if cell.shown == "mmm-yy" else f"{cell.day}/{cell.month}"
    text = plain(cell)
    for index, month in enumerate(MONTHS, 1):
        if text.endswith("-" + month):
            return f"{text.split('-')[0]}/{index}"
        if text.startswith(month + "-"):
            return f"{index}/{text.split('-')[1]}"
    return "" if is_none(text) else text


def without_marks(text):
    return "".join(letter for letter in text if not "\u0e47" <= letter <= "\u0e4e").replace(" ", "")


def load_subdistricts():
    """Names of the official subdistricts by (province, district), from the shipped table."""
    provinces, districts, known = {}, {}, defaultdict(dict)
    path = pathlib.Path(__file__).resolve().parent.parent / "data" / "areas.tsv"
    rows = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()[1:]]
    # A list of 2565 knows the areas of that year.
    rows = [row for row in rows if (not row[3] or row[3] <= "2022-09-30") and (not row[4] or row[4] >= "2022-09-30")]
    for code, name, *_ in rows:
        if len(code) == 2:
            provinces[code] = name
        elif len(code) == 4:
            districts[code] = name
    for code, name, *_ in rows:
        if len(code) == 6:
            known[(provinces[code[:2]], districts[code[:4]])][without_marks(name)] = code
    return known


# --- counting --------------------------------------------------------------------------------------------------------


def find_header(rows):
    """The row with most known headings, and where each column stands."""
    best = ({}, 0)
    for number, cells in rows:
        columns = {}
        for index, cell in enumerate(cells):
            for field, headings in COLUMNS.items():
                if plain(cell) in headings:
                    columns[field] = index
        if len(columns) > len(best[0]):
            best = (columns, number)
    return best


def count_file(path, known, default_area):
    rows = READERS[path.suffix](path)
    top = [row for _, row in zip(range(30), rows)]
    columns, header_row = find_header(top)
    counts = Counter()
    refused = Counter()
    ids = Counter()
    households, readable = set(), set()
    by_district = defaultdict(lambda: {"rows": 0, "households": set(), "persons": set()})
    people, readable_people = set(), set()
    person_ids, house_codes = set(), set()

    def everything():
        yield from top
        yield from rows

    for number, cells in everything():
        if number <= header_row:
            continue
        texts = [plain(cell) for cell in cells]
        if not any(texts):
            continue
        if texts[0].startswith("รวม"):
            counts["total rows"] += 1
            continue

        def cell(field):
            index = columns.get(field)
            return cells[index] if index is not None and index < len(cells) else ""

        def text(field):
            return plain(cell(field))

        if text("id") in COLUMNS["id"]:
            counts["repeated headers"] += 1
            continue
        counts["rows"] += 1
        state = id_state(text("id"))
        ids[state] += 1
        person_id = digits_only(text("id")) if state == "valid" else ""
        name = text("full_name") or f"{text('first_name')} {text('last_name')}"
        place = area_of_row(text, known, default_area)
        code = digits_only(text("house_code"))
        faults = faults_of(cell, text, state, code, place)
        refused.update(faults)
        code = code if re.fullmatch(r"\d{11}", code) else ""
        moo = re.sub(r"^(หมู่ที่|ม\.)\s*", "", text("moo"))
        district_name = re.sub(r"^อ\.", "", text("district"))
        address = (place or (text("subdistrict"), district_name), moo, house_number(cell("house_number")))
        if "order" in columns:
            household = (code, text("family")) if code else (*address, text("family"))
            person = (household, text("order"))
        else:
            # One row a household: the same person, or without an id the same name in the same house.
            household = person = person_id or (code, address, name)
        households.add(household)
        people.add(person)
        district = by_district[place[:4] if place else f"{district_name}, subdistrict unknown"]
        district["rows"] += 1
        district["households"].add(household)
        district["persons"].add(person)
        if person_id:
            person_ids.add(person_id)
        if code:
            house_codes.add(code)
        if faults:
            counts["refused rows"] += 1
        else:
            readable.add(household)
            readable_people.add(person)
    return {
        "file": path.name,
        "header row": header_row,
        "rows": counts["rows"],
        "total rows": counts["total rows"],
        "repeated headers": counts["repeated headers"],
        "households": len(households),
        "persons": len(people),
        "ids": dict(sorted(ids.items())),
        "refused rows": counts["refused rows"],
        "refused because": dict(sorted(refused.items())),
        "households left": len(readable),
        "persons left": len(readable_people),
        "districts": {
            name: {"rows": own["rows"], "households": len(own["households"]), "persons": len(own["persons"])}
            for name, own in sorted(by_district.items())
        },
    }, person_ids, house_codes


def area_of(text, known, default_area):
    """The subdistrict's code, or None when it is not known."""
    subdistrict = without_marks(re.sub(r"^(ตำบล|ต\.)", "", text("subdistrict")))
    district = re.sub(r"^อ\.", "", text("district"))
    province = text("province")
    for (own_province, own_district), names in known.items():
        if province and province != own_province:
            continue
        if district and district != own_district and not (district == "เมือง" and own_district == "เมือง" + own_province):
            continue
        code = names.get(subdistrict)
        if code and (province or code.startswith(default_area)):
            return code
    return None


def faults_of(cell, text, state, code, place):
    faults = []
    if state not in ("valid", "missing"):
        faults.append("id: " + state)
    birth = birth_state(cell("birth"))
    if birth != "fine":
        faults.append("birth: " + birth)
    if re.fullmatch(r"\d(\.\d+)?E\+\d+", code):
        faults.append("house code: scientific")
    if place is None:
        faults.append("subdistrict: unknown")
    income = text("income").replace(",", "")
    if not is_none(income) and not re.fullmatch(r"\d+(\.\d+)?", income):
        faults.append("income: unreadable")
    return faults


def differences(counted, truth):
    """Where the counts and truth.json do not agree."""
    pairs = [
        ("rows", truth["rows"]),
        ("total rows", truth["totalRows"]),
        ("repeated headers", truth["repeatedHeaders"]),
        ("households", truth["households"]),
        ("persons", truth["persons"]),
        ("refused rows", truth["invalidRows"]),
        ("households left", truth["householdsReadable"]),
        ("persons left", truth["personsReadable"]),
        ("header row", truth["headerRow"]),
    ]
    for name, expected in pairs:
        if counted[name] != expected:
            yield f"{counted['file']}: {name} counted {counted[name]}, planted {expected}"


def remembering(find):
    """The same question is asked of many rows."""
    answers = {}

    def found(text, known, default_area):
        key = (text("subdistrict"), text("district"), text("province"), default_area)
        if key not in answers:
            answers[key] = find(text, known, default_area)
        return answers[key]

    return found


area_of_row = remembering(area_of)


def main(arguments):
    folder = pathlib.Path(next(value for value in arguments if not value.startswith("--")))
    truth = json.loads((folder / "truth.json").read_text(encoding="utf-8"))
    known = load_subdistricts()
    failed = False
    seen = []
    for file in truth["files"]:
        counted, person_ids, house_codes = count_file(folder / file["file"], known, file["defaultArea"])
        seen.append((file["list"], person_ids, house_codes))
        if "--json" in arguments:
            print(json.dumps(counted, ensure_ascii=False))
        else:
            print(f"{counted['file']}")
            for name, value in counted.items():
                if name not in ("file", "districts"):
                    print(f"  {name}: {value}")
            for name, own in counted["districts"].items():
                print(f"  {name}: {own['rows']} rows, {own['households']} households, {own['persons']} persons")
        if "--truth" in arguments:
            for difference in differences(counted, file):
                failed = True
                print("DIFFERS " + difference)
    ids, codes = defaultdict(set), defaultdict(set)
    for name, person_ids, house_codes in seen:
        ids[name] |= person_ids
        codes[name] |= house_codes
    print(f"on both great lists: {len(ids['tpmap-2565'] & ids['thaiqm-2'])} ids, {len(codes['tpmap-2565'] & codes['thaiqm-2'])} house codes")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
