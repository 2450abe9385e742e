"""Score VADER on the sentiment sets, with the measures of `make eval`.

    python vader.py DATA

VADER sees the whole sentence, also where the tone toward a name is asked for;
its classes are cut at 0.05, as its authors advise. One tab-separated line per
set and measure.
"""

import ast
import csv
import json
import pathlib
import sys

from vaderSentiment.vaderSentiment import SentimentIntensityAnalyzer

analyzer = SentimentIntensityAnalyzer()


def score(text: str) -> float:
    return analyzer.polarity_scores(text)["compound"]


def cut(value: float, at: float) -> int:
    """Return the class of a value: 1, 0 or -1."""
    return (value >= at) - (value <= -at)


def macro_f1(gold: list[int], said: list[int]) -> float:
    """Return the mean F1 of the three classes, in percent."""
    total = 0.0
    for label in (-1, 0, 1):
        both = sum(g == s == label for g, s in zip(gold, said))
        total += 2 * both / max(1, gold.count(label) + said.count(label))
    return 100 * total / 3


def pearson(x: list[float], y: list[float]) -> float:
    mx, my = sum(x) / len(x), sum(y) / len(y)
    xy = sum((a - mx) * (b - my) for a, b in zip(x, y))
    return xy / (sum((a - mx) ** 2 for a in x) * sum((b - my) ** 2 for b in y)) ** 0.5


def targets(path: pathlib.Path):
    """Yield (text, class) for each marked mention."""
    if path.suffix == ".csv":
        with path.open(encoding="utf-8", newline="") as f:
            for row in csv.DictReader(f):
                try:
                    decisions = ast.literal_eval(row["Decisions"])
                except (SyntaxError, ValueError):
                    continue  # an apostrophe in a name that the set does not escape
                for tone in decisions.values():
                    yield row["Title"], {"positive": 1, "neutral": 0, "negative": -1}[tone]
        return
    with path.open(encoding="utf-8") as f:
        for row in map(json.loads, f):
            for target in row.get("targets", [row]):
                polarity = target["polarity"]
                if "targets" in row:  # 2, 4, 6 in this layout
                    polarity = (polarity - 4) / 2
                yield row.get("sentence_normalized", row.get("sentence")), int(polarity)


def main() -> None:
    folder = pathlib.Path(sys.argv[1]) / "sentiment"
    for path in sorted(folder.glob("*.tsv")):
        with path.open(encoding="utf-8") as f:
            rows = [line.rstrip("\n").split("\t") for line in f]
        gold = [float(row[1]) / 4 for row in rows]
        said = [score(row[2]) for row in rows]
        print(f"sentiment/{path.stem}\tpearson\t{pearson(gold, said):.3f}")
        print(f"sentiment/{path.stem}\tmacro.f1\t{macro_f1([cut(g, 0.2) for g in gold], [cut(s, 0.05) for s in said]):.2f}")
    for path in sorted([*folder.glob("newsmtsc/*.jsonl"), *folder.glob("sentfin*.csv")]):
        pairs = list(targets(path))
        f1 = macro_f1([tone for _, tone in pairs], [cut(score(text), 0.05) for text, _ in pairs])
        print(f"{path.relative_to(folder.parent).with_suffix('')}\ttarget.f1\t{f1:.2f}")


if __name__ == "__main__":
    main()
