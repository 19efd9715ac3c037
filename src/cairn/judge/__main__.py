"""`python -m cairn.judge audit FOLDER...` proves exercises; `... check FOLDER FILE` judges a file."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from cairn.judge import Audit, ExerciseError, Judge, Options, audit, grade, load


def main() -> int:
    """Run the command; exit code 0 only if all is well, 2 if there was nothing to judge."""
    parser = argparse.ArgumentParser(prog="python -m cairn.judge", description=__doc__)
    verbs = parser.add_subparsers(dest="verb", required=True)
    prove = verbs.add_parser("audit", help="prove exercises with their own files")
    prove.add_argument("folders", nargs="+", type=Path)
    prove.add_argument("--mutants", action="store_true", help="measure the mutation score as well")
    check = verbs.add_parser("check", help="judge one file and print the verdict as JSON")
    check.add_argument("folder", type=Path)
    check.add_argument("file", type=Path)
    check.add_argument("--seed", type=int, help="of all chance in the checks; the exercise's own by default")
    options = parser.parse_args()
    with Judge() as judge:
        if options.verb == "check":
            try:
                source = options.file.read_text(encoding="utf-8")
                exercise = load(options.folder)
            except (OSError, UnicodeDecodeError, ExerciseError) as error:
                sys.stderr.write(f"{error}\n")
                return 2
            verdict = grade(judge, exercise, source, Options(seed=options.seed))
            _say(json.dumps(verdict.as_json(), indent=2, ensure_ascii=False))
            return 0 if verdict.accepted else 1
        sound = [_audited(judge, folder, mutants=options.mutants) for folder in options.folders]
    return 0 if all(sound) else 1


def _audited(judge: Judge, folder: Path, *, mutants: bool) -> bool:
    try:
        found = audit(judge, load(folder), mutants=mutants)
    except ExerciseError as error:
        found = Audit(folder.name, error.problems)
    for problem in found.problems:
        _say(str(problem))
    text = f"{found.exercise}: {'sound' if found.sound else 'not sound'}"
    if found.score is not None:
        score = found.score
        text += (
            f", {score.killed} of {score.total} mutants caught, {len(score.equivalent)} marked as equivalent"
        )
        for name in score.survivors:
            _say(f"  lives: {name}")
    _say(text)
    return found.sound


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")


if __name__ == "__main__":
    sys.exit(main())
