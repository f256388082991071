#!/usr/bin/env python3
"""Holds a rolecall binary against labelled postings and a whole job board (no dependencies beyond Python 3.9).

    .ci/gold.py --bin target/release/rolecall --gold DIR --floors .ci/floors.json [--print]

DIR holds board.jsonl.gz, dev.jsonl.gz, langs.jsonl.gz, duties.jsonl and score.py. The floors are the least (`min`) and
the most (`max`) that each figure may be; --print shows the figures without judging them. Checked as well: every
record in is a record out and the counts add up, the bytes are the same for any --jobs, and every piece of evidence
stands where it says.
"""
import argparse
import collections
import gzip
import hashlib
import html
import json
import os
import re
import subprocess
import sys
import tempfile
import unicodedata

TAG = re.compile(r"(?s)<!--.*?-->|<(?:/?[a-zA-Z]|[!?])(?:\"[^\"]*\"|'[^']*'|[^>])*>")
HIDDEN = re.compile(r"(?is)<(script|style|button|svg)\b.*?</\1\s*>")
MARKS = frozenset("*_`![]\\")
LINK = re.compile(r"\]\([^)\n]{0,600}\)")


def words(text):
    """The letters and digits of a text, spaces folded: the same for the source and for what was read of it."""
    kept = (c if c.isalnum() or c == "&" else " " for c in text if c not in MARKS and unicodedata.category(c) != "Cf")
    return " ".join("".join(kept).split())


def visible(source):
    """What a person reads of a stretch of source: no tags, entities decoded (boards escape twice)."""
    text = TAG.sub("", HIDDEN.sub(" ", source))
    return words(html.unescape(html.unescape(LINK.sub("]", text))))


def scan(binary, source, out, jobs=2, evidence="all"):
    command = [binary, "scan", source, "-o", f"jsonl={out}", "--evidence", evidence, "--quiet", "--jobs", str(jobs)]
    done = subprocess.run(command)
    if done.returncode not in (0, 2):
        sys.exit(f"{source}: exit status {done.returncode}")


def records(path):
    opener = gzip.open if path.endswith(".gz") else open
    with opener(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            if line.strip():
                yield json.loads(line)


def digest(path):
    with open(path, "rb") as file:
        return hashlib.sha256(file.read()).hexdigest()


def body_of(record):
    return record.get("body") or record.get("description") or record.get("text") or ""


def board(binary, gold, work, faults):
    """Scans the board once with one thread and once with two, and looks at every record that comes out."""
    source = os.path.join(gold, "board.jsonl.gz")
    outs = [os.path.join(work, f"board-{jobs}.jsonl") for jobs in (1, 2)]
    for out, jobs in zip(outs, (1, 2)):
        scan(binary, source, out, jobs)
    if digest(outs[0]) != digest(outs[1]):
        faults.append("board: --jobs 1 and --jobs 2 write different bytes")
    counts, verdicts, quiet, hidden, came, pieces, wrong = collections.Counter(), collections.Counter(), 0, 0, 0, 0, []
    given = records(source)
    for result in records(outs[0]):
        came += 1
        counts[result["outcome"]] += 1
        posting = next(given, None)
        if posting is None or (posting.get("id") is not None and str(posting["id"]) != str(result.get("id"))):
            wrong.append(f"record {came} is not the record that went in")
            break
        if result["outcome"] != "judged":
            continue
        verdicts[result["verdict"]] += 1
        if result["claimed"] in ("other", "none"):
            quiet += 1
            hidden += result["verdict"] == "hidden"
        raw = body_of(posting).encode("utf-8")
        for found in result["evidence"]:
            pieces += 1
            span = found["span"]
            try:
                cut = raw[span["start"]:span["end"]].decode("utf-8")
            except UnicodeDecodeError:
                cut = None
            if cut is None or visible(cut) != words(found["text"]):
                wrong.append(f"{result['id']}: {span['start']}..{span['end']} is {cut!r}, not {found['text']!r}")
    went = came + sum(1 for _ in given)
    if came != went:
        faults.append(f"board: {went} records in, {came} out")
    if wrong:
        faults.append(f"board: {len(wrong)} of {pieces} places do not hold their words, such as:\n  " + "\n  ".join(wrong[:8]))
    print(f"board: {went} in = {came} out: {dict(counts)}; verdicts {dict(verdicts)}; {pieces} pieces of evidence")
    return {
        "board.records": came,
        "board.failed": counts["failed"],
        "board.hidden_share": hidden / max(1, quiet),
        "board.review_share": verdicts["review"] / max(1, came),
    }


def languages(binary, gold, work):
    """Postings in other languages are skipped, English ones are not."""
    figures = {}
    for name in ("langs", "dev"):
        out = os.path.join(work, f"{name}.jsonl")
        scan(binary, os.path.join(gold, f"{name}.jsonl.gz"), out, evidence="none")
        ends = collections.Counter(record["outcome"] for record in records(out))
        figures[f"{name}.skipped_share"] = ends["skipped"] / max(1, sum(ends.values()))
        print(f"{name}: {dict(ends)}")
    return figures


def duties(binary, gold, work):
    """Share of the owned lines of a role that carry evidence of it, each line read as the duty of a posting."""
    lines = [d for d in records(os.path.join(gold, "duties.jsonl")) if d["actor"] == "owns" and d["role"] in ("pm", "pmm")]
    source, out = os.path.join(work, "duties.jsonl"), os.path.join(work, "duties.out.jsonl")
    with open(source, "w", encoding="utf-8") as file:
        for number, duty in enumerate(lines):
            line = re.sub(r"^[\s*\-\u2022\u00b7]+", "", duty["line"])
            body = f"What you will do\n\n- {line}\n"
            file.write(json.dumps({"id": str(number), "title": "Open role", "body": body}) + "\n")
    scan(binary, source, out)
    right, of = collections.Counter(), collections.Counter()
    for result, duty in zip(records(out), lines):
        of[duty["role"]] += 1
        right[duty["role"]] += any(found["role"] == duty["role"] for found in result.get("evidence", []))
    figures = {f"duties.{role}_with_evidence": right[role] / max(1, of[role]) for role in ("pm", "pmm")}
    figures["duties.with_evidence"] = sum(right.values()) / max(1, sum(of.values()))
    return figures


def lines(binary, gold, work):
    """How well single labelled lines are told: whose work they are and who does it."""
    out, postings = os.path.join(work, "lines.json"), os.path.join(work, "dev.jsonl")
    with gzip.open(os.path.join(gold, "dev.jsonl.gz"), "rb") as packed, open(postings, "wb") as file:
        file.write(packed.read())
    command = [binary, "eval", "--lines", os.path.join(gold, "duties.jsonl"), "--postings", postings, "--quiet", "-o", f"json={out}"]
    done = subprocess.run(command)
    if done.returncode:
        sys.exit(f"eval --lines: exit status {done.returncode}")
    with open(out, encoding="utf-8") as file:
        told = json.load(file)["lines"]
    figures = {"lines.actor_macro_f1": told["actor_macro_f1"]}
    for role, owned in told["owned"].items():
        figures.update({f"lines.{role}_{name}": owned[name]["share"] for name in ("precision", "recall")})
    return figures


# Fewest companies in whose postings a term of the two roles must be found.
COMPANIES = 3


def weighted_terms(binary):
    """The terms of the two roles, as `lexicon list` prints them; those of no weight name figures and count nothing."""
    text = subprocess.run([binary, "lexicon", "list", "--quiet"], capture_output=True, text=True, check=True).stdout
    terms, area = [], ""
    for line in text.splitlines():
        if line and not line.startswith(" "):
            area = line.split()[0]
        elif line.startswith("    ") and area.split("/")[0] in ("pm", "pmm"):
            pairs = [term.split() for term in line.split(",") if term.strip()]
            terms += [f"{area}/{term}" for term, weight in pairs if float(weight) > 0]
    return terms


def spread(binary, gold, work, faults):
    """Every weighted term of the two roles has hits in postings of several companies, or a reason to be there."""
    found, left_out = collections.defaultdict(set), os.path.join(os.path.dirname(os.path.abspath(__file__)), "rare-terms.json")
    for name, company in (("dev", "group"), ("board", "company")):
        source, out = os.path.join(gold, f"{name}.jsonl.gz"), os.path.join(work, f"spread-{name}.jsonl")
        scan(binary, source, out)
        for posting, result in zip(records(source), records(out)):
            owner = "".join(filter(str.isalnum, str(posting.get(company) or "").split(":")[-1].casefold()))
            if owner:
                for piece in result.get("evidence", []):
                    found[piece["term"]].add(owner)
    with open(left_out, encoding="utf-8") as file:
        reasons = json.load(file)
    terms = weighted_terms(binary)
    rare = {term: len(found[term]) for term in terms if len(found[term]) < COMPANIES}
    for term, count in sorted(rare.items()):
        if term not in reasons:
            faults.append(f"{term} is found in postings of {count} companies, not {COMPANIES}: widen, merge or drop it")
    for term in sorted(set(reasons) - set(rare)):
        faults.append(f"{term} is no longer rare: take it out of rare-terms.json")
    print(f"terms: {len(terms)} of the two roles, {len(rare)} found in fewer than {COMPANIES} companies")
    return {"terms.rare": len(rare)}


def scores(binary, gold):
    """The figures of score.py, flattened to names such as masked.accuracy."""
    command = [sys.executable, os.path.join(gold, "score.py"), "--bin", binary, "--gold", os.path.join(gold, "dev.jsonl.gz"), "--json"]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"score.py: exit status {done.returncode}\n{done.stderr}")
    figures = {}

    def flatten(prefix, value):
        if isinstance(value, dict):
            for key, inner in value.items():
                flatten(f"{prefix}.{key}" if prefix else key, inner)
        elif isinstance(value, (int, float)) and not isinstance(value, bool):
            figures[prefix] = value

    flatten("", json.loads(done.stdout.strip().splitlines()[-1]))
    return figures


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bin", required=True)
    parser.add_argument("--gold", required=True)
    parser.add_argument("--floors", required=True)
    parser.add_argument("--print", action="store_true", help="print all figures and judge none")
    args = parser.parse_args()
    binary = os.path.abspath(args.bin)
    faults, figures = [], {}
    with tempfile.TemporaryDirectory() as work:
        figures.update(board(binary, args.gold, work, faults))
        figures.update(languages(binary, args.gold, work))
        figures.update(duties(binary, args.gold, work))
        figures.update(lines(binary, args.gold, work))
        figures.update(spread(binary, args.gold, work, faults))
    figures.update(scores(binary, args.gold))
    with open(args.floors, encoding="utf-8") as file:
        floors = json.load(file)
    if args.print:
        print(json.dumps(figures, indent=2))
    for name, bounds in floors.items():
        figure = figures.get(name)
        if figure is None:
            faults.append(f"{name} was not measured")
            continue
        low, high = bounds.get("min"), bounds.get("max")
        held = (low is None or figure >= low) and (high is None or figure <= high)
        bar = " ".join(f"{word} {bound}" for word, bound in (("at least", low), ("at most", high)) if bound is not None)
        print(f"{'ok  ' if held else 'MISS'} {name} = {figure:.4g} ({bar})")
        if not held:
            faults.append(f"{name} is {figure:.4g}, not {bar}")
    for fault in faults:
        print(f"fault: {fault}", file=sys.stderr)
    sys.exit(1 if faults and not args.print else 0)


if __name__ == "__main__":
    main()
