"""The checks of a page as the reader sees them: outcome, figures, plot, and the form that runs them again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from cairn.app import App
from cairn.claims.audit import python_file, shown
from cairn.claims.code import ExcerptError, excerpt, highlight
from cairn.claims.outcome import Figure, Outcome, Relation
from cairn.claims.parameter import ParameterError, Value
from cairn.claims.record import Checked, Record
from cairn.claims.svg import draw
from cairn.claims.workbench import RunError
from cairn.curriculum.topic import Topic
from cairn.study.checking import folder_of, read_python
from cairn.web import assets, markup
from cairn.web.playing import PlayView

MOST_SEED = 2**32 - 1


@dataclass(frozen=True, slots=True)
class Row:
    """One figure as a line of a table."""

    name: str
    value: str
    target: str
    good: bool


@dataclass(frozen=True, slots=True)
class CheckView:
    """One check on a page.

    Attributes:
        title: what the page calls it.
        outcome: of this run; None if it gave none.
        plot: the drawn plot, or nothing.
        seed, values: what it was run with.
        again: whether the reader asked for this run.
        error: why there is no outcome, or what was wrong with the form.
    """

    checked: Checked
    title: Markup
    outcome: Outcome | None
    plot: Markup
    seed: int
    values: Mapping[str, Value]
    again: bool = False
    error: str = ""

    @property
    def rows(self) -> list[Row]:
        """The figures: what was given, what was compared, what was measured."""
        return [_row(f) for f in (*self.outcome.given, *self.outcome.figures)] if self.outcome else []

    @property
    def word(self) -> str:
        """The outcome in a word or two."""
        if self.outcome is None:
            return "not run"
        if self.checked.kind.value == "derivation" and self.outcome.verdict.value == "holds":
            return "every step holds"
        return self.outcome.verdict.value

    @property
    def as_said(self) -> bool:
        """Whether this run came out as the page says."""
        return self.outcome is not None and self.outcome.verdict is self.checked.expected


@dataclass(frozen=True, slots=True)
class PageView:
    """A page's body, ready for its template: HTML, checks and playgrounds in order."""

    pieces: tuple[Markup | CheckView | PlayView, ...]
    record: Record


def view(app: App, topic: Topic) -> PageView:
    """A topic's page with the first outcome of each check."""
    record = app.workbench.record(folder_of(topic))
    inclusions = _Included(app, topic, record)
    pieces: list[Markup | CheckView | PlayView] = []
    for piece in markup.render_page(topic.body, assets.formulas(topic.id), inclusions):
        if isinstance(piece, markup.Slot):
            checked = record.by_id[piece.check]
            values = {p.name: p.default for p in checked.parameters}
            pieces.append(_view(checked, piece.title, checked.outcome, 0, values))
        else:
            pieces.append(piece)
    return PageView(tuple(pieces), record)


def again(app: App, topic: Topic, page: PageView, query: Mapping[str, str]) -> PageView:
    """The same page with one check run anew, as a form's query asks; unchanged if it asks for nothing."""
    wanted = query.get("run", "")
    if wanted not in page.record.by_id:
        return page
    pieces = [
        _rerun(app, topic, p, query) if isinstance(p, CheckView) and p.checked.id == wanted else p
        for p in page.pieces
    ]
    return PageView(tuple(pieces), page.record)


def _rerun(app: App, topic: Topic, before: CheckView, query: Mapping[str, str]) -> CheckView:
    checked = before.checked
    values = dict(before.values)
    seed = before.seed
    try:
        seed = _seed(query.get("seed", "0"))
        for p in checked.parameters:
            if p.kind == "bool" or p.name in query:
                values[p.name] = p.read(query.get(p.name, ""))
        outcome = app.workbench.run(folder_of(topic), checked.id, seed, values)
    except (ParameterError, RunError) as error:
        return CheckView(checked, before.title, None, Markup(), seed, values, again=True, error=str(error))
    return _view(checked, before.title, outcome, seed, values, again=True)


def _seed(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= 10 and int(text) <= MOST_SEED):
        raise ParameterError(f"a seed is a whole number from 0 to {MOST_SEED}")
    return int(text)


def _view(
    checked: Checked, title: Markup, outcome: Outcome | None,
    seed: int, values: Mapping[str, Value], *, again: bool = False,
) -> CheckView:  # fmt: skip
    drawn = draw(outcome.plot) if outcome and outcome.plot else ""
    plot = Markup(drawn)  # noqa: S704  # drawn with every text escaped
    return CheckView(checked, title, outcome, plot, seed, values, again)


def _row(f: Figure) -> Row:
    if f.relation is Relation.TRUE:
        return Row(f.name, "yes" if f.value else "no", "yes", f.good)
    target = ""
    if f.relation is not Relation.NONE:
        slack = f" ± {number(f.slack)}" if f.slack and number(f.slack) != "0" else ""
        target = f"{f.relation.value} {number(f.reference)}{slack}"
    return Row(f.name, f"{number(f.value)} {f.unit}".rstrip(), target, f.good)


def number(value: float) -> str:
    """A figure in four digits, with a true minus and a power of ten where it helps."""
    if value != value:  # noqa: PLR0124  # only a NaN differs from itself
        return "not a number"
    if value in {float("inf"), float("-inf")}:
        return "∞" if value > 0 else "−∞"
    size = abs(value)
    if size >= 1e6 or 0 < size < 1e-4:
        mantissa, _, power = f"{value:.2e}".partition("e")
        text = f"{mantissa.rstrip('0').rstrip('.')} · 10{_superscript(int(power))}"
    elif size >= 1e4 or value == int(value):
        text = f"{value:,.0f}".replace(",", "\u202f")
    else:
        text = f"{value:.4g}"
    return text.replace("-", "−")


def _superscript(power: int) -> str:
    return str(power).translate(str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"))


class _Included:
    """What one page may include."""

    def __init__(self, app: App, topic: Topic, record: Record) -> None:
        self._app, self._topic, self._record = app, topic, record

    def kind(self, check: str) -> str | None:
        """The kind of a check."""
        found = self._record.by_id.get(check)
        return found.kind.value if found else None

    def figure(self, check: str, key: str, like: str) -> str | None:
        """A figure of a check's first run."""
        outcome = self._record.by_id[check].outcome
        figures = (*outcome.figures, *outcome.given) if outcome else ()
        return next((shown(f, like) for f in figures if f.key == key), None)

    def code(self, file: str, name: str) -> str | None:
        """A function's source, marked up."""
        text = read_python(self._app.settings.curriculum, python_file(self._topic, file))
        try:
            return highlight(excerpt(text, name)) if text is not None else None
        except ExcerptError:
            return None


def context(page: PageView) -> dict[str, Any]:
    """What the template is told about the page's checks."""
    checks = page.record.checks
    return {
        "pieces": page.pieces,
        "plays": any(isinstance(p, PlayView) for p in page.pieces),
        "checks": len(checks),
        "verified": page.record.verified,
        "modes": sum(c.kind.value == "failure" for c in checks),
    }
