"""Counts a release again from the exported rows, with nothing of the product but its CSV and its questionnaire files.

recount.py FOLDER TEMPLATES ROWS GROUPS – FOLDER holds rows.csv and total.json, unit.json, … as the API gave them; so many rows
there must be, and so many groups shown. Prints how many figures were compared; exit 1 and the differences if one is off."""
import csv
import json
import pathlib
import sys
from collections import Counter
from fractions import Fraction

folder, templates = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
expected, least_shown = int(sys.argv[3]), int(sys.argv[4])
with open(folder / "rows.csv", encoding="utf-8-sig", newline="") as file:
    rows = list(csv.DictReader(file))
# a code under which the round's questionnaires ask different things has a column for each: CODE@QUESTIONNAIRE
for row in rows:
    for name in [name for name in row if "@" in name]:
        code, questionnaire = name.split("@")
        value = row.pop(name)
        if row["version"].startswith(questionnaire + "/"):
            row[code] = value
files = {}
for path in templates.glob("*.json"):
    questionnaire = json.loads(path.read_text(encoding="utf-8"))
    if "sections" in questionnaire:
        files[questionnaire["code"]] = questionnaire

differences, compared = [], 0


def same(where, found, wanted):
    global compared
    compared += 1
    if found != wanted:
        differences.append(f"{where}: the release says {found!r}, the rows say {wanted!r}")


def half_up(value, places):
    scaled = value * 10**places
    sign = -1 if scaled < 0 else 1
    whole = sign * ((abs(scaled) * 2 + 1) // 2)
    digits = str(abs(int(whole))).rjust(places + 1, "0")
    return ("-" if whole < 0 else "") + digits[:-places] + "." + digits[-places:]


def percent(k, n):
    return {"k": k, "n": n, "percent": half_up(Fraction(100 * k, n), 1)}


def questions(code):
    return {q["code"]: q for s in files[code]["sections"] for q in s["questions"] if q["kind"] != "note"}


def tally(code, group):
    """Per question: asked, answered, not applicable, counts by choice."""
    found = {}
    for name, question in questions(code).items():
        scale = files[code]["scales"][question["scale"]] if question["kind"] == "rating" else None
        aside = scale["not_applicable"]["code"] if scale and "not_applicable" in scale else None
        cells = [row[name] for row in group if row[name] != ""]
        answers = [cell for cell in cells if cell not in ("-9", aside)]
        counts = Counter()
        for cell in answers:
            counts.update(cell.split(" ") if question["kind"] == "select_multiple" else [cell])
        found[name] = (question, len(cells), len(answers), cells.count(aside) if aside else 0, counts)
    return found


def mean(counts, n):
    return Fraction(sum(int(value) * times for value, times in counts.items()), n)


def top_two(code, question, counts):
    best = [choice["code"] for choice in files[code]["scales"][question["scale"]]["choices"]][-2:]
    return sum(counts[value] for value in best)


def check_questions(code, where, told, counted):
    for item in told:
        if item["suppressed"]:
            continue
        question, asked, answered, aside, counts = counted[item["code"]]
        here = f"{where} {item['code']}"
        same(f"{here} asked", item["asked"], asked)
        same(f"{here} answered", item["answered"], answered)
        same(f"{here} not_applicable", item["not_applicable"], aside)
        listed = {cell["code"]: cell for cell in item.get("distribution", [])}
        if question["kind"] in ("rating", "select_one", "select_multiple", "range"):
            same(f"{here} codes", set(counts) - set(listed), set())
            for value, cell in listed.items():
                same(f"{here}={value} n", cell["n"], counts[value])
                same(f"{here}={value} %", cell["percent"], half_up(Fraction(100 * counts[value], answered), 1))
        if question["kind"] in ("rating", "range", "integer"):
            same(f"{here} mean", item["mean"], half_up(mean(counts, answered), 2))
            same(f"{here} sum", item["sum"], sum(int(value) * times for value, times in counts.items()))
        if question["kind"] == "rating":
            same(f"{here} top two", item["top_two_box"], percent(top_two(code, question, counts), answered))


def check_scores(code, where, group, counted):
    for item in group.get("indices", []):
        if item["suppressed"]:
            continue
        members = next(i["questions"] for i in files[code]["indices"] if i["code"] == item["code"])
        parts = [(q, n, counts) for q, _, n, _, counts in (counted[m] for m in members)]
        best = [top_two(code, q, counts) for q, _, counts in parts]
        size = sum(n for _, n, _ in parts)
        here = f"{where} index {item['code']}"
        same(f"{here} mean", item["mean_of_items"], half_up(sum(mean(c, n) for _, n, c in parts) / len(parts), 2))
        same(f"{here} pooled", item["pooled_mean"], half_up(sum(mean(c, n) * n for _, n, c in parts) / size, 2))
        shares = [Fraction(100 * k, n) for k, (_, n, _) in zip(best, parts)]
        same(f"{here} share", item["top_two_box_of_items"], half_up(sum(shares) / len(shares), 1))
        same(f"{here} pooled share", item["pooled_top_two_box"], percent(sum(best), size))
    if group.get("expectation"):
        _, _, n, _, counts = counted[files[code]["expectation"]]
        same(f"{where} expectation", group["expectation"]["mean"], half_up(mean(counts, n), 2))
        high = sum(times for value, times in counts.items() if int(value) >= 80)
        same(f"{where} expectation 80", group["expectation"]["share80"], percent(high, n))
    if group.get("overall"):
        question, _, n, _, counts = counted[files[code]["overall"]]
        same(f"{where} overall", group["overall"]["mean"], half_up(mean(counts, n), 2))
        same(f"{where} overall top two", group["overall"]["top_two_box"], percent(top_two(code, question, counts), n))


def members(by, key, candidates):
    return [row for row in candidates if key == "total" or row.get(by) == key]


same("rows", len(rows), expected)
shown = 0
for by in ("total", "unit", "level", "channel", "khoi_lop"):
    release = json.loads((folder / f"{by}.json").read_text(encoding="utf-8"))
    for group in release["groups"]:
        if not group["suppressed"]:
            same(f"{by} {group['key']} n", group["n"], len(members(by, group["key"], rows)))
    for sheet in release["questionnaires"]:
        own = [row for row in rows if row["version"] == f"{sheet['code']}/{sheet['version']}"]
        for group in sheet["groups"]:
            if group["suppressed"]:
                continue
            shown += 1
            chosen = members(by, group["key"], own)
            where = f"{by} {group['key']} {sheet['code']}"
            same(f"{where} n", group["n"], len(chosen))
            if "response_rate" in group:
                same(f"{where} rate", group["response_rate"], percent(len(chosen), group["eligible"]))
            counted = tally(sheet["code"], chosen)
            check_questions(sheet["code"], where, group["questions"], counted)
            check_scores(sheet["code"], where, group, counted)

same("enough groups are shown to compare", shown >= least_shown, True)

# simulated answers use everything the forms offer, each in one row of a hundred at least
NOTHING = ("", "-9")
uses = {
    kind: lambda question, cell, written, kind=kind: question["kind"] == kind and cell not in NOTHING
    for kind in ("rating", "select_one", "select_multiple", "integer", "range", "text")
}
uses["không rõ"] = lambda question, cell, written: question["kind"] == "rating" and cell == "9"
uses["other"] = lambda question, cell, written: question.get("or_other") and cell == "other" and written
uses["skipped"] = lambda question, cell, written: cell == "-9"
uses["branch taken"] = lambda question, cell, written: "relevant" in question and cell != ""
uses["branch not taken"] = lambda question, cell, written: "relevant" in question and cell == ""
for name, test in uses.items():
    used = 0
    for row in rows:
        asked = questions(row["version"].split("/")[0])
        used += any(test(question, row[code], row.get(f"{code}_other")) for code, question in asked.items())
    same(f"{name} in one row of a hundred, not in {used} of {len(rows)}", used * 100 >= len(rows), True)

print(f"{compared} figures compared, {len(differences)} differ")
print("\n".join(differences[:40]))
sys.exit(bool(differences))
