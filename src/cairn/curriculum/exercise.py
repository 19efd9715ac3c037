"""An exercise: code to write, judged. What its sheet says; its code is the judge's business."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Field
from pydantic.json_schema import SkipJsonSchema

from cairn.curriculum.fields import Id, Line, Span, Text, closed
from cairn.curriculum.skill import Skill

Name = Annotated[str, Field(pattern=r"^[A-Za-z_][A-Za-z0-9_]*$", max_length=80)]


@closed
@dataclass(frozen=True, slots=True)
class Equivalent:
    """A mutation of the solution that does not change what it does, and why."""

    mutant: Annotated[Line, Field(description="The mutant's name as the audit prints it.")]
    because: Annotated[Text, Field(min_length=3, description="Why it is no mistake.")]


@closed
@dataclass(frozen=True, slots=True)
class Bug:
    """A mistake to be planted in a right program, as one small edit."""

    misconception: Annotated[
        Line, Field(description="Its wrong idea: of a wrong solution of `of`, or a new one.")
    ]
    replace: Annotated[Text, Field(description="Text that stands once in the right program.")]
    by: Annotated[str, Field(max_length=2000, description="What it is replaced by; may be empty.")]
    says: Annotated[
        Line | None, Field(description="One sentence that teaches; the wrong solution's, if left out.")
    ] = None
    caught_by: Annotated[
        tuple[Line, ...], Field(description="Checks that notice it; the wrong solution's, if left out.")
    ] = ()


KINDS = ("write", "bug-hunt", "write-tests")


@closed
@dataclass(frozen=True, slots=True)
class ExerciseSheet:
    """What `exercise.yaml` says."""

    title: Annotated[Line, Field(description="Its name.")]
    skills: Annotated[
        tuple[Skill, ...], Field(min_length=1, description="Skills that an accepted answer shows.")
    ]
    kind: Annotated[
        Literal["write", "bug-hunt", "write-tests"],
        Field(
            description="What is asked for: the program, a planted bug mended, or tests that catch wrong programs."
        ),
    ] = "write"
    of: Annotated[
        Id | None,
        Field(
            description="The exercise whose specification it shares: files that its folder lacks are that one's."
        ),
    ] = None
    entry: Annotated[
        tuple[Name, ...], Field(description="Names the learner's file must define; with `of`, that one's.")
    ] = ()
    hints: Annotated[tuple[Text, ...], Field(description="Steps from a nudge to nearly the answer.")] = ()
    runtime: Annotated[Literal["numpy", "torch"], Field(description="The libraries a solution may use.")] = (
        "numpy"
    )
    time_limit_s: Annotated[float, Field(gt=0, le=60, description="Seconds of processor time.")] = 5.0
    memory_mb: Annotated[int, Field(ge=16, le=4096, description="Megabytes of memory.")] = 256
    minutes: Annotated[Span | None, Field(description="Minutes [low, high] it takes a person.")] = None
    uses: Annotated[
        tuple[Id, ...], Field(description="Exercises whose answers it may import from the library.")
    ] = ()
    bugs: Annotated[
        tuple[Bug, ...], Field(description="For a bug hunt: what is planted, one for each turn.")
    ] = ()
    threshold: Annotated[
        float,
        Field(gt=0, le=1, description="For written tests: the share of wrong programs they must catch."),
    ] = 0.8
    mutants: Annotated[
        int, Field(ge=0, le=200, description="For written tests: how many changed solutions are added.")
    ] = 24
    repairs: Annotated[Line | None, Field(description="Page section, as topic#section, for any mistake.")] = (
        None
    )
    equivalent: Annotated[
        tuple[Equivalent, ...],
        Field(description="Mutants (or, for written tests, wrong programs) not counted."),
    ] = ()
    id: SkipJsonSchema[str] = ""
    file: SkipJsonSchema[str] = ""
