"""Counts a release again from the exported rows, with nothing of the product but its CSV, its questionnaire files and its
list of schools.

recount.py FOLDER TEMPLATES ROWS GROUPS – FOLDER holds rows.csv and total.json, unit.json, … as the API gave them; so many rows
there must be, and so many groups shown. From the rows it makes the document that each file should be; every figure, and every
name of a figure, that is in one and not in the other is a difference. What is taken from the file: which groups and questions
are suppressed, and dates. Prints how many figures were compared; exit 1 and the differences if one is off."""
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
with open(templates / "units-2026-phuong-so.csv", encoding="utf-8-sig", newline="") as file:
    schools = {row["code"]: row for row in csv.DictReader(file) if row["kind"] == "truong"}
files = {}
for path in templates.glob("*.json"):
    questionnaire = json.loads(path.read_text(encoding="utf-8"))
    if "sections" in questionnaire:
        files[questionnaire["code"]] = questionnaire

K = 10
STRATA = {"khoi_lop"}
DATES = {"opens_at", "closes_at", "paused_until", "frozen_at", "published_at"}
# what holds where nobody decided otherwise
METHOD = {
    "items": "mean_of_items",
    "groups": "simple",
    "reach": "open_link",
    "above": "counted",
    "percent_places": "1",
}
differences, compared = [], 0


def same(where, found, wanted):
    """Compares two documents, one figure at a time."""
    global compared
    if isinstance(found, dict) and isinstance(wanted, dict):
        for name in list(wanted) + [name for name in found if name not in wanted]:
            if name not in found or name not in wanted:
                compared += 1
                differences.append(f"{where} {name}: only {'the rows have' if name in wanted else 'the release has'} it")
            else:
                same(f"{where} {name}", found[name], wanted[name])
    elif isinstance(found, list) and isinstance(wanted, list) and len(found) == len(wanted):
        for place, (one, other) in enumerate(zip(found, wanted)):
            same(f"{where} {wanted[place].get('code') or wanted[place].get('key')}", one, other)
    else:
        compared += 1
        if found != wanted or type(found) is not type(wanted):
            differences.append(f"{where}: the release says {found!r}, the rows say {wanted!r}")


def half_up(value, places):
    scaled = value * 10**places
    sign = -1 if scaled < 0 else 1
    whole = sign * ((abs(scaled) * 2 + 1) // 2)
    digits = str(abs(int(whole))).rjust(places + 1, "0")
    return ("-" if whole < 0 else "") + digits[:-places] + "." + digits[-places:]


def percent(k, n):
    return {"k": k, "n": n, "percent": half_up(Fraction(100 * k, n), 1)}


def version_of(row):
    return row["version"].rsplit("/", 1)[0]


def questions(code):
    return {q["code"]: q for s in files[code]["sections"] for q in s["questions"] if q["kind"] != "note"}


def scale_of(code, question):
    return files[code]["scales"][question["scale"]]


def aside_of(code, question):
    """The code of “không rõ”, which is no answer."""
    return scale_of(code, question).get("not_applicable", {}).get("code") if question["kind"] == "rating" else None


def bins(question):
    """Names of the bins of a number with their first and last values."""
    if "min" not in question or "max" not in question:
        return []
    low, high, step = question["min"], question["max"], question.get("step", 1)
    if (high - low) // step + 1 <= 101:
        return [(str(value), value, value + step - 1) for value in range(low, high + 1, step)]
    width = (high - low) // 10 + 1
    return [(f"{a}..{a + width - 1}", a, a + width - 1) for a in range(low, low + 10 * width, width)]


class Tally:
    """One question in a group."""

    def __init__(self, code, question, group):
        self.question, self.kind = question, question["kind"]
        cells = [row[question["code"]] for row in group if row[question["code"]] != ""]
        aside = aside_of(code, question)
        answers = [cell for cell in cells if cell not in ("-9", aside)]
        self.asked, self.answered, self.aside = len(cells), len(answers), cells.count(aside)
        self.counts = Counter()
        for cell in answers:
            self.counts.update(cell.split(" ") if self.kind == "select_multiple" else [cell])
        self.is_number = self.kind in ("integer", "range")
        if self.is_number or self.kind == "rating":
            self.sum = sum(int(value) * times for value, times in self.counts.items())
        if self.kind == "rating":
            levels = [choice["code"] for choice in scale_of(code, question)["choices"]]
            self.cells = [(level, self.counts[level]) for level in levels]
            self.best = sum(n for _, n in self.cells[-2:])
        elif self.is_number:
            self.cells = [
                (name, sum(n for value, n in self.counts.items() if first <= int(value) <= last))
                for name, first, last in bins(question)
            ]
        else:
            named = [choice["code"] for choice in question.get("choices", [])]
            named += ["other"] if question.get("or_other") else []
            self.cells = [(name, self.counts[name]) for name in named]
            if self.kind != "text":
                same(f"{code} {question['code']}: codes that nobody offered", sorted(set(self.counts) - set(named)), [])

    def mean(self):
        return Fraction(self.sum, self.answered)

    def averaged(self):
        return {"sum": self.sum, "n": self.answered, "mean": half_up(self.mean(), 2)}

    def document(self):
        found = {"asked": self.asked, "answered": self.answered, "not_applicable": self.aside}
        if self.answered and self.cells:
            share = lambda n: half_up(Fraction(100 * n, self.answered), 1)
            found["distribution"] = [{"code": name, "n": n, "percent": share(n)} for name, n in self.cells]
        if self.answered and (self.is_number or self.kind == "rating"):
            found |= self.averaged()
        if self.answered and self.kind == "rating":
            found["top_two_box"] = percent(self.best, self.answered)
        return found


WORDS = {"select_one": "single", "select_multiple": "multiple", "integer": "number", "range": "number"}


def index(item, open_tallies):
    """A composite; without figures where one of its items has none."""
    parts = [open_tallies.get(name) for name in item["questions"]]
    if not all(part and part.answered for part in parts):
        return {"code": item["code"], "suppressed": True}
    size, best = sum(part.answered for part in parts), sum(part.best for part in parts)
    shares = [Fraction(100 * part.best, part.answered) for part in parts]
    return {
        "code": item["code"],
        "suppressed": False,
        "mean_of_items": half_up(sum(part.mean() for part in parts) / len(parts), 2),
        "pooled_mean": half_up(Fraction(sum(part.sum for part in parts), size), 2),
        "top_two_box_of_items": half_up(sum(shares) / len(shares), 1),
        "pooled_top_two_box": percent(best, size),
    }


def answers(code, group, told):
    """Questions, indices, expectation and overall of one questionnaire in one group."""
    hidden = {item["code"] for item in told.get("questions", []) if item.get("suppressed")}
    tallies = {name: Tally(code, question, group) for name, question in questions(code).items()}
    shown = {name: tally for name, tally in tallies.items() if name not in hidden}
    found = {"questions": []}
    for name, tally in tallies.items():
        item = {"code": name, "kind": WORDS.get(tally.kind, tally.kind), "suppressed": name in hidden}
        found["questions"].append(item | (tally.document() if name in shown else {}))
    form = files[code]
    found["indices"] = [index(item, shown) for item in form.get("indices", [])]
    expectation = shown.get(form.get("expectation"))
    if expectation and expectation.answered:
        high = sum(times for value, times in expectation.counts.items() if int(value) >= 80)
        found["expectation"] = {
            "mean": half_up(expectation.mean(), 2),
            "n": expectation.answered,
            "share80": percent(high, expectation.answered),
        }
    overall = shown.get(form.get("overall"))
    if overall and overall.answered:
        found["overall"] = overall.averaged() | {"top_two_box": percent(overall.best, overall.answered)}
    return {name: value for name, value in found.items() if value}


def pupils(by, key, levels):
    """Those of the schools' list whom a group could have heard from; for groups that lists of pupils know."""
    if by not in ("total", "unit", "level"):
        return 0
    chosen = [school for code, school in schools.items() if by != "unit" or code == key]
    return sum(int(s[f"enrol_{level}"] or 0) for s in chosen for level in levels if by != "level" or level == key)


def groups(by, told, own, levels, code=None):
    """The rows of one table."""
    keys = ["total"] if by == "total" else sorted({row.get(by, "") for row in own} - {"", "-9"})
    listed = {group["key"]: group for group in told}
    if by == "unit" and not code:
        # a school that was asked and sent nothing is listed, too; that it sent nothing is not told
        silent = [key for key in listed if key in schools and key not in keys]
        same("schools without forms are hidden", all(listed[key]["suppressed"] for key in silent), True)
        keys = sorted([*keys, *silent])
    found = []
    for key in keys:
        chosen = [row for row in own if by == "total" or row.get(by) == key]
        one = listed.get(key, {})
        group = {"key": key, "suppressed": one.get("suppressed", False)}
        if by == "unit":
            group["name"] = chosen[0]["unit_name"] if chosen else schools[key]["name"]
        if not group["suppressed"]:
            group["n"] = len(chosen)
            same(f"{by} {key} has {len(chosen)} forms, enough to be shown", len(chosen) >= K, True)
            if eligible := pupils(by, key, levels):
                group |= {"eligible": eligible, "response_rate": percent(len(chosen), eligible)}
            if code:
                group |= answers(code, chosen, one)
        found.append(group)
    return found


same("rows", len(rows), expected)
forms = sorted({version_of(row) for row in rows})
everyone = [files[code]["level"] for code in forms]
shown = 0
for by in ("total", "unit", "level", "channel", *STRATA):
    told = json.loads((folder / f"{by}.json").read_text(encoding="utf-8"))
    by_key = lambda document: {g["key"]: g for g in document}
    sheets = {}
    for sheet in told["questionnaires"]:
        own = [row for row in rows if row["version"] == f"{sheet['code']}/{sheet['version']}"]
        found = groups(by, sheet["groups"], own, [files[sheet["code"]]["level"]], sheet["code"])
        shown += sum(not group["suppressed"] for group in found)
        sheets[sheet["code"]] = {"code": sheet["code"], "version": sheet["version"], "groups": by_key(found)}
    wanted = {name: told[name] for name in DATES if name in told} | {
        "round": rows[0]["round"],
        "title": told["title"],
        "minimum_group": K,
        "release": {
            "number": 1,
            "published_at": told["release"]["published_at"],
            "interim": False,
            "excluded": [],
            "method": METHOD | {"said": told["release"]["method"]["said"]},
        },
        "by": by,
        "k": K,
        # a stratum is a question of some questionnaires, so the round as a whole has no table of it
        "groups": by_key([] if by in STRATA else groups(by, told["groups"], rows, everyone)),
        "questionnaires": sheets,
    }
    told["groups"] = by_key(told["groups"])
    told["questionnaires"] = {s["code"]: s | {"groups": by_key(s["groups"])} for s in told["questionnaires"]}
    same(by, told, wanted)

same("enough groups are shown to compare", shown >= least_shown, True)

# Simulated answers use everything that the forms offer: in 1 % of the cells in which it can happen, and of the rows, at least.
offered, used, rows_with = Counter(), Counter(), Counter()
for row in rows:
    code = version_of(row)
    here = set()
    for name, question in questions(code).items():
        cell, kind = row[name], question["kind"]
        aside = aside_of(code, question)
        possible = {f"{kind} answered": cell not in ("", "-9", aside), f"{kind} skipped": cell == "-9"}
        if aside:
            possible[f"{kind} not applicable"] = cell == aside
        if question.get("or_other"):
            possible[f"{kind} other"] = cell == "other" and row[f"{name}_other"] != ""
        if question.get("relevant"):
            possible[f"{kind} branched away"] = cell == ""
            possible[f"{kind} branched to"] = cell != ""
        offered.update(possible.keys())
        happening = [what for what, happens in possible.items() if happens]
        used.update(happening)
        here.update(happening)
    rows_with.update(here)
for what in sorted(offered):
    counts = f"{what}: {used[what]} of {offered[what]} cells, {rows_with[what]} of {len(rows)} rows"
    same(counts, 100 * used[what] >= offered[what] and 100 * rows_with[what] >= len(rows), True)
    print(counts)
every_kind = {f"{kind} answered" for kind in ("rating", "select_one", "select_multiple", "integer", "range", "text")}
every_use = {"rating not applicable", "select_one other", "text branched away"}
same("kinds and uses that no form offers", sorted((every_kind | every_use) - set(offered)), [])

print(f"{compared} figures compared, {len(differences)} differ")
print("\n".join(differences[:40]))
sys.exit(bool(differences))
