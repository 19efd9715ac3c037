"""A question as a page shows it, what a browser sends back, and the page about an answer that was kept."""

from __future__ import annotations

import html
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from cairn.app import App
from cairn.curriculum import Skill
from cairn.curriculum.items.grading import Answer
from cairn.curriculum.items.key import ChoiceKey, Foreseen, FreeKey, OrderKey
from cairn.curriculum.items.variant import Variant
from cairn.study.drills import failure_of
from cairn.study.errors import UnknownItemError
from cairn.study.questions import as_document
from cairn.study.typeset import formula
from cairn.web import assets, markup
from cairn.web.claims import CheckView
from cairn.web.forms import BadFormError, way_back
from cairn.web.templating import page
from cairn.web.views import Views

MAX_TEXT = 20_000
_LONGEST_SEED = 12


class BadAnswerError(ValueError):
    """Raised when the fields of a form make no answer. The message says what is asked for."""


def routes() -> list[Route]:
    """The route of an answer that was kept."""
    return [Route("/answered/{topic}/{item}/{seed}", answered)]


@dataclass(frozen=True, slots=True)
class Choosable:
    """An option, step or rubric point: its key, its text as HTML, whether it was chosen, its place in an order."""

    key: str
    text: Markup
    chosen: bool = False
    place: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """A question as a page shows it.

    Attributes:
        item: id of the item.
        seed: that of the variant.
        kind: the form of the answer.
        skill: what it tests.
        ask: the question.
        code: a program that belongs to it, or "".
        options: what can be chosen, ordered or ticked.
        multiple: whether several options are right.
        hint: how an answer is written.
        text: what was written before, if it could not be read.
        model: for a free question the model answer.
        problem: why the answer before could not be read.
        asked: the time at which it is shown, in whole seconds since 1970.
    """

    item: str
    seed: int
    kind: str
    skill: Skill
    ask: Markup
    code: str
    options: tuple[Choosable, ...]
    multiple: bool
    hint: str
    text: str = ""
    model: str = ""
    problem: str = ""
    asked: int = 0


class _Later(Mapping[str, str | None]):
    """Formulas that were set when Cairn was built, and in place of any other a text that a script sets."""

    def __init__(self, ready: Mapping[str, str | None]) -> None:
        self._ready = ready

    def __getitem__(self, key: str) -> str:
        made = self._ready.get(key)
        if made is not None:
            return made
        kind, _, tex = key.partition(":")
        shape = ' data-display="yes"' if kind == "d" else ""
        return (
            f'<span class="tex-plain" data-tex="{html.escape(tex)}"{shape}>{html.escape(formula(tex))}</span>'
        )

    def __iter__(self) -> Iterator[str]:
        return iter(self._ready)

    def __len__(self) -> int:
        return len(self._ready)

    def get(self, key: str, default: str | None = None) -> str | None:  # type: ignore[override]  # noqa: ARG002
        """Never missing."""
        return self[key]


def prose(text: str, topic: str) -> Markup:
    """A text of an item as HTML."""
    return Markup(markup.render(text, _Later(assets.formulas(topic))))  # noqa: S704  # raw HTML is off in the renderer


def line(text: str, topic: str) -> Markup:
    """A text of an item as HTML within a line, where it is one paragraph."""
    made = prose(text, topic).strip()
    if made.startswith("<p>") and made.endswith("</p>") and made.count("<p>") == 1:
        return Markup(made[3:-4])  # noqa: S704  # the same
    return made


def question(made: Variant, fields: Sequence[tuple[str, str]] = (), problem: str = "") -> Question:
    """A variant as a page shows it, with what was given before where that could not be read."""
    shown = as_document(made)
    topic = made.item.topic
    chosen = {value for name, value in fields if name == "option"}
    places = {name.removeprefix("place-"): value for name, value in fields if name.startswith("place-")}
    options = tuple(
        Choosable(o.key, line(o.text, topic), o.key in chosen, places.get(o.key, "")) for o in made.options
    )
    free = isinstance(made.key, FreeKey)
    return Question(
        item=made.item.id,
        seed=made.seed,
        kind=made.item.kind.value,
        skill=made.item.skill,
        ask=prose(made.ask, topic),
        code=made.code,
        options=options,
        multiple=bool(shown["multiple"]),
        hint=_hint(shown),
        text=next((value[:MAX_TEXT] for name, value in fields if name == "text"), ""),
        model=prose(made.shown, topic) if free else "",
        problem=problem,
        asked=int(time.time()),
    )


def _hint(shown: Mapping[str, object]) -> str:
    """How an answer is written."""
    names = shown["variables"] or shown["symbols"]
    listed = ", ".join(map(str, names)) if isinstance(names, list) else ""
    unit = f" in {shown['unit']}" if shown["unit"] else ""
    return {
        "numeric": f"A number{unit}: 0.25, 1/4 or 2.5e-1. A vector: 1, 2, 3.",
        "expression": f"A formula{' in ' + listed if listed else ''}: 2*x + sqrt(y), A^T b.",
        "shape": f"Sizes in order{' with ' + listed if listed else ''}: 2, 3. Or: error.",
        "output": "What it prints, line for line.",
        "free": "Write it down first; then compare it with the model answer.",
        "choice": "Tick all that hold." if shown["multiple"] else "Choose one.",
        "order": "Put the steps in order.",
    }[str(shown["kind"])]


def given(fields: Sequence[tuple[str, str]], made: Variant) -> Answer:
    """The answer that a form holds.

    Raises:
        BadAnswerError: it holds none.
    """
    values = dict(fields)
    if values.get("say") == "pass":
        return None
    match made.key:
        case ChoiceKey():
            return [value for name, value in fields if name == "option"]
        case FreeKey():
            if values.get("compared") != "yes":
                msg = "Compare your answer with the model answer, tick what it says, then hand it in."
                raise BadAnswerError(msg)
            return [value for name, value in fields if name == "option"]
        case OrderKey():
            return _ordered(fields)
    return values.get("text", "").replace("\r\n", "\n")


def _ordered(fields: Sequence[tuple[str, str]]) -> list[str]:
    """The keys of steps by the places given to them."""
    places: dict[int, str] = {}
    for name, value in fields:
        if not name.startswith("place-") or not value.strip():
            continue
        text = value.strip()
        if not (text.isascii() and text.isdigit() and len(text) < 3):
            msg = f"{text[:20]!r} is no place: number the steps from 1 on."
            raise BadAnswerError(msg)
        if int(text) in places:
            msg = f"Two steps have the place {int(text)}."
            raise BadAnswerError(msg)
        places[int(text)] = name.removeprefix("place-")
    if not places:
        msg = "Give each step its place: 1 for the first."
        raise BadAnswerError(msg)
    return [places[i] for i in sorted(places)]


def seed_of(text: str) -> int:
    """A seed from a form or an address.

    Raises:
        BadFormError: it is none.
    """
    if not (text.isascii() and text.isdigit() and len(text) <= _LONGEST_SEED):
        message = f"{text[:20]!r} names no question"
        raise BadFormError(message)
    return int(text)


def seconds(fields: Mapping[str, str]) -> float | None:
    """How long an answer took, from the time at which its question was shown."""
    text = fields.get("asked", "")
    if not (text.isascii() and text.isdigit() and len(text) < 12):
        return None
    return max(1.0, time.time() - int(text))


@dataclass(frozen=True, slots=True)
class Repair:
    """What a wrong answer shows: the wrong idea, where it is put right, what is probably missing."""

    says: Markup
    title: str = ""
    href: str = ""
    lacks: Skill | None = None


def answered(request: Request) -> Response:
    """One answer that was kept: the question, what was said, what is right and why."""
    app: App = request.app.state.app
    views: Views = request.app.state.views
    answering = app.answering()
    if request.path_params["topic"] == "question":  # graded by the person: it has a page of its own
        own = "/questions/{item}/answered/{seed}".format_map(request.path_params)
        return RedirectResponse(own, status_code=308)
    name = f"{request.path_params['topic']}/{request.path_params['item']}"
    try:
        kept = answering.answers.find(answering.desk.person_id, name, seed_of(request.path_params["seed"]))
        if kept is None:
            raise HTTPException(404)
        graded = answering.again(kept)
        made = answering.ask(name, kept.seed)
    except (UnknownItemError, BadFormError):
        raise HTTPException(404) from None
    texts = {o.key: o.text for o in made.options}
    said = kept.answer if isinstance(kept.answer, str) else [texts.get(k, k) for k in kept.answer or ()]
    repairs = [_repair(views, f, made.item.topic) for f in graded.because]
    doubtful = None
    if graded.mark.value != "right" and not any(r.lacks for r in repairs):
        doubtful = app.diagnosing().doubtful(made.item.skill) if kept.skill == str(made.item.skill) else None
    return page(
        request,
        "answered.html",
        question=question(made),
        kept=kept,
        graded=graded,
        message=line(graded.message, made.item.topic) if not repairs else "",
        said=[line(text, made.item.topic) for text in said] if isinstance(said, list) else said,
        repairs=repairs,
        doubtful=doubtful,
        shown=line(graded.shown, made.item.topic),
        explanation=prose(graded.explanation, made.item.topic),
        again="again" in request.query_params,
        proof=_proof(views, made),
        topic=views.curriculum.topics.get(made.item.topic),
        following=way_back(request.query_params.get("next", "/topics/" + made.item.topic)),
    )


def _proof(views: Views, made: Variant) -> CheckView | None:
    """The counterexample that a theorem drill rests on, with its first outcome."""
    failure, topic = failure_of(made.item.id), views.curriculum.topics.get(made.item.topic)
    if failure is None or topic is None:
        return None
    pieces = views.page(topic).pieces
    return next((p for p in pieces if isinstance(p, CheckView) and p.checked.id == failure), None)


def _repair(views: Views, found: Foreseen, own: str) -> Repair:
    topic, _, section = (found.repairs or "").partition("#")
    if topic not in views.curriculum.topics:
        return Repair(line(found.says, own), lacks=found.lacks)
    title = views.curriculum.topics[topic].title
    return Repair(line(found.says, own), title, f"/topics/{topic}#{section}", found.lacks)
