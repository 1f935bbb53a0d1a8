"""Run the benchmarks: `python -m benchmarks [NAME ...]`. Prints a table, writes `build/bench.json`."""

import importlib
import json
import pkgutil
import sys
from dataclasses import asdict
from pathlib import Path

import benchmarks
from benchmarks.harness import BENCHES, Row

# The shape that `build/bench.json` keeps.
FIELDS = ("name", "value", "unit", "peer", "ratio", "goal", "holds")


def main(names: list[str]) -> int:
    """Run all benchmarks, or those whose name starts with one of `names`. 1 if a goal was missed."""
    for module in sorted(m.name for m in pkgutil.iter_modules(benchmarks.__path__) if m.name.startswith("bench_")):
        importlib.import_module(f"benchmarks.{module}")
    chosen = [n for n in sorted(BENCHES) if not names or any(n.startswith(wanted) for wanted in names)]
    if not chosen:
        print(f"No benchmark is called that. There are: {', '.join(sorted(BENCHES))}", file=sys.stderr)
        return 2
    rows: list[Row] = []
    print(f"{'':44} {'value':>16} {'against':>24} {'ratio':>7} {'goal':>12}")
    for name in chosen:
        print(f"{name}:", flush=True)
        for row in BENCHES[name]():
            rows.append(row)
            print(f"  {line(row)}", flush=True)
    out = Path("build/bench.json")
    out.parent.mkdir(exist_ok=True)
    out.write_text(json.dumps([{k: asdict(row)[k] for k in FIELDS} for row in rows], indent=1) + "\n", "utf-8")
    missed = [row.name for row in rows if row.holds is False]
    print(f"\n{len(rows)} rows, {len(missed)} goals missed{': ' + ', '.join(missed) if missed else ''}. {out}")
    return 1 if missed else 0


def line(row: Row) -> str:
    """A row of the table."""
    value = "-" if row.value is None else f"{row.value:,.4g} {row.unit}"
    ratio = "" if row.ratio is None else f"{row.ratio:.2f}"
    verdict = {True: "holds", False: "MISSED", None: ""}[row.holds]
    return f"{row.name:42} {value:>16} {row.peer:>24} {ratio:>7} {row.goal:>12} {verdict} {row.note}".rstrip()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
