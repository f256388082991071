"""Loads results as the README shows, with the real DuckDB and pandas: run by .ci/frames in an environment that has them."""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

import duckdb
import pandas as pd
import pyarrow.parquet as pq


def main() -> None:
    program = str(Path(sys.argv[1]).resolve())
    samples = str(Path("samples").resolve())
    with tempfile.TemporaryDirectory() as folder:
        files = {name: str(Path(folder, "results." + name)) for name in ("jsonl", "csv", "parquet")}
        outputs = [word for name, file in files.items() for word in ("-o", f"{name}={file}")]
        totals = str(Path(folder, "totals.json"))
        command = [program, "scan", samples, "--quiet", *outputs, "-o", f"summary={totals}"]
        # 2: some of the samples cannot be read, on purpose.
        if subprocess.run(command, check=False).returncode not in (0, 2):
            sys.exit("the scan of the samples failed")
        summary = json.loads(Path(totals).read_text(encoding="utf-8"))
        lines = [json.loads(line) for line in Path(files["jsonl"]).read_text(encoding="utf-8").splitlines()]
        verdicts = counted(line.get("verdict") for line in lines)

        for name, file in files.items():
            reader = {"jsonl": "read_json", "csv": "read_csv", "parquet": "read_parquet"}[name]
            rows = duckdb.sql(f"select verdict, count(*) from {reader}('{file}') group by verdict").fetchall()
            check(f"duckdb, {name}", dict(rows), verdicts)
        frames = {
            "jsonl": pd.read_json(files["jsonl"], lines=True),
            "csv": pd.read_csv(files["csv"]),
            "parquet": pd.read_parquet(files["parquet"]),
        }
        for name, frame in frames.items():
            check(f"pandas, {name}", counted(none(verdict) for verdict in frame["verdict"]), verdicts)
            check(f"pandas, {name}, rows", len(frame), summary["records"])
            titles = [none(title) for title in frame["title"]]
            plain = [line.get("title") for line in lines]
            if name == "csv":
                plain = [guarded(title) for title in plain]
            check(f"pandas, {name}, titles", titles, plain)

        flags = duckdb.sql(
            f"select flag, count(*) from (select unnest(flags) as flag from '{files['parquet']}') group by flag"
        ).fetchall()
        check("duckdb, lists", dict(flags), counted(f["code"] for line in lines for f in line.get("flags", [])))
        words = duckdb.sql(
            f"select e.text from (select unnest(evidence) as e from '{files['parquet']}') where e.actor = 'owns'"
        ).fetchall()
        owned = [e["text"] for line in lines for e in line.get("evidence", []) if e["actor"] == "owns"]
        check("duckdb, structs", [text for (text,) in words], owned)
        notes = pq.read_metadata(files["parquet"]).metadata
        check("pyarrow, notes", notes[b"rolecall.schema"], b"rolecall.posting/1")

        # And back: tables that these tools write are read.
        postings = pd.DataFrame(
            {
                "id": ["a", "b", "c"],
                "job_title": ["Product Manager", "Product Marketing Manager", "Cook"],
                "description": ["Own the roadmap.", "Own the positioning.", None],
                "company": pd.Categorical(["Northwind", "Adatum", "Northwind"]),
                "vector": [[0.1, 0.2]] * 3,
            }
        )
        for name, write in {
            "pandas.parquet": lambda file: postings.to_parquet(file),
            "duckdb.parquet": lambda file: duckdb.from_df(postings).write_parquet(file, compression="zstd"),
        }.items():
            file = str(Path(folder, name))
            write(file)
            out = subprocess.run([program, "scan", file, "-q"], capture_output=True, text=True, check=True).stdout
            read = [json.loads(line) for line in out.splitlines()]
            check(name, [r["outcome"] for r in read], ["judged", "judged", "skipped"])
            check(name, [r["title"] for r in read], list(postings["job_title"]))
            check(name, [r.get("company") for r in read][:2], ["Northwind", "Adatum"])
            check(name, [r["source"]["record"] for r in read], [1, 2, 3])
    print(f"results load in duckdb {duckdb.__version__} and pandas {pd.__version__}")


def counted(values):
    counts = {}
    for value in values:
        counts[value] = counts.get(value, 0) + 1
    return counts


def none(value):
    return None if pd.isna(value) else value


def guarded(text):
    return "'" + text if text and text[0] in "=+-@\t\r" else text


def check(what, found, expected):
    if found != expected:
        sys.exit(f"{what}: {found!r} and not {expected!r}")


main()
