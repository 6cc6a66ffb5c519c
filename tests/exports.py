#!/usr/bin/env python3
"""Whether every file of an export says the same: values, labels and letters, read by the programs that people read them with.

exports.py FOLDER: it holds plain.csv, split.csv and vi.csv (`;`, decimal comma), data.xlsx, data.sav, data.jsonl, codebook.csv,
codebook-split.csv and ddi.xml of one selection, codes throughout; data.parquet and split.parquet, if the program can write them.
One line per difference and exit 1."""
import csv
import datetime
import json
import os
import pathlib
import re
import subprocess
import sys
import xml.etree.ElementTree as ET

import openpyxl
import pyreadstat
from openpyxl.utils.escape import unescape

folder = pathlib.Path(sys.argv[1])
differences = []


def differ(what, *values):
    if len(differences) < 30:
        differences.append(f"{what}: " + " | ".join(repr(value) for value in values))


def table(path, **how):
    with open(path, encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file, **how))
    return rows[0], rows[1:]


def undo(cell):
    """Without the sign that keeps spreadsheets from running a cell."""
    return cell[1:] if cell[:1] == "'" and cell[1:2] in tuple("=+-@\t\r'") else cell


names, rows = table(folder / "plain.csv")
split_names, split_rows = table(folder / "split.csv")
book = {}
for line in csv.DictReader(open(folder / "codebook.csv", encoding="utf-8-sig", newline="")):
    entry = book.setdefault(line["variable"], {**line, "values": {}})
    if line["value"]:
        entry["values"][line["value"]] = (line["value_label"], line["missing"] == "1")
if list(book) != names:
    differ("the codebook has other columns than the table", list(book)[:5], names[:5])


def unanswered(name):
    """What a column says where nobody answered."""
    return next((code for code, (label, _) in book[name]["values"].items() if label == "Được hỏi nhưng không trả lời"), "-9")


def numbered(name):
    """Whether all codes of a column are whole numbers."""
    return all(str(int(code)) == code if code.lstrip("-").isdigit() else False for code in book[name]["values"])


# Excel's own format
def in_cell(name, cell):
    """What a cell of the workbook should hold."""
    kind = book[name]["kind"]
    if cell == "":
        return None
    if kind in ("integer", "decimal", "chosen", "position") or kind == "code" and numbered(name):
        return float(cell)
    if kind == "date":
        return float(cell) if cell == unanswered(name) else datetime.datetime.fromisoformat(cell)
    return undo(cell)


def workbook(path, what):
    found = openpyxl.load_workbook(path)
    data = [list(row) for name in found.sheetnames if name.startswith("data") for row in list(found[name].values)[int(name != "data"):]]
    if list(data[0]) != names:
        differ(f"{what}: headings", data[0][:4], names[:4])
    if len(data) - 1 != len(rows):
        differ(f"{what}: rows", len(data) - 1, len(rows))
    for have, want in zip(data[1:], rows):
        for name, cell, text in zip(names, have, want):
            # openpyxl leaves Excel's own escapes (ECMA-376, ST_Xstring) to its caller; LibreOffice reads them and writes none
            cell = unescape(cell) if isinstance(cell, str) and what == "openpyxl" else cell
            if cell != in_cell(name, text):
                differ(f"{what}: {name}", cell, in_cell(name, text))
    sheet = list(found["codebook"].values)
    kept = [["" if cell is None else str(cell) for cell in row] for row in sheet]
    head, lines = table(folder / "codebook.csv")
    if kept != [head] + [[undo(cell) for cell in line] for line in lines]:
        differ(f"{what}: the codebook differs from codebook.csv", kept[1], lines[0])
    about = list(found["about"].values)
    if not any(str(row[1]) == str(len(rows)) for row in about):
        differ(f"{what}: the number of rows is not told", about)


workbook(folder / "data.xlsx", "openpyxl")


# LibreOffice reads the workbook and, set to Vietnamese, the table with semicolons
def office(source, target, *options):
    profile = folder / "profile"
    user = profile / "user"
    user.mkdir(parents=True, exist_ok=True)
    (user / "registrymodifications.xcu").write_text(
        '<?xml version="1.0"?><oor:items xmlns:oor="http://openoffice.org/2001/registry">'
        '<item oor:path="/org.openoffice.Setup/L10N"><prop oor:name="ooSetupSystemLocale" oor:op="fuse"><value>vi-VN</value></prop></item>'
        '</oor:items>')
    out = folder / "office"
    command = ["soffice", f"-env:UserInstallation=file://{profile.resolve()}", "--headless", *options,
               "--convert-to", target, "--outdir", str(out), str(source)]
    run = subprocess.run(command, capture_output=True, text=True, timeout=240, env={**os.environ, "LC_ALL": "C.UTF-8"})
    made = out / f"{source.stem}.{target.split(':')[0]}"
    if not made.exists():
        sys.exit(f"LibreOffice wrote nothing: {run.stdout} {run.stderr}")
    return made


workbook(office(folder / "data.xlsx", "xlsx:Calc MS Excel 2007 XML"), "LibreOffice, XLSX")
# tokens: `;`, `"`, UTF-8, from line 1, no column formats, Vietnamese (1066), quoted cells are no texts, numbers are recognised
opened = office(folder / "vi.csv", "xlsx:Calc MS Excel 2007 XML", "--infilter=CSV:59,34,76,1,,1066,false,true")
sheet = [list(row) for row in openpyxl.load_workbook(opened).active.values]
vi_names, vi_rows = table(folder / "vi.csv", delimiter=";")
if sheet[0] != vi_names:
    differ("LibreOffice, CSV: headings", sheet[0][:4], vi_names[:4])
for have, want in zip(sheet[1:], vi_rows, strict=True):
    for name, cell, text in zip(vi_names, have, want):
        kind = book[name]["kind"]
        if text == "":
            same = cell is None
        elif isinstance(cell, datetime.datetime):
            same = cell == datetime.datetime.fromisoformat(text)
        elif isinstance(cell, datetime.time):
            same = cell == datetime.time.fromisoformat(text)
        elif isinstance(cell, (int, float)):
            same = float(text.replace(",", ".")) == cell
        else:
            same = cell == text and kind not in ("integer", "decimal")
        if not same:
            differ(f"LibreOffice, CSV: {name}", cell, text)


# SPSS
frame, meta = pyreadstat.read_sav(str(folder / "data.sav"), user_missing=True)
by_name = {}
for name in meta.column_names:
    by_name[name] = name
attributes = {}
columns = [name for name in split_names]
if len(meta.column_names) < len(columns):
    differ("SPSS: variables", len(meta.column_names), len(columns))
if len(frame) != len(split_rows):
    differ("SPSS: cases", len(frame), len(split_rows))
EPOCH = datetime.date(1582, 10, 14)


def short(text, most):
    if len(text.encode()) <= most:
        return text
    return text.encode()[:most - 3].decode(errors="ignore").rstrip() + "…"


split_book = {}
for line in csv.DictReader(open(folder / "codebook-split.csv", encoding="utf-8-sig", newline="")):
    entry = split_book.setdefault(line["variable"], {**line, "values": {}})
    if line["value"]:
        entry["values"][line["value"]] = (line["value_label"], line["missing"] == "1")

place = 0
found = {}
for at, name in enumerate(columns):
    variable, entry = meta.column_names[place], split_book[name]
    found[name] = variable
    place += 1
    parts = [variable]
    while place < len(meta.column_names) and meta.column_names_to_labels[meta.column_names[place]].startswith("(tiếp theo)"):
        parts.append(meta.column_names[place])
        place += 1
    if meta.column_names_to_labels[variable] != short(entry["label"], 255):
        differ(f"SPSS: label of {name}", meta.column_names_to_labels[variable], entry["label"])
    is_text = meta.readstat_variable_types[variable] == "string"
    labels = meta.variable_value_labels.get(variable, {})
    wanted = {(code if is_text else float(code)): short(label, 120) for code, (label, _) in entry["values"].items()}
    if labels != wanted:
        differ(f"SPSS: value labels of {name}", labels, wanted)
    missing = {code for code, (_, is_missing) in entry["values"].items() if is_missing}
    declared = {one["lo"] for one in meta.missing_ranges.get(variable, [])}
    if declared and declared != (missing if is_text else {float(code) for code in missing}) or (missing and not declared and not is_text):
        differ(f"SPSS: missing values of {name}", declared, missing)
    if meta.variable_measure[variable] != entry["measure"]:
        differ(f"SPSS: measure of {name}", meta.variable_measure[variable], entry["measure"])
    for have, row in zip(frame[parts].itertuples(index=False), split_rows):
        text, value = undo(row[at]), have[0]
        if is_text:
            same = "".join(have) == text.rstrip(" ")
        elif text == "":
            same = value is None or value != value
        elif entry["kind"] == "date":
            day = value if isinstance(value, datetime.date) else EPOCH + datetime.timedelta(seconds=float(value))
            same = day == datetime.date.fromisoformat(text) if text != "-9" else day == EPOCH - datetime.timedelta(seconds=9) or value == -9
        elif entry["kind"] == "time" and text != "-9":
            same = str(value)[:5] == text
        else:
            same = float(value) == float(text)
        if not same:
            differ(f"SPSS: {name}", have, text)

# whoever reckons with the file: what is missing by declaration counts nowhere, and everything that was answered does
counted, _ = pyreadstat.read_sav(str(folder / "data.sav"))
for at, name in enumerate(columns):
    values = split_book[name]["values"]
    if meta.readstat_variable_types[found[name]] == "string":
        continue
    for value, row in zip(counted[found[name]], split_rows):
        is_missing = row[at] == "" or values.get(row[at], ("", False))[1]
        if (value is None or value != value) != is_missing:
            differ(f"SPSS: what counts of {name}", value, row[at])

# PSPP's own reading of the same file
script = folder / "read.sps"
script.write_text(f"GET FILE='{(folder / 'data.sav').resolve()}'.\nSYSFILE INFO FILE='{(folder / 'data.sav').resolve()}'.\n"
                  f"MRSETS /DISPLAY NAME=ALL.\nSAVE TRANSLATE /OUTFILE='{(folder / 'pspp.csv').resolve()}' /TYPE=CSV /FIELDNAMES /CELLS=VALUES /REPLACE.\n")
run = subprocess.run(["pspp", "-o", str(folder / "pspp.txt"), str(script)], capture_output=True, text=True,
                     env={**os.environ, "LC_ALL": "C.UTF-8"})
if run.returncode != 0 or "warning" in run.stdout + run.stderr or "error" in run.stdout + run.stderr:
    differ("PSPP", run.stdout[-600:], run.stderr[-600:])
else:
    heads, read = table(folder / "pspp.csv")
    if heads != meta.column_names or len(read) != len(split_rows):
        differ("PSPP: variables or cases", heads[:4], len(read))
    for place_, name in enumerate(heads):
        is_text = meta.readstat_variable_types[name] == "string"
        for have, value in zip(read, frame[name]):
            cell = have[place_]
            if is_text and cell.rstrip(" ") != value:
                differ(f"PSPP: {name}", cell, value)
            if not is_text and isinstance(value, float) and value == value and cell.strip() not in ("", ".") and float(cell) != value:
                differ(f"PSPP: {name}", cell, value)
    told = (folder / "pspp.txt").read_text()
    sets = {name for name in split_names if split_book[name]["kind"] == "chosen"}
    if sets and "Multiple Response Sets" not in told:
        differ("PSPP: no sets of choices", sorted(sets)[:3])


# JSON Lines
lines = [json.loads(line) for line in open(folder / "data.jsonl", encoding="utf-8")]
if len(lines) != len(rows):
    differ("JSON Lines: rows", len(lines), len(rows))
for have, want in zip(lines, rows):
    for name, cell in zip(names, want):
        text = undo(cell)
        kind = book[name]["kind"]
        expected = (None if text in ("", unanswered(name)) else text.split(" ") if kind == "codes"
                    else float(text) if kind in ("integer", "decimal") else text)
        if cell == "" and name in have or cell != "" and have.get(name) != expected:
            differ(f"JSON Lines: {name}", have.get(name), expected)


def parquet(path, names, rows, book):
    import pyarrow.parquet
    read = pyarrow.parquet.read_table(path)
    if read.column_names != names or read.num_rows != len(rows):
        differ(f"{path.name}: columns or rows", read.column_names[:4], read.num_rows, len(rows))
        return
    for at, name in enumerate(names):
        kind = book[name]["kind"]
        as_stored = (int if kind in ("integer", "chosen", "position") else float if kind == "decimal"
                     else datetime.date.fromisoformat if name == "submitted_on" else str)
        for have, row in zip(read.column(name).to_pylist(), rows):
            want = None if row[at] == "" else as_stored(undo(row[at]))
            if have != want or type(have) is not type(want):
                differ(f"{path.name}: {name}", have, want)


if (folder / "data.parquet").exists():
    parquet(folder / "data.parquet", names, rows, book)
    parquet(folder / "split.parquet", split_names, split_rows, split_book)

# the codebook of archives
DDI = "{ddi:codebook:2_5}"
root = ET.parse(folder / "ddi.xml").getroot()
variables = root.findall(f"{DDI}dataDscr/{DDI}var")
if [one.get("name") for one in variables] != names:
    differ("DDI: variables", [one.get("name") for one in variables][:4], names[:4])
for one in variables:
    entry = book[one.get("name")]
    values = {group.findtext(f"{DDI}catValu"): (group.findtext(f"{DDI}labl"), group.get("missing") == "Y") for group in one.findall(f"{DDI}catgry")}
    if one.findtext(f"{DDI}labl") != entry["label"] or values != entry["values"]:
        differ(f"DDI: {one.get('name')}", values, entry["values"])

# what DDI-Codebook 2.5 lets stand in the elements that are used, in this order: ! once, ? at most once, + and * as usual;
# elements that are not named here hold text
MODEL = {
    "codeBook": "docDscr* stdyDscr+ fileDscr* dataDscr* otherMat*",
    "docDscr": "citation? guide? docStatus? docSrc* controlledVocabUsed* notes*",
    "citation": "titlStmt! rspStmt? prodStmt? distStmt? serStmt* verStmt* biblCit? holdings* notes*",
    "titlStmt": "titl! subTitl* altTitl* parTitl* IDNo*",
    "rspStmt": "AuthEnty* othId*",
    "prodStmt": "producer* copyright? prodDate* prodPlac* software* fundAg* grantNo*",
    "stdyDscr": "citation+ studyAuthorization* stdyInfo* studyDevelopment* method* dataAccs* othrStdyMat* notes*",
    "stdyInfo": "studyBudget* subject? abstract* sumDscr* qualityStatement? notes* exPostEvaluation*",
    "sumDscr": "timePrd* collDate* nation* geogCover* geogUnit* geoBndBox? boundPoly? anlyUnit* universe* dataKind*",
    "method": "dataColl* notes* anlyInfo? stdyClas? dataProcessing* codingInstructions*",
    "dataColl": "timeMeth* dataCollector* collectorTraining* frequenc* sampProc* sampleFrame* targetSampleSize* deviat* "
                "collMode* resInstru* instrumentDevelopment* sources? collSitu* actMin* ConOps* weight* cleanOps*",
    "dataAccs": "setAvail* useStmt* notes*",
    "useStmt": "confDec? specPerm? restrctn? contact* citReq? deposReq? conditions? disclaimer?",
    "fileDscr": "fileTxt* locMap? notes*",
    "fileTxt": "fileName? fileCitation? fileCont? fileStrc? dimensns? fileType? format? filePlac? dataChck* ProcStat? "
               "dataMsng? software* verStmt?",
    "dimensns": "caseQnty* varQnty* logRecL* recPrCas* recNumTot*",
    "dataDscr": "varGrp* nCubeGrp* var* nCube* notes*",
    "varGrp": "labl* txt* concept* defntn? universe? notes*",
    "var": "location* labl* imputation? security? embargo? respUnit? anlysUnit? qstn* valrng* invalrng* undocCod* universe* "
           "TotlResp? sumStat* txt* stdCatgry* catgryGrp* catgry* codInstr* verStmt* concept* derivation? varFormat? geoMap* "
           "catLevel* notes*",
    "qstn": "qstnLit*",
    "invalrng": "item+ key? notes*",
    "catgry": "catValu? labl* txt* catStat* mrow?",
}
ATTRIBUTES = {
    "codeBook": {"version": {"2.5"}}, "prodDate": {"date": None}, "software": {"version": None, "date": None},
    "collDate": {"date": None, "event": {"start", "end", "single"}, "cycle": None}, "nation": {"abbr": None},
    "fileType": {"charset": None}, "item": {"VALUE": None, "UNITS": {"INT", "REAL"}},
    "varGrp": {"name": None, "var": None, "type": {"section", "multipleResp", "grid", "other"}},
    "var": {"name": None, "files": None, "intrvl": {"contin", "discrete"},
            "nature": {"nominal", "ordinal", "interval", "ratio", "percent", "other"}},
    "catgry": {"missing": {"Y", "N"}}, "varFormat": {"type": {"numeric", "character"}, "category": {"date", "time", "currency", "other"}},
}
EVERYWHERE = {"ID", "{http://www.w3.org/XML/1998/namespace}lang"}
ids = [one.get("ID") for one in root.iter() if one.get("ID")]
if len(ids) != len(set(ids)):
    differ("DDI: an ID stands twice", [one for one in ids if ids.count(one) > 1][:4])
for one in root.iter():
    name, children = one.tag.removeprefix(DDI), "".join(f"{child.tag.removeprefix(DDI)} " for child in one)
    often = {"!": "{1}", "?": "?", "+": "+", "*": "*"}
    model = "".join(f"({part[:-1]} ){often[part[-1]]}" for part in MODEL.get(name, "").split())
    if not re.fullmatch(model, children):
        differ(f"DDI: what stands in {name}", children, MODEL.get(name, "text alone"))
    for attribute, value in one.attrib.items():
        allowed = ATTRIBUTES.get(name, {}).get(attribute, set())
        if attribute not in EVERYWHERE and allowed is not None and value not in allowed:
            differ(f"DDI: attribute of {name}", attribute, value)
    for reference in (one.get("var", "") + " " + one.get("files", "")).split():
        if reference not in ids:
            differ(f"DDI: {name} points to nothing", reference)
if any(one.get("name") is None for one in variables) or any(one.get("VALUE") is None for one in root.iter(f"{DDI}item")):
    differ("DDI: a name or a value is missing")

print("\n".join(differences), end="\n" if differences else "")
sys.exit(bool(differences))
