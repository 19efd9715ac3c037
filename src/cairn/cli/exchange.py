"""The command that reads foreign maps: import."""

from __future__ import annotations

from pathlib import Path

import click

from cairn.app import App
from cairn.cli.output import document, fail, next_step, quiet, say
from cairn.interop import metacademy, roadmap
from cairn.interop.foreign import ForeignFormatError, ForeignMap, convert
from cairn.store.tree import write_new
from cairn.study.wording import count

MAX_BYTES = 50_000_000


@click.command("import")
@click.argument("kind", type=click.Choice(["evidence", "metacademy", "roadmap"]), metavar="KIND")
@click.argument("file", type=click.Path(exists=True, path_type=Path))
@click.option(
    "--into", type=click.Path(path_type=Path), help="Folder for the new curriculum; must be new or empty."
)
@click.option("--json", "as_json", is_flag=True, help="Print a JSON document.")
@click.pass_obj
def import_(app: App, kind: str, file: Path, into: Path | None, as_json: bool) -> None:
    """Take in evidence that was exported, or make a curriculum of a foreign map.

    KIND evidence reads what `cairn export evidence` wrote; what is there already is not kept twice.

    KIND metacademy reads edges.csv (prerequisite,concept) with concepts.csv (tag,title,hours_estimate) beside
    it, or their folder.
    KIND roadmap reads YAML or JSON: a list of topics with prerequisites, or a drawing with nodes and edges.
    """
    if kind == "evidence":
        _take(app, file, as_json=as_json)
        return
    folder = into or Path(f"{file.stem}-curriculum")
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        fail(f"{folder} is not an empty folder", "name another with --into; nothing was written")
    try:
        result = convert(_read(kind, file))
    except ForeignFormatError as error:
        meant = _pair(file)[error.part] if error.part else file
        place = f"{meant}:{error.line}" if error.line else str(meant)
        fail(f"{place}: {error}", f"{error.hint}; nothing was written")
        return
    for name, text in result.files.items():
        write_new(folder / name, text)
    if as_json:
        made = {
            "folder": str(folder),
            "topics": result.topics,
            "edges": result.edges,
            "notes": list(result.notes),
        }
        document({"format": 1, **made})
        return
    say(f"wrote {count(result.topics, 'topic')} and {count(result.edges, 'requirement')} to {folder}")
    for note in result.notes:
        say(quiet(f"  {note}"))
    next_step(f"cairn --curriculum {folder} lint", "check it; `gap` and the others work on it the same way")


def _take(app: App, file: Path, *, as_json: bool) -> None:
    from cairn.study.evidence_file import EvidenceFileError, take  # noqa: PLC0415  # not needed by the map

    try:
        with file.open(encoding="utf-8-sig") as text:
            taken = take(app.answering(), text)
    except EvidenceFileError as error:
        fail(
            f"{file}:{error.line}: {error}",
            "nothing was kept; the file must come from: cairn export evidence",
        )
    except UnicodeDecodeError:
        fail(f"{file} is not UTF-8", "nothing was kept; the file must come from: cairn export evidence")
    else:
        if as_json:
            document(
                {
                    "format": 1,
                    "events": taken.events,
                    "answers": taken.answers,
                    "new_events": taken.new_events,
                    "new_answers": taken.new_answers,
                }
            )
            return
        say(f"read {count(taken.events, 'event')} and {count(taken.answers, 'answer')}")
        say(quiet(f"  {taken.new_events} and {taken.new_answers} of them were new"))
        next_step("cairn diagnose", "go on from there")


@click.command("export")
@click.argument("kind", type=click.Choice(["evidence"]), metavar="KIND")
@click.option(
    "--into",
    type=click.Path(path_type=Path, dir_okay=False),
    help="A new file; standard output unless given.",
)
@click.pass_obj
def export(app: App, kind: str, into: Path | None) -> None:  # noqa: ARG001  # one kind so far
    """Write what is kept of you, to be taken elsewhere and back.

    KIND evidence writes JSON lines: everything you answered, handed in and said, with its time.
    """
    from cairn.study.evidence_file import lines  # noqa: PLC0415

    if into is None:
        for line in lines(app.answering()):
            say(line)
        return
    if into.exists():
        fail(f"{into} is there already", "name another file with --into; nothing was written")
    write_new(into, "".join(f"{line}\n" for line in lines(app.answering())))
    say(f"wrote {into}")


def _read(kind: str, file: Path) -> ForeignMap:
    if kind == "roadmap":
        return roadmap.read(_text(file))
    pair = _pair(file)
    concepts = _text(pair["concepts"]) if pair["concepts"].is_file() else None
    return metacademy.read(_text(pair["edges"]), concepts)


def _pair(file: Path) -> dict[str, Path]:
    """The edges and the concepts file, of which `file` is either, or the folder of both."""
    if file.is_dir():
        return {"edges": file / "edges.csv", "concepts": file / "concepts.csv"}
    if metacademy.is_concepts(_text(file)):
        return {"edges": file.with_name("edges.csv"), "concepts": file}
    return {"edges": file, "concepts": file.with_name("concepts.csv")}


def _text(file: Path) -> str:
    try:
        if file.stat().st_size > MAX_BYTES:
            raise ForeignFormatError("the file is larger than 50 MB", "split it")
        return file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise ForeignFormatError("the file is not UTF-8", "save it as UTF-8") from None
    except OSError as error:
        raise ForeignFormatError(f"{file} cannot be read: {error.strerror}", "check the path") from None
