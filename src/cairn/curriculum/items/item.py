"""An item: a question graded by the machine. What `questions.yaml` says, before chance fills it in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Annotated, Any, Literal, TypeAlias

from pydantic import Field

from cairn.curriculum.fields import Frozen, Id, Line, closed, nothing
from cairn.curriculum.skill import Level, Skill

Name = Annotated[str, Field(pattern=r"^[A-Za-z][A-Za-z0-9_]*$", max_length=40)]
Prose = Annotated[str, Field(min_length=1, max_length=4000)]
Formula = Annotated[str, Field(min_length=1, max_length=1000)]
Number = Annotated[float, Field(ge=0, allow_inf_nan=False)]
Place = Annotated[str, Field(pattern=r"^[a-z0-9.-]+#[a-z0-9.-]+$", max_length=160)]

_SAYS = "What is wrong with it, to the person who gave it. A template."
_REPAIRS = "Page section that repairs it, as topic#section."
_LACKS = "The prerequisite skill that is probably missing."


class Kind(StrEnum):
    """The form of an answer."""

    NUMERIC = "numeric"
    EXPRESSION = "expression"
    SHAPE = "shape"
    CHOICE = "choice"
    ORDER = "order"
    OUTPUT = "output"
    FREE = "free"


Scalar: TypeAlias = str | int | float | bool
Case: TypeAlias = dict[Name, Scalar | list[Scalar]]


@closed
@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """Some members of a list, drawn without repeats."""

    of: Annotated[
        Formula | list[Scalar | list[Scalar] | Case],
        Field(description="The list, or an expression that gives it."),
    ]
    take: Annotated[
        Formula | int | None, Field(description="How many; all, in random order, unless given.")
    ] = None


@closed
@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """An array whose elements are drawn one by one."""

    each: Annotated[
        Formula | list[Scalar], Field(description="Range or list that each element is drawn from.")
    ]
    shape: Annotated[list[Formula | int], Field(description="Its shape; sizes may be expressions.")]
    distinct: Annotated[bool, Field(description="Whether no value may occur twice.")] = False


Entry: TypeAlias = Scalar | list[Scalar | list[Scalar] | Case] | Sample | Filled


@closed
@dataclass(frozen=True, slots=True, kw_only=True)
class Misconception:
    """A named wrong idea, described once for all items of the topic."""

    says: Annotated[Prose, Field(description=_SAYS)]
    repairs: Annotated[Place | None, Field(description=_REPAIRS)] = None
    lacks: Annotated[Skill | None, Field(description=_LACKS)] = None


@closed
@dataclass(frozen=True, slots=True, kw_only=True)
class Wrong:
    """What every wrong answer that an author foresees carries."""

    misconception: Annotated[
        Id, Field(description="Name of the wrong idea; described here or under `misconceptions`.")
    ]
    says: Annotated[Prose | None, Field(description=_SAYS)] = None
    repairs: Annotated[Place | None, Field(description=_REPAIRS)] = None
    lacks: Annotated[Skill | None, Field(description=_LACKS)] = None
    when: Annotated[
        Formula | None,
        Field(description="An expression; the entry is left out of variants where it is false."),
    ] = None


@closed
@dataclass(frozen=True, slots=True, kw_only=True)
class Mistake(Wrong):
    """A wrong answer by its value, recognised when the learner's equals it."""

    value: Annotated[
        Formula | float | list[Formula | int],
        Field(description="The wrong answer, written like `answer`."),
    ]


@closed
@dataclass(frozen=True, slots=True, kw_only=True)
class Distractor(Wrong):
    """A wrong option or step by its text."""

    text: Annotated[Prose, Field(description="The wrong option, a template.")]


@closed
@dataclass(frozen=True, slots=True, kw_only=True)
class Right:
    """A right option that holds only sometimes."""

    text: Annotated[Prose, Field(description="The right option, a template.")]
    when: Annotated[
        Formula | None, Field(description="An expression; the option is left out where it is false.")
    ] = None


@closed
@dataclass(frozen=True, slots=True, kw_only=True)
class ProofStep:
    """A step of an order item that need not follow the one before it in the file."""

    text: Annotated[Prose, Field(description="The step, a template.")]
    id: Annotated[Id | None, Field(description="Its name, for others' `after`.")] = None
    after: Annotated[
        tuple[Id, ...], Field(description="Steps that must stand before it; none: it may stand anywhere.")
    ] = ()


@closed
@dataclass(frozen=True, slots=True, kw_only=True)
class RubricPoint:
    """One thing a good free answer says."""

    point: Annotated[Prose, Field(description="What the answer must say. A template.")]
    misconception: Annotated[Id | None, Field(description="The wrong idea of someone who leaves it out.")] = (
        None
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """What every kind of item has."""

    level: Annotated[Level, Field(description="The level of the topic it tests.")]
    ask: Annotated[Prose, Field(description="The question: Markdown and LaTeX with holes `<<expression>>`.")]
    explain: Annotated[Prose, Field(description="Why the answer is right, shown afterwards. A template.")]
    minutes: Annotated[float, Field(gt=0, le=60, description="Minutes it takes a person who knows.")] = 1.0
    vary: Annotated[
        Mapping[Name, Entry],
        Frozen,
        Field(description="What the seed decides, in order; see docs/authoring.md."),
    ] = field(default_factory=nothing)
    where: Annotated[
        tuple[Formula, ...],
        Field(description="Expressions that must be true; the variant is drawn again until they are."),
    ] = ()
    repairs: Annotated[Place | None, Field(description="Page section for any mistake, as topic#section.")] = (
        None
    )


@closed
@dataclass(frozen=True, slots=True, kw_only=True)
class NumericSheet(Sheet):
    """A number, a vector or a matrix is asked for."""

    kind: Annotated[Literal["numeric"], Field(description="The form of the answer.")]
    answer: Annotated[
        Formula | float, Field(description="Expression for the answer: a number, a list or an array.")
    ]
    tolerance: Annotated[
        Number | None,
        Field(description="Relative error that is still right; 0.01 unless given, 0 for whole numbers."),
    ] = None
    within: Annotated[Number | None, Field(description="Absolute error that is still right.")] = None
    unit: Annotated[Line | None, Field(description="Unit of the answer; a learner may convert.")] = None
    check: Annotated[Formula | None, Field(description="The answer by an independent route; must agree.")] = (
        None
    )
    check_within: Annotated[
        Number | None, Field(description="Relative error of `check`, for simulations; 1e-6 unless given.")
    ] = None
    mistakes: Annotated[tuple[Mistake, ...], Field(description="Wrong answers that are recognised.")] = ()


@closed
@dataclass(frozen=True, slots=True, kw_only=True)
class ExpressionSheet(Sheet):
    """A formula is asked for."""

    kind: Annotated[Literal["expression"], Field(description="The form of the answer.")]
    answer: Annotated[Formula, Field(description="The formula as a learner would type it; a template.")]
    variables: Annotated[
        Mapping[Name, Formula], Frozen, Field(description="Free variables, each with its range `low..high`.")
    ] = field(default_factory=nothing)
    arrays: Annotated[
        Mapping[Name, Formula | list[Formula | int]],
        Frozen,
        Field(
            description="Named arrays by shape: `[m, n]`, `[n]` (a column), "
            "or `identity n`, `ones n`, `symmetric n`, `positive n`."
        ),
    ] = field(default_factory=nothing)
    check: Annotated[
        Formula | None,
        Field(description="The formula by an independent route; here D(f, x) is the derivative."),
    ] = None
    mistakes: Annotated[tuple[Mistake, ...], Field(description="Wrong answers that are recognised.")] = ()


@closed
@dataclass(frozen=True, slots=True, kw_only=True)
class ShapeSheet(Sheet):
    """The shape of an array is asked for, or whether the operation fails."""

    kind: Annotated[Literal["shape"], Field(description="The form of the answer.")]
    answer: Annotated[
        Formula | list[Formula | int],
        Field(description='A list of expressions, or one that gives a list or "error".'),
    ]
    symbols: Annotated[
        tuple[Name, ...], Field(description="Names of sizes the answer may use, as in (B, T, d).")
    ] = ()
    check: Annotated[Formula | None, Field(description="The shape by an independent route.")] = None
    mistakes: Annotated[tuple[Mistake, ...], Field(description="Wrong answers that are recognised.")] = ()


@closed
@dataclass(frozen=True, slots=True, kw_only=True)
class ChoiceSheet(Sheet):
    """One or several options are to be chosen."""

    kind: Annotated[Literal["choice"], Field(description="The form of the answer.")]
    answer: Annotated[
        Prose | list[Prose | Right],
        Field(description="The right option; of several, one is drawn, or with `multiple` some."),
    ]
    distractors: Annotated[tuple[Distractor, ...], Field(min_length=1, description="Wrong options.")]
    multiple: Annotated[bool, Field(description="Whether all right options are to be ticked.")] = False
    show: Annotated[
        int | None,
        Field(ge=2, le=8, description="How many options a variant shows; 4, or 5 with `multiple`."),
    ] = None


@closed
@dataclass(frozen=True, slots=True, kw_only=True)
class OrderSheet(Sheet):
    """Steps are to be put in order."""

    kind: Annotated[Literal["order"], Field(description="The form of the answer.")]
    steps: Annotated[
        tuple[Prose | ProofStep, ...],
        Field(min_length=3, max_length=10, description="The steps in a right order."),
    ]
    distractors: Annotated[tuple[Distractor, ...], Field(description="Steps that do not belong.")] = ()


@closed
@dataclass(frozen=True, slots=True, kw_only=True)
class OutputSheet(Sheet):
    """What a program prints is asked for. The key is what it prints when it is run."""

    kind: Annotated[Literal["output"], Field(description="The form of the answer.")]
    code: Annotated[Prose, Field(description="The program, a template; shown under the question.")]
    answer: Annotated[
        Formula | None, Field(description="What it prints, a template; must agree with the run.")
    ] = None
    mistakes: Annotated[
        tuple[Mistake, ...], Field(description="Wrong outputs that are recognised, as templates.")
    ] = ()


@closed
@dataclass(frozen=True, slots=True, kw_only=True)
class FreeSheet(Sheet):
    """A free text is asked for; the person compares it with a model answer, point by point."""

    kind: Annotated[Literal["free"], Field(description="The form of the answer.")]
    model: Annotated[Prose, Field(description="A model answer. A template.")]
    rubric: Annotated[
        tuple[RubricPoint, ...], Field(min_length=1, max_length=8, description="What a good answer says.")
    ]
    passes: Annotated[int | None, Field(ge=1, description="Points that make it right; all unless given.")] = (
        None
    )


AnySheet: TypeAlias = (
    NumericSheet | ExpressionSheet | ShapeSheet | ChoiceSheet | OrderSheet | OutputSheet | FreeSheet
)


@closed
@dataclass(frozen=True, slots=True)
class ItemFile:
    """What `questions.yaml` beside a topic says."""

    items: Annotated[
        Mapping[Id, Annotated[AnySheet, Field(discriminator="kind")]],
        Frozen,
        Field(description="Items by id."),
    ]
    misconceptions: Annotated[
        Mapping[Id, Misconception],
        Frozen,
        Field(description="Wrong ideas that several items share, by name."),
    ] = field(default_factory=nothing)


@dataclass(frozen=True, slots=True, eq=False)
class Item:
    """One item of a topic, ready to be drawn.

    Attributes:
        id: `topic/name`, for example `softmax/shift-invariance`.
        sheet: what the file says.
        version: twelve hexadecimal digits that change with anything that could change a variant.
        misconceptions: the topic's shared wrong ideas.
        functions: what the topic's `items.py` offers to expressions.
        file: the file it stands in.
    """

    id: str
    sheet: AnySheet
    version: str
    misconceptions: Mapping[str, Misconception]
    functions: Mapping[str, Callable[..., Any]]
    file: str

    @property
    def topic(self) -> str:
        """The id of the topic."""
        return self.id.partition("/")[0]

    @property
    def name(self) -> str:
        """Its id within the topic."""
        return self.id.partition("/")[2]

    @property
    def kind(self) -> Kind:
        """The form of an answer."""
        return Kind(self.sheet.kind)

    @property
    def skill(self) -> Skill:
        """The skill it tests."""
        return Skill(self.topic, self.sheet.level)
