"""Run the examples of README.md and compare what they print with the page.

    python readme.py README.md FOLDER [--write]

An example is a block marked ```sql or ```python with a block marked ```text
right behind it. SQL runs in DuckDB, Python in an interpreter of its own, both
in FOLDER, where `out` is a dataset of the sample corpus. With --write the page
gets what the examples print.
"""

import contextlib
import io
import os
import re
import sys

import duckdb

EXAMPLE = re.compile(r"(```(sql|python)\n(.*?)```\n\n```text\n)(.*?)(```)", re.S)


def run(language: str, code: str) -> str:
    """Return what the code prints, as a terminal shows it."""
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        if language == "sql":
            print(duckdb.sql(code))
        else:
            exec(code, {"__name__": "__main__"})
    lines = [line.rstrip() for line in printed.getvalue().strip("\n").splitlines()]
    return "\n".join(lines) + "\n"


def main() -> int:
    page, folder = os.path.abspath(sys.argv[1]), sys.argv[2]
    with open(page, encoding="utf-8") as f:
        text = f.read()
    os.chdir(folder)
    passed = failed = 0

    def example(match: re.Match) -> str:
        nonlocal passed, failed
        head, language, code, want, tail = match.groups()
        got = run(language, code)
        if got == want:
            passed += 1
        else:
            failed += 1
            print(f"README: this example\n{code}\nprints\n{got}\nand the page says\n{want}")
        return head + got + tail

    new = EXAMPLE.sub(example, text)
    if "--write" in sys.argv[3:]:
        with open(page, "w", encoding="utf-8") as f:
            f.write(new)
        print(f"README: {failed} of {passed + failed} examples written anew")
        return 0
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main())
