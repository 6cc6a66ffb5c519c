"""Works out again every statistic of a round's figures.json, from the exported rows alone, with pandas, scipy, statsmodels and
R's package survey: nothing of the product but its CSV and its questionnaire files.

figures.py check FOLDER TEMPLATES  – FOLDER holds rows.csv, pupils.csv (unit, level, pupils as they were declared, of the units
                                        that are asked; empty: not known) and figures.json, TEMPLATES questionnaire files;
                                        items.csv and levels.csv as their pages give them;
                                        crosstab.csv, crosstab.html and means.csv, if the first is there, are A1 by A2
figures.py forms SCHOOL=CODE…      – answers of 6,366 real people (the survey of Redbook, 1977, as statsmodels carries it),
                                        one form a line (CODE, TAB, JSON), by their occupation in several schools

What is taken from figures.json: the rules that the officer chose, which questionnaires ask an item. Fractions must be equal, numbers agree to 1e-9. Prints how many figures were compared; exit 1 and the differences if one
is off."""
import json
import math
import pathlib
import re
import subprocess
import sys
import tempfile
import uuid
from fractions import Fraction

import pandas
from scipy import stats
from statsmodels.stats.proportion import proportion_confint

TOLERANCE = 1e-9
SKIPPED = "-9"
compared, differences = 0, []


def same(where, told, wanted):
    """One figure: a fraction exactly, a number to 1e-9, anything else as it is."""
    global compared
    compared += 1
    if isinstance(wanted, Fraction):
        # a fraction of hundreds of digits is told by its first forty decimals
        off = Fraction(1, 2 * 10**40) if "." in (told or "") else 0
        fine = told is not None and abs(Fraction(told) - wanted) <= off
    elif isinstance(wanted, float):
        fine = isinstance(told, (int, float)) and math.isclose(told, wanted, rel_tol=TOLERANCE, abs_tol=TOLERANCE)
    else:
        fine = told == wanted
    if not fine:
        differences.append(f"{where}: told {told!r}, worked out {wanted!r}")


def printed(value, places):
    """Half-up, away from zero."""
    scaled = abs(value) * 10**places
    whole = (scaled + Fraction(1, 2)).__floor__()
    digits = str(whole).zfill(places + 1)
    text = digits[:-places] + "." + digits[-places:]
    return "-" + text if value < 0 and whole else text


def figure(where, told, wanted, places):
    """An exact figure with how it is printed."""
    if wanted is None:
        return same(where, told, None)
    same(where, (told or {}).get("exact"), wanted)
    same(where + " printed", (told or {}).get("printed"), printed(wanted, places))


class Form:
    """A questionnaire file."""

    def __init__(self, content):
        self.code, self.content, self.questions = content["code"], content, {}
        for section in content["sections"]:
            for question in section["questions"]:
                for row in question.get("rows", [question]):
                    self.questions[row["code"]] = {**question, **row}

    def points(self, code):
        """Points of each choice of a rating."""
        scale = self.content["scales"][self.questions[code]["scale"]]
        return {c["code"]: c.get("value", int(c["code"])) for c in scale["choices"]}

    def index(self, index):
        found = [one for one in self.content.get("indices", []) if one["code"] == index]
        return found[0]["questions"] if found else []


class Item:
    """An item: a question as some questionnaires ask it alike."""

    def __init__(self, told, forms, rows):
        self.told, self.code = told, told["code"]
        self.forms = [forms[code] for code in told["asked_in"]]
        self.levels = {form.content.get("level") for form in self.forms}
        self.kind = self.forms[0].questions[self.code]["kind"]
        asked = rows[rows["questionnaire"].isin(told["asked_in"])]
        columns = [c for c in [self.code, *(f"{self.code}@{form.code}" for form in self.forms)] if c in rows.columns]
        self.cells = asked[columns].replace("", pandas.NA).bfill(axis=1).iloc[:, 0] if columns else asked["unit"].map(lambda _: pandas.NA)
        self.rating = self.kind == "rating"
        if self.rating:
            self.points = self.forms[0].points(self.code)
            self.values = self.cells[self.cells.isin(self.points)].map(self.points).astype(int)
            self.best = sorted(set(self.points.values()))[-2]

    def of(self, group):
        return self.values[self.values.index.isin(group.index)]

    def mean(self, group):
        values = self.of(group)
        return Fraction(int(values.sum()), len(values)) if len(values) else None

    def best_of(self, group):
        return int((self.of(group) >= self.best).sum())

    def share(self, group):
        values = self.of(group)
        return Fraction(100 * self.best_of(group), len(values)) if len(values) else None


def average(numbers):
    numbers = [number for number in numbers if number is not None]
    return sum(numbers) / len(numbers) if numbers else None


def domains(items):
    """Codes of the indices with their rated items."""
    found = {}
    for item in items:
        for form in item.forms:
            for index in form.content.get("indices", []):
                if item.code in index["questions"] and item not in found.setdefault(index["code"], []):
                    found[index["code"]].append(item)
    return found


def block(rule, items, group):
    """Mean and share of several items together; nothing where nobody answered."""
    n = sum(len(item.of(group)) for item in items)
    if not n:
        return None
    k = sum(item.best_of(group) for item in items)
    if rule == "mean_of_items":
        mean, share = average(i.mean(group) for i in items), average(i.share(group) for i in items)
    else:
        mean, share = Fraction(sum(int(i.of(group).sum()) for i in items), n), Fraction(100 * k, n)
    return {"mean": mean, "share": share, "k": k, "n": n, "used": sum(len(i.of(group)) > 0 for i in items), "items": len(items)}


def overall(rule, found, group):
    """Of all items: all answers together, or the simple mean of the domains."""
    items = [item for domain in found.values() for item in domain]
    whole = block("pooled", items, group)
    if whole and rule == "mean_of_items":
        parts = [part for part in (block(rule, domain, group) for domain in found.values()) if part]
        whole |= {"mean": average(p["mean"] for p in parts), "share": average(p["share"] for p in parts)}
    return whole


def wilson(k, n, pupils):
    """Wilson's interval of a share of n out of so many pupils; none: out of very many."""
    p = k / n
    if pupils is not None and pupils <= n:
        return p, p
    alike = n if pupils is None else n * (pupils - 1) / (pupils - n)
    low, high = proportion_confint(p * alike, alike, alpha=0.05, method="wilson")
    return float(low), float(high)


def summed(pupils):
    """All of them; none where one number is missing, or there are none."""
    return None if pupils.isna().any() else int(pupils.sum()) or None


class Audience:
    def __init__(self, told, forms, rows, declared, method):
        self.told, self.method, self.places = told, method, method["percent_places"]
        own = [code for code, form in forms.items() if form.content["audience"] == told["audience"]]
        self.rows = rows[rows["questionnaire"].isin(own)]
        self.all = [Item(item, forms, self.rows) for item in told["items"]]
        self.rated = [item for item in self.all if item.rating]
        self.domains = domains(self.rated)
        self.forms = [forms[code] for code in own]
        asked = {code for item in told["items"] for code in item["asked_in"]}
        levels = {forms[code].content.get("level") for code in asked}
        forms_of = self.rows.groupby(["level", "unit"]).size()
        cells = declared[declared["level"].isin(levels)].set_index(["level", "unit"])["pupils"]
        cells = cells.reindex(cells.index.union(forms_of.index)).sort_index()
        self.cells = pandas.DataFrame({"pupils": cells, "forms": forms_of.reindex(cells.index).fillna(0).astype(int)})

    def check(self):
        pupils = self.cells["pupils"]
        self.group("whole", self.told["whole"], self.rows, pupils)
        for kind in ("level", "unit"):
            for code, told in self.told[kind + "s"].items():
                own = pupils[pupils.index.get_level_values(kind) == code]
                self.group(f"{kind} {code}", told, self.rows[self.rows[kind] == code], own)
            same(f"{kind}s", sorted(self.told[kind + "s"]), sorted(self.rows[kind].unique()))
        for item in self.all:
            self.item(item)
        self.across()
        self.together()
        self.weights()

    def group(self, where, told, group, pupils):
        all_pupils = summed(pupils)
        same(where + " n", told["n"], len(group))
        same(where + " pupils", told["pupils"], all_pupils)
        missing = sorted(f"{unit} {level}" for level, unit in pupils[pupils.isna()].index)
        same(where + " whose pupils are missing", sorted(told["pupils_missing"]), missing)
        rate = Fraction(100 * len(group), all_pupils) if all_pupils else None
        figure(where + " response rate", told["response_rate"], rate, self.places)
        rule, levels = self.method["items"], pupils.index.get_level_values("level")
        known = {level: summed(pupils[levels == level]) for level in set(levels)}
        for code, items in self.domains.items():
            wanted = self.read(lambda rows: block(rule, items, rows), group, known)
            if wanted:
                wanted |= {"used": sum(len(item.of(group)) > 0 for item in items), "items": len(items)}
            self.block(f"{where} domain {code}", told["domains"][code], wanted)
            if wanted and group["level"].nunique() == 1:
                self.within(f"{where} domain {code}", told["domains"][code], items, group, pupils[levels == group["level"].iloc[0]])
            elif wanted:
                same(f"{where} domain {code} within", told["domains"][code]["share_within"], None)
        self.block(where + " overall", told["overall"], self.read(lambda rows: overall(rule, self.domains, rows), group, known))
        self.expectation(where, told["expectation"], group)

    def read(self, of, group, pupils):
        """Several levels by the rule of groups, each of them read by itself; nothing where one cannot be weighed."""
        parts = [(level, of(group[group["level"] == level])) for level in sorted(group["level"].unique())]
        parts = [(level, part) for level, part in parts if part]
        if len(parts) < 2:
            return parts[0][1] if parts else None
        weight = lambda level, part: {"simple": 1, "by_answers": part["n"], "by_pupils": pupils[level]}[self.method["groups"]]
        weights = [weight(*part) for part in parts]
        if not all(weights):
            return None
        mean = lambda name: sum(weight * part[name] for weight, (_, part) in zip(weights, parts)) / sum(weights)
        whole = {name: sum(part[name] for _, part in parts) for name in ("k", "n")}
        most = {name: max(part[name] for _, part in parts) for name in ("used", "items")}
        return whole | most | {"mean": mean("mean"), "share": mean("share")}

    def block(self, where, told, wanted):
        if wanted is None:
            return same(where, told, None)
        figure(where + " mean", told["mean"], wanted["mean"], 2)
        figure(where + " share", told["share"], wanted["share"], self.places)
        for name in ("k", "n", "used", "items"):
            same(f"{where} {name}", told[name], wanted[name])

    def expectation(self, where, told, group):
        codes = {form.content.get("expectation") for form in self.forms} - {None}
        if not codes or told is None:
            return
        item = next(item for item in self.all if item.code == told["code"])
        given = item.cells[item.cells.index.isin(group.index)].dropna()
        values = [Fraction(v) for v in given if v != SKIPPED]
        if self.method["above"] == "capped":
            values = [min(value, Fraction(100)) for value in values]
        met = sum(value >= 80 for value in values)
        figure(where + " expectation", told["mean"], average(values), self.places)
        figure(where + " expectation met", told["share"], Fraction(100 * met, len(values)), self.places)
        same(where + " expectation n", told["n"], len(values))

    def item(self, item):
        where, told, cells = f"item {item.code}", item.told, item.cells.dropna()
        same(where + " asked", told["asked"], len(cells))
        if item.kind in ("integer", "decimal", "range"):
            values = [Fraction(value) for value in cells if value != SKIPPED]
            same(where + " answered", told["answered"], len(values))
            figure(where + " mean", told["mean"], average(values), 2)
        chosen = cells.str.split(" ").explode() if item.kind == "select_multiple" else cells
        if item.kind in ("rating", "select_one", "select_multiple"):
            for code, n in told["choices"].items():
                same(f"{where} choice {code}", n, int((chosen == code).sum()))
        if item.rating:
            n = len(item.values)
            same(where + " answered", told["answered"], n)
            same(where + " not applicable", told["not_applicable"], len(cells) - n - int((cells == SKIPPED).sum()))
            figure(where + " mean", told["mean"], item.mean(self.rows), 2)
            figure(where + " share", told["share"], item.share(self.rows), self.places)
            same(where + " satisfied", told["satisfied"], item.best_of(self.rows))
            self.sure(where, item, told["sure"])

    def is_sample(self, n, pupils):
        """Whether so many forms of these cells are a simple sample."""
        reach, whole = self.method["reach"], summed(pupils)
        if reach == "drawn_stratified" and len(pupils) > 1:
            return False
        return reach.startswith("drawn") and (whole is None or n <= whole)

    def drawn_at(self, levels):
        """Whether the forms of these levels are a simple sample, and out of how many pupils."""
        pupils = self.cells["pupils"][self.cells.index.get_level_values("level").isin(levels)]
        return self.is_sample(int(self.rows["level"].isin(levels).sum()), pupils), summed(pupils)

    def sure(self, where, item, told):
        is_sample, pupils = self.drawn_at(item.levels)
        same(where + " has no interval", "none" in told, not is_sample)
        if not is_sample or "none" in told:
            return
        n, k = len(item.values), item.best_of(self.rows)
        if not n:
            return same(where + " is not sure", told, {"share": None, "share_error": None, "mean": None})
        p = k / n
        for name, one, other in zip(("low", "high"), told["share"], wilson(k, n, pupils)):
            same(f"{where} Wilson {name}", one, other)
        left = (pupils - n) / (pupils - 1) if pupils else 1
        same(where + " error", told["share_error"], math.sqrt(p * (1 - p) / n * left))
        if n == 1:
            return same(where + " mean is not sure", told["mean"], None)
        error = float(item.values.sem()) * math.sqrt(1 - n / pupils if pupils else 1)
        low, high = stats.t.interval(0.95, n - 1, loc=float(item.values.mean()), scale=error)
        same(where + " error of the mean", told["mean"]["error"], error)
        same(where + " mean low", told["mean"]["interval"][0], float(low))
        same(where + " mean high", told["mean"]["interval"][1], float(high))

    def listed(self, table):
        """The table of all questions: a line for each choice, with the figures of its question."""
        number = lambda text: float(text) if text else None
        for item in self.rated:
            n = len(item.values)
            is_sample, pupils = self.drawn_at(item.levels)
            own = table[(table["code"] == item.code) & (table["answered"] == str(n))]
            same(f"items.csv {item.code} choices", len(own) >= len(item.points), True)
            shares = [(f"choice {line['choice']}", int(line["n"]), line["percent"], line["low"], line["high"]) for _, line in own.iterrows()]
            first = own.iloc[0]
            shares.append(("satisfied", item.best_of(self.rows), *first[["satisfied", "satisfied_low", "satisfied_high"]]))
            for what, k, percent, *ends in shares if n else []:
                same(f"items.csv {item.code} {what}", number(percent), 100 * k / n)
                wanted = [100 * end for end in wilson(k, n, pupils)] if is_sample else [None, None]
                for told, end in zip(ends, wanted):
                    same(f"items.csv {item.code} {what} interval", number(told), end)
            if n:
                same(f"items.csv {item.code} mean", number(first["mean"]), float(item.values.mean()))
            if n and not (is_sample and n >= 30):
                same(f"items.csv {item.code} mean has no interval", first["mean_low"] + first["mean_high"], "")

    def by_level(self, table):
        """The table of levels: what one question told has Wilson's interval, a domain the one of figures.json."""
        for _, line in table.iterrows():
            where, ends = f"levels.csv {line['figure']} {line['level']}", line[["low", "high"]]
            if line["figure"] in ("overall_satisfied", "expectation_80") and line["level"]:
                is_sample, pupils = self.drawn_at({line["level"]})
                k, n = int(line["k"]), int(line["n"])
                same(where, float(line["value"]), 100 * k / n)
                wanted = [100 * end for end in wilson(k, n, pupils)] if is_sample else ["", ""]
            elif line["figure"].removesuffix("_satisfied") in self.domains and line["level"]:
                told = self.told["levels"][line["level"]]["domains"][line["figure"].removesuffix("_satisfied")]
                wanted = [100 * end for end in told["share_within"] or []] or ["", ""]
            else:
                continue
            for told, end in zip(ends, wanted):
                same(where + " interval", float(told) if told else told, end)

    def together(self):
        levels = self.cells.index.get_level_values("level")
        for code, items in self.domains.items():
            parts, told = [], self.told["together"][code]
            for level in sorted(self.rows["level"].unique()):
                own = block(self.method["items"], items, self.rows[self.rows["level"] == level])
                if own:
                    pupils = summed(self.cells["pupils"][levels == level])
                    parts.append((own, {"simple": 1, "by_answers": own["n"], "by_pupils": pupils}[self.method["groups"]]))
            if not parts or len(parts) > 1 and not all(weight for _, weight in parts):
                same(f"together {code}", "none" in told, True)
                continue
            weights = sum(weight for _, weight in parts) if len(parts) > 1 else 1
            for name, places in (("mean", 2), ("share", self.places)):
                wanted = sum(own[name] * (weight if len(parts) > 1 else 1) for own, weight in parts) / weights
                figure(f"together {code} {name}", told[name], wanted, places)
            for name in ("k", "n"):
                same(f"together {code} {name}", told[name], sum(own[name] for own, _ in parts))

    def within(self, where, told, items, group, pupils):
        """The widest interval of a domain: how far Wilson's intervals of its items reach below and above their shares, averaged."""
        if not self.is_sample(len(group), pupils):
            return same(where + " within", told["share_within"], None)
        share = below = above = weights = 0
        for item in items:
            answers = len(item.of(group))
            if not answers:
                continue
            p = item.best_of(group) / answers
            weight = 1 if self.method["items"] == "mean_of_items" else answers
            low, high = wilson(item.best_of(group), answers, summed(pupils))
            share, weights = share + weight * p, weights + weight
            below, above = below + weight * (p - low), above + weight * (high - p)
        same(where + " within low", told["share_within"][0], float((share - below) / weights))
        same(where + " within high", told["share_within"][1], float((share + above) / weights))

    def across(self):
        levels, told = self.cells.index.get_level_values("level"), self.told["across_levels"]
        parts = []
        for level in sorted(self.rows["level"].unique()):
            whole = overall(self.method["items"], self.domains, self.rows[self.rows["level"] == level])
            if whole:
                pupils = summed(self.cells["pupils"][levels == level])
                weight = {"simple": 1, "by_answers": whole["n"], "by_pupils": pupils}[self.method["groups"]]
                parts.append((whole["share"], weight))
        if len(parts) == 1:
            # one level alone is what it is
            parts = [(parts[0][0], 1)]
        if parts and all(weight for _, weight in parts):
            wanted = sum(share * weight for share, weight in parts) / sum(weight for _, weight in parts)
            figure("across levels", told["share"], wanted, self.places)
        else:
            same("across levels", "none" in told, True)

    def weights(self):
        told, cells = self.told["weights"], self.cells
        one = lambda level, unit, cell: {
            "unit": unit, "level": level, "n": int(cell["forms"]),
            "pupils": None if pandas.isna(cell["pupils"]) else int(cell["pupils"]),
        }
        wanted = [one(level, unit, cell) for (level, unit), cell in cells.iterrows()]
        same("cells", [{name: cell[name] for name in ("unit", "level", "n", "pupils")} for cell in told["cells"]], wanted)
        known = cells[(cells["forms"] > 0) & cells["pupils"].notna() & (cells["pupils"] > 0)]
        names = lambda some: [f"{unit} {level}" for level, unit in some.index]
        same("without pupils", told["without_pupils"], names(cells[(cells["forms"] > 0) & ~(cells["pupils"] > 0)]))
        same("without forms", told["without_forms"], names(cells[cells["forms"] == 0]))
        same("single", told["single"], names(known[(known["forms"] == 1) & (known["pupils"] > 1)]))
        same("more than pupils", told["more_than_pupils"], names(known[known["forms"] > known["pupils"]]))
        if known.empty:
            return
        weight = {place: Fraction(int(cell["pupils"]), int(cell["forms"])) for place, cell in known.iterrows()}
        squares = sum(w * w * int(known.loc[place, "forms"]) for place, w in weight.items())
        total, n = sum(int(p) for p in known["pupils"]), int(known["forms"].sum())
        same("design effect", told["design_effect"], n * squares / Fraction(total) ** 2)
        same("effective n", told["effective_n"], Fraction(total) ** 2 / squares)
        places = list(zip(self.rows["level"], self.rows["unit"]))
        rows = self.rows.assign(weight=[weight.get(place) for place in places])
        rows = rows[rows["weight"].notna()]
        for item in self.rated:
            self.weighted(item, rows)
        self.weighted_domains(rows, cells[~((cells["forms"] > 0) & ~(cells["pupils"] > 0))]["pupils"])
        if self.method["reach"].startswith("drawn"):
            self.ask_r(rows, known, n, total)

    def weighted_domains(self, rows, pupils):
        """Domains with weights and counted in the same forms: items within a level, then levels by the rule, pupils instead of answers."""
        told, rule = self.told["domains_weighted"], self.method["items"]
        known = pupils.dropna().groupby("level").sum().astype(int).to_dict()
        every = [item for items in self.domains.values() for item in items]

        def whole(own):
            if rule == "pooled":
                return self.weighted_block(every, own)
            parts = [part for part in (self.weighted_block(items, own) for items in self.domains.values()) if part]
            return tuple(average(part[at] for part in parts) for at in (0, 1)) if parts else None

        def check(where, told, weighted, counted):
            parts = [(level, weighted(rows[rows["level"] == level])) for level in rows["level"].unique()]
            parts = [(1 if self.method["groups"] == "simple" else known[level], part) for level, part in parts if part]
            if not parts:
                return same(where, told, None)
            over = sum(weight for weight, _ in parts)
            mean, share = (sum(weight * part[at] for weight, part in parts) / over for at in (0, 1))
            if len(parts) == 1:
                mean, share = parts[0][1]
            counted = self.read(counted, rows, known)
            figure(where + " mean", told["mean"], mean, 2)
            figure(where + " share", told["share"], share, self.places)
            figure(where + " counted mean", told["counted"]["mean"], counted["mean"], 2)
            figure(where + " counted share", told["counted"]["share"], counted["share"], self.places)
            figure(where + " difference", told["difference"], share - counted["share"], self.places)

        for code, items in self.domains.items():
            one = lambda own: self.weighted_block(items, own)
            check(f"domain {code} weighted", told["each"][code], one, lambda own: block(rule, items, own))
        check("all domains weighted", told["whole"], whole, lambda own: overall(rule, self.domains, own))

    def weighted_block(self, items, rows):
        """Mean and share of several items with weights, each item alike or each answer alike."""
        values = [(item, item.of(rows)) for item in items]
        values = [(item, own, list(rows.loc[own.index, "weight"])) for item, own in values if len(own)]
        if not values:
            return None
        points = [(sum(w * int(x) for w, x in zip(weights, own)), sum(weights)) for item, own, weights in values]
        best = [sum(w for w, x in zip(weights, own) if x >= item.best) for item, own, weights in values]
        if self.method["items"] == "mean_of_items":
            mean = average(sum_ / weight for sum_, weight in points)
            share = average(100 * k / weight for k, (_, weight) in zip(best, points))
        else:
            all_weights = sum(weight for _, weight in points)
            mean, share = sum(sum_ for sum_, _ in points) / all_weights, 100 * sum(best) / all_weights
        return mean, share

    def weighted(self, item, rows):
        values = item.of(rows)
        weights = rows.loc[values.index, "weight"]
        if not len(values):
            return
        where, told = f"item {item.code} weighted", item.told["weighted"]
        mean = sum(w * int(x) for w, x in zip(weights, values)) / sum(weights)
        share = 100 * sum(w for w, x in zip(weights, values) if x >= item.best) / sum(weights)
        figure(where + " mean", told["mean"], mean, 2)
        figure(where + " share", told["share"], share, self.places)
        same(where + " counted k", told["counted"]["k"], item.best_of(rows))
        same(where + " counted n", told["counted"]["n"], len(values))
        figure(where + " difference", told["difference"], share - item.share(rows), self.places)

    def ask_r(self, rows, known, n, total):
        """Standard errors by R's survey: a stratified sample, or a simple one that is post-stratified."""
        if self.told["weights"]["more_than_pupils"]:
            for item in self.rated:
                same(f"item {item.code} weighted says why not", "none" in item.told["weighted"]["sure"], True)
            return
        pupils = [int(known.loc[place, "pupils"]) for place in zip(rows["level"], rows["unit"])]
        columns = {"stratum": rows["unit"] + " " + rows["level"], "pupils": pupils, "total": total}
        for place, item in enumerate(self.rated):
            columns[f"m{place}"] = item.of(rows).reindex(rows.index)
            columns[f"s{place}"] = (item.of(rows) >= item.best).astype(int).reindex(rows.index)
        for name, (value, error) in run_r(pandas.DataFrame(columns, index=rows.index), self.method["reach"]).items():
            item, kind = self.rated[int(name[1:])], "mean" if name[0] == "m" else "share"
            told = item.told["weighted"]["sure"][kind]
            if self.method["reach"] == "drawn":
                error = math.hypot(error, self.alone(item, kind, value, rows, known, total))
            freedom = n - (len(known) if self.method["reach"] == "drawn_stratified" else 1)
            where, t = f"item {item.code} weighted {kind}", stats.t.ppf(0.975, freedom)
            same(where + " value", told["value"], value)
            same(where + " error", told["error"], error)
            same(where + " low", told["interval"][0], value - t * error)
            same(where + " high", told["interval"][1], value + t * error)
            if kind == "share":
                answered = rows.loc[item.of(rows).index, "weight"]
                alike = float(sum(answered) ** 2 / sum(weight**2 for weight in answered))
                if 0 < value < 1 and error > 0:
                    alike = value * (1 - value) / error**2
                low, high = proportion_confint(value * alike, alike, alpha=0.05, method="wilson")
                same(where + " Wilson low", item.told["weighted"]["sure"]["share_wilson"][0], float(low))
                same(where + " Wilson high", item.told["weighted"]["sure"]["share_wilson"][1], float(high))

    def alone(self, item, kind, value, rows, known, total):
        """What the only form of a school's level adds to the error that R gives after post-stratification, which takes it for certain."""
        answered = item.of(rows)
        weights = rows.loc[answered.index, "weight"]
        points = answered if kind == "mean" else (answered >= item.best).astype(int)
        lonely = {place for place, n in rows.groupby(["level", "unit"]).size().items() if n == 1}
        is_lonely = [place in lonely for place in zip(rows.loc[answered.index, "level"], rows.loc[answered.index, "unit"])]
        n = len(rows)
        square = sum(float(w / sum(weights)) ** 2 * (float(x) - value) ** 2 for w, x, is_one in zip(weights, points, is_lonely) if is_one)
        return math.sqrt((1 - n / total) * n / (n - 1) * square)


R = """
suppressPackageStartupMessages(library(survey))
options(survey.lonely.psu = "adjust")
folder <- commandArgs(TRUE)[1]; reach <- commandArgs(TRUE)[2]
rows <- read.csv(file.path(folder, "table.csv"))
names <- grep("^[ms][0-9]+$", names(rows), value = TRUE)
# the mean of those who answered is a ratio of two totals
for (name in names) {
  rows[[paste0("has", name)]] <- as.numeric(!is.na(rows[[name]]))
  rows[[name]][is.na(rows[[name]])] <- 0
}
if (reach == "drawn_stratified") {
  design <- svydesign(ids = ~1, strata = ~stratum, fpc = ~pupils, data = rows)
} else {
  plain <- svydesign(ids = ~1, fpc = ~total, data = rows)
  sizes <- unique(rows[c("stratum", "pupils")]); names(sizes)[2] <- "Freq"
  design <- postStratify(plain, ~stratum, sizes)
}
for (name in names) {
  if (sum(rows[[paste0("has", name)]]) == 0) next
  answer <- svyratio(as.formula(paste0("~", name)), as.formula(paste0("~has", name)), design)
  cat(name, format(coef(answer)[[1]], digits = 17), format(SE(answer)[[1]], digits = 17), "\\n")
}
"""


def run_r(table, reach):
    with tempfile.TemporaryDirectory() as folder:
        table.to_csv(pathlib.Path(folder) / "table.csv", index=False)
        script = pathlib.Path(folder) / "ask.R"
        script.write_text(R)
        said = subprocess.run(["Rscript", "--vanilla", script, folder, reach], capture_output=True, text=True)
        if said.returncode:
            sys.exit(f"R failed:\n{said.stderr}")
    lines = (line.split() for line in said.stdout.splitlines() if line.strip())
    return {name: (float(value), float(error)) for name, value, error in lines}


def compared_means(folder, both, is_drawn, pupils):
    """Means of A1 by A2, with Student's interval where a simple sample was drawn and thirty answered. Of all together it is known out of
    how many they were drawn, of who gave one answer to A2 it is not."""
    told = pandas.read_csv(folder / "means.csv", dtype=str, keep_default_na=False, encoding="utf-8-sig")
    points = pandas.to_numeric(both["A1"], errors="coerce")
    for _, line in told.iterrows():
        own = points[(both["A2"] == line["column"]) | (line["column"] == "")].dropna()
        where = f"A1 by A2 {line['column'] or 'all'}"
        same(where + " n", int(line["n"]), len(own))
        if len(own) < 2:
            continue
        same(where + " mean", float(line["mean"]), float(own.mean()))
        same(where + " deviation", float(line["deviation"]), float(own.std()))
        if not is_drawn:
            same(where + " no interval", line["low"] + line["high"], "")
            continue
        if len(own) < 30:
            same(where + " too few for an interval", line["low"] + line["high"], "")
            continue
        left = 1 - len(own) / pupils if pupils and not line["column"] else 1
        error = stats.sem(own) * math.sqrt(left)
        ends = stats.t.interval(0.95, len(own) - 1, own.mean(), error) if error else [own.mean()] * 2
        same(where + " low", line["low"] and float(line["low"]), float(ends[0]))
        same(where + " high", line["high"] and float(line["high"]), float(ends[1]))


def crossed(folder, rows, is_drawn, pupils):
    """A1 by A2, as the table of two questions gives it and the page tells of it."""
    told = pandas.read_csv(folder / "crosstab.csv", dtype=str, keep_default_na=False, encoding="utf-8-sig")
    both = rows[~rows["A1"].isin(["", SKIPPED]) & ~rows["A2"].isin(["", SKIPPED])]
    table = pandas.crosstab(both["A1"], both["A2"])
    statistic, _, freedom, expected = stats.chi2_contingency(table, correction=False)
    n, of_row, of_column = int(table.to_numpy().sum()), table.sum(axis=1), table.sum(axis=0)
    expected = pandas.DataFrame(expected, index=table.index, columns=table.columns)
    # Cochran's rule: more than one cell in five expects fewer than five, or one fewer than one
    is_tested = (expected < 5).to_numpy().mean() <= 0.2 and expected.to_numpy().min() >= 1
    for _, line in told.iterrows():
        row, column = line["row"], line["column"]
        is_filled = row in table.index and column in table.columns
        counts = [int(table.loc[row, column]) if is_filled else 0, int(of_row.get(row, 0)), int(of_column.get(column, 0)), n]
        same(f"A1 {row} by A2 {column}", [int(line[name]) for name in ("n", "row_n", "column_n", "base")], counts)
        residual = ""
        if is_filled and is_tested:
            wanted = expected.loc[row, column]
            spread = wanted * (1 - of_row[row] / n) * (1 - of_column[column] / n)
            residual = f"{(counts[0] - wanted) / math.sqrt(spread):.4f}"
        same(f"residual of A1 {row} by A2 {column}", line["residual"], residual)
    compared_means(folder, both, is_drawn, pupils)
    page = (folder / "crosstab.html").read_text(encoding="utf-8")
    number = lambda text: text.replace(".", "").replace(",", ".")
    if not is_tested:
        return same("no test", "χ² =" in page, False)
    said = re.search(r"χ² = ([\d.,]+), (\d+) bậc tự do", page)
    same("chi-square", number(said[1]), f"{statistic:.2f}")
    same("degrees of freedom", int(said[2]), int(freedom))
    strength = math.sqrt(statistic / (n * (min(table.shape) - 1)))
    same("Cramér's V", number(re.search(r"Cramér = ([\d.,]+\d)", page)[1]), f"{strength:.3f}")


def check(folder, templates):
    rows = pandas.read_csv(folder / "rows.csv", dtype=str, keep_default_na=False, encoding="utf-8-sig")
    rows["questionnaire"] = rows["version"].str.split("/").str[0]
    declared = pandas.read_csv(folder / "pupils.csv", dtype={"unit": str, "level": str, "pupils": float})
    figures = json.loads((folder / "figures.json").read_text(encoding="utf-8"))
    contents = (json.loads(path.read_text(encoding="utf-8")) for path in sorted(templates.glob("*.json")))
    forms = {content["code"]: Form(content) for content in contents if "sections" in content}
    audiences = [Audience(told, forms, rows, declared, figures["method"]) for told in figures["audiences"]]
    for audience in audiences:
        audience.check()
    for name, check in (("items", audiences[0].listed), ("levels", audiences[0].by_level)):
        check(pandas.read_csv(folder / f"{name}.csv", dtype=str, keep_default_na=False, encoding="utf-8-sig"))
    if (folder / "crosstab.csv").exists():
        crossed(folder, rows, figures["method"]["reach"] == "drawn", summed(audiences[0].cells["pupils"]))
    print(f"{compared} figures compared, {len(differences)} differ ({figures['method']['reach']}, {len(rows)} rows)")
    print("\n".join(differences[:40]))
    sys.exit(bool(differences) or compared < 100)


# a school for people of each occupation, the two large ones halved, so that none has more forms than pupils
SCHOOLS = {
    1: ["TH-ANH-SAO"], 2: ["TH-BINH-AN-DONG-B"], 3: ["TH-HOA-MAI", "TH-BEN-SEN"],
    4: ["TH-BINH-AN-DONG-A", "TH-HOA-BAN"], 5: ["TH-HUONG-DUONG"], 6: ["TH-HAT-GIONG"],
}


def real_forms(codes):
    """Ratings of marriage (1 to 5) and religiousness (1 to 4), schooling and age, as people gave them."""
    from statsmodels.datasets import fair

    posters = dict(code.split("=") for code in codes)
    for place, row in fair.load_pandas().data.iterrows():
        schools = SCHOOLS[int(row["occupation"])]
        answers = {"A1": str(int(row["rate_marriage"])), "A2": str(int(row["religious"])), "B1": str(int(row["educ"]))}
        answers["B2"] = f"{row['age']:g}"
        key = uuid.UUID(bytes=uuid.uuid5(uuid.NAMESPACE_OID, f"fair {place}").bytes, version=4)
        form = {"key": str(key), "lang": "vi", "answers": answers}
        print(posters[schools[place % len(schools)]], json.dumps(form), sep="\t")


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["check", folder, templates]:
            check(pathlib.Path(folder), pathlib.Path(templates))
        case ["forms", *codes]:
            real_forms(codes)
        case _:
            sys.exit(__doc__)
