"""Answers read batch by batch, from a file or the store, into compact columns. Needs the extra `calibrate`.

A frame has the columns person, item, skill, at, correct and, if known, seconds. `at` is a time, an ISO text or seconds
since 1970. Names are turned into numbers batch by batch, so memory is bounded by the columns, not by the names.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from cairn.study.calibration.table import Table
from cairn.study.errors import CalibrationError

if TYPE_CHECKING:
    import polars as pl
    from sqlalchemy import Engine

NEEDED = ("person", "item", "skill", "at", "correct")
_BATCH = 200_000


def _polars() -> None:
    """Say what to install where Polars is missing."""
    if find_spec("polars") is None:
        message = "calibration reads answers with Polars, which is not installed"
        raise CalibrationError(message, "install Cairn with the extra 'calibrate'")


def from_file(path: Path) -> Iterator[pl.DataFrame]:
    """The batches of a Parquet or CSV file.

    Raises:
        CalibrationError: there is no such file, it is of another kind, cannot be read, or lacks a column.
    """
    _polars()
    import polars as pl  # noqa: PLC0415

    if not path.is_file():
        raise CalibrationError(f"there is no file {path}", "name a Parquet or CSV file of answers")
    readers: dict[str, Callable[[Path], pl.LazyFrame]] = {".parquet": pl.scan_parquet, ".csv": pl.scan_csv}
    if path.suffix.lower() not in readers:
        raise CalibrationError(f"{path} is neither .parquet nor .csv", "convert it to one of them")
    try:
        lazy = readers[path.suffix.lower()](path)
        present = lazy.collect_schema().names()
        missing = [name for name in NEEDED if name not in present]
        if missing:
            message = f"{path} lacks the column {', '.join(missing)}"
            raise CalibrationError(message, f"it needs {', '.join(NEEDED)}, and may have seconds")
        columns = [*NEEDED, *(["seconds"] if "seconds" in present else [])]
        yield from lazy.select(columns).collect_batches(chunk_size=_BATCH)
    except pl.exceptions.PolarsError as error:
        raise CalibrationError(f"{path} cannot be read: {str(error).splitlines()[0]}") from None


def from_store(engine: Engine) -> Iterator[pl.DataFrame]:
    """The batches of the answers kept in a database; none where it keeps no answers to items."""
    _polars()
    import polars as pl  # noqa: PLC0415
    from sqlalchemy import inspect, select  # noqa: PLC0415

    from cairn.store.tables import answers  # noqa: PLC0415

    if "answers" not in inspect(engine).get_table_names():
        return
    kept = answers.c
    query = select(
        kept.person_id.label("person"),
        kept.item,
        kept.skill,
        kept.at,
        (kept.mark == "right").label("correct"),
        kept.seconds,
    ).order_by(kept.id)
    names = [*NEEDED, "seconds"]
    with engine.connect().execution_options(stream_results=True, yield_per=50_000) as connection:
        for rows in connection.execute(query).partitions():
            yield pl.DataFrame(
                [tuple(row) for row in rows], schema=names, orient="row", infer_schema_length=None
            )


class _Codes:
    """Numbers for names, in the order they are met."""

    def __init__(self) -> None:
        self.of: dict[str, int] = {}

    def encode(self, names: pl.Series) -> NDArray[np.int32]:
        import polars as pl  # noqa: PLC0415

        fresh = names.unique().to_list()
        codes = [self.of.setdefault(name, len(self.of)) for name in fresh]
        if len(fresh) == 1:
            return np.full(len(names), codes[0], dtype=np.int32)
        return names.replace_strict(fresh, codes, return_dtype=pl.Int32).to_numpy().astype(np.int32)

    def sorted(self) -> tuple[tuple[str, ...], NDArray[np.int32]]:
        """The names in order, and the place of each number among them."""
        names = sorted(self.of)
        place = np.empty(len(names), dtype=np.int32)
        for position, name in enumerate(names):
            place[self.of[name]] = position
        return tuple(names), place


def gather(frames: Iterable[pl.DataFrame]) -> Table:
    """All batches as one table. Rows with something missing are left out and counted.

    Raises:
        CalibrationError: a column has a type that cannot be understood, or there are no answers.
    """
    _polars()
    people, items, skills = _Codes(), _Codes(), _Codes()
    parts: list[tuple[NDArray[Any], ...]] = []
    dropped = 0
    for frame in frames:
        clean = _clean(frame)
        dropped += len(frame) - len(clean)
        if len(clean):
            codes = (
                people.encode(clean["person"]),
                items.encode(clean["item"]),
                skills.encode(clean["skill"]),
            )
            rest = (clean[name].to_numpy() for name in ("at", "correct", "seconds"))
            parts.append((*codes, *rest))
    if not parts:
        message = "there are no answers to items to calibrate from"
        raise CalibrationError(message, "answers are kept as people answer; or name a file with --from")
    columns = [np.concatenate(column) for column in zip(*parts, strict=True)]
    parts.clear()
    names = []
    for k, codes_of in enumerate((people, items, skills)):
        ordered, place = codes_of.sorted()
        columns[k] = place[columns[k]]
        names.append(ordered)
    order = np.lexsort((columns[1], columns[3], columns[2], columns[0]))
    for k, column in enumerate(columns):
        columns[k] = column[order]
    person, item, skill, at, correct, seconds = columns
    return Table(
        person, item, skill, at, correct, seconds, len(names[0]), names[1], names[2], dropped
    )  # fmt: skip


def _clean(frame: pl.DataFrame) -> pl.DataFrame:
    """Typed columns, without rows in which something but the seconds is missing."""
    import polars as pl  # noqa: PLC0415

    at = frame.schema["at"]
    if at == pl.String:
        when = pl.col("at").str.to_datetime(strict=False, time_zone="UTC", time_unit="us").dt.epoch("s")
    elif isinstance(at, pl.Datetime):
        when = pl.col("at").dt.epoch("s")
    elif at == pl.Date:
        when = pl.col("at").cast(pl.Datetime("us")).dt.epoch("s")
    elif at.is_numeric():
        when = pl.col("at")
    else:
        raise CalibrationError(f"the column at holds {at}", "write times, ISO texts, or seconds since 1970")
    correct = frame.schema["correct"]
    if correct != pl.Boolean and not correct.is_numeric():
        raise CalibrationError(f"the column correct holds {correct}", "write true and false, or 1 and 0")
    right = pl.col("correct").cast(pl.Float64)
    seconds = pl.col("seconds").cast(pl.Float32, strict=False) if "seconds" in frame.columns else pl.lit(None)
    return frame.select(
        *(pl.col(name).cast(pl.String) for name in ("person", "item", "skill")),
        when.cast(pl.Int64, strict=False).alias("at"),
        pl.when(right.is_in([0.0, 1.0])).then(right == 1.0).alias("correct"),
        seconds.cast(pl.Float32).fill_null(float("nan")).alias("seconds"),
    ).drop_nulls()
