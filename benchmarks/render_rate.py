"""How long each format takes, and PDF against Word in the same run: python benchmarks/render_rate.py."""

from __future__ import annotations

from statistics import median
from time import perf_counter

from gongkai.documents.annual_report.render import FORMATS, Format, render
from gongkai.documents.annual_report.specimens import specimen

ROUNDS = 15


def milliseconds(to: Format) -> float:
    """The median of ROUNDS, the first call (libraries, fonts) not counted; every round another year."""
    report = specimen("qinglan-2025")
    render(report, to)
    times = []
    for number in range(ROUNDS):
        # Another report each time: typst keeps what it has set before.
        other = type(report)(report.form, report.agency, 2022 + number, report.tables, report.narrative)
        start = perf_counter()
        render(other, to)
        times.append((perf_counter() - start) * 1000)
    return median(times)


def main() -> None:
    rates = {to: milliseconds(to) for to in FORMATS}
    for to, rate in rates.items():
        print(f"{to}: {rate:.1f} ms")
    print(f"pdf / docx: {rates['pdf'] / rates['docx']:.2f}")


if __name__ == "__main__":
    main()
