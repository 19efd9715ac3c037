"""The documented format: the page and the JSON schemas say exactly what the loader reads."""

from __future__ import annotations

import json
import re
from copy import deepcopy
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from cairn.curriculum.document import parse
from cairn.curriculum.reading import FileText, validated
from cairn.curriculum.schema import FILE_KINDS, json_schema, markdown
from tests.conftest import MINI

PAGE = Path(__file__).parents[2] / "docs" / "format.md"
FRONT = re.compile(r"\A---\n(.*?)^---$", re.DOTALL | re.MULTILINE)
KIND_OF = {
    "topics": "topic",
    "paths": "path",
    "papers": "paper",
    "resources": "resources",
    "questions": "questions",
    "comparisons": "comparison",
    "exercises": "exercise",
    "curriculum.yaml": "curriculum",
}


def documents():
    """Every file of the miniature curriculum: its kind and its value. Items come one by one.

    Each place of a document is changed in turn and the whole then checked, which is the square of its size.
    """
    for name, kind, value in whole_documents():
        for item, sheet in value["items"].items() if kind == "items" else ():
            yield f"{name}:{item}", kind, {**value, "items": {item: sheet}}
        if kind != "items":
            yield name, kind, value


def whole_documents():
    """Every file of the miniature curriculum: its kind and its value."""
    for file in sorted([*MINI.rglob("*.yaml"), *MINI.rglob("topic.md"), *MINI.rglob("answer.md")]):
        name = file.relative_to(MINI)
        text = file.read_text(encoding="utf-8")
        front = FRONT.match(text)
        own = {"questions.yaml": "items", "answer.md": "answer"}
        kind = own.get(name.name) if len(name.parts) > 2 else None
        kind = kind or KIND_OF[name.parts[0]]
        yield name.as_posix(), kind, parse(front[1] if front else text)


MINIATURE = list(documents())
VALIDATORS = {kind: Draft202012Validator(json_schema(kind)) for kind in FILE_KINDS}


def narrowed(schema):
    """The schema of items with one kind of sheet instead of the choice between all, for each kind."""
    ((pattern, either),) = schema["properties"]["items"]["patternProperties"].items()
    for kind, ref in either["discriminator"]["mapping"].items():
        items = {**schema["properties"]["items"], "patternProperties": {pattern: {"$ref": ref}}}
        yield kind, Draft202012Validator({**schema, "properties": {**schema["properties"], "items": items}})


OF_ONE_KIND = dict(narrowed(json_schema("items")))


def by_the_schema(kind, value):
    """Whether the schema takes a value. Trying one kind of sheet is quicker than seven that cannot fit."""
    validator = VALIDATORS[kind]
    if kind == "items" and isinstance(value, dict) and isinstance(value.get("items"), dict):
        sheets = list(value["items"].values())
        if len(sheets) == 1 and isinstance(sheets[0], dict) and isinstance(sheets[0].get("kind"), str):
            validator = OF_ONE_KIND.get(sheets[0]["kind"], validator)
    return validator.is_valid(value)


def loads(kind, value):
    """Whether the loader takes a value. JSON is YAML, so the value is handed over as JSON."""
    text = json.dumps(value)
    return validated(FILE_KINDS[kind][0], FileText("x", text, text), []) is not None


def everywhere(value, path=()):
    """The path of each mapping, list and value within a document."""
    yield path
    if isinstance(value, dict):
        for key, part in value.items():
            yield from everywhere(part, (*path, key))
    elif isinstance(value, list):
        for i, part in enumerate(value):
            yield from everywhere(part, (*path, i))


def with_value(document, path, value):
    """A copy of a document with the value at a path replaced."""
    if not path:
        return value
    copy = deepcopy(document)
    here = copy
    for part in path[:-1]:
        here = here[part]
    here[path[-1]] = value
    return copy


def test_the_page_is_what_the_types_say():
    """`docs/format.md` is made from the types, and made again when they change."""
    written = PAGE.read_text(encoding="utf-8")

    assert written == markdown(), "docs/format.md is out of date; run: cairn schema > docs/format.md"


def test_the_page_has_no_gaps():
    """Each key has a type and a meaning, and each type that is named is explained once."""
    page = markdown()
    rows = [line.strip("| ").split(" | ") for line in page.splitlines() if line.startswith("| `")]
    headings = [line.removeprefix("## ").lower() for line in page.splitlines() if line.startswith("## ")]

    assert len(rows) > 90
    assert [
        row for row in rows if len(row) != 4 or not row[3] or "None" in row[1] or "any" in row[1].split()
    ] == []
    assert len(set(headings)) == len(headings)
    assert set(re.findall(r"\]\(#([^)]*)\)", page)) <= set(headings)


@pytest.mark.parametrize(
    ("key", "shape"),
    [
        ("areas", "map from id to [Area](#area)"),
        ("levels", "map from [Level](#level) to [Depth](#depth)"),
        ("requires", "map from [Level](#level) to map from skill to text"),
        ("contains", "map from [Level](#level) to map from skill to number"),
        ("members", "list of id"),
        ("knows", "list of skill (`topic@level`)"),
        ("hours", "[number, number]"),
        ("optional", "true or false"),
        ("year", "whole number"),
        ("within", "id"),
        ("url", "web address"),
        ("checkpoint", "[Checkpoint](#checkpoint)"),
    ],
)
def test_the_page_says_types_in_words(key, shape):
    """No reader needs to know JSON schema."""
    assert f"| `{key}` | {shape} |" in markdown()


@pytest.mark.parametrize("kind", FILE_KINDS)
def test_a_schema_is_a_schema(kind):
    """It is valid draft 2020-12, closed at the top, and says which file it is about."""
    schema = json_schema(kind)

    Draft202012Validator.check_schema(schema)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["additionalProperties"] is False
    assert FILE_KINDS[kind][1] in schema["description"]
    assert not {"id", "file", "group", "body", "sections"} & set(schema["properties"])


def test_an_unknown_kind_has_no_schema():
    """Asking for one is a programming error."""
    with pytest.raises(KeyError):
        json_schema("poem")


def test_every_kind_of_file_is_in_the_miniature_curriculum():
    """So that the tests below leave none out."""
    assert {kind for _, kind, _ in MINIATURE} == set(FILE_KINDS)


@pytest.mark.parametrize(("name", "kind", "value"), MINIATURE, ids=[name for name, _, _ in MINIATURE])
def test_a_schema_takes_what_the_loader_takes(name, kind, value):
    """Every file of the miniature curriculum is valid by both."""
    assert list(VALIDATORS[kind].iter_errors(value)) == []
    assert loads(kind, value)


@pytest.mark.parametrize(("name", "kind", "value"), MINIATURE, ids=[name for name, _, _ in MINIATURE])
def test_a_schema_refuses_what_the_loader_refuses(name, kind, value):
    """A key too many in any mapping, a key too few, and a wrong value in any place, one at a time."""
    for path in everywhere(value):
        for wrong in (["x", {"y": []}], {"Not An Id": {}}, {}, -7.5, "", "x" * 3000):
            changed = with_value(value, path, wrong)
            assert by_the_schema(kind, changed) == loads(kind, changed), (path, wrong)


def test_a_schema_refuses_an_unknown_key():
    """At the top and inside."""
    for _, kind, value in MINIATURE:
        for path in everywhere(value):
            part = value
            for step in path:
                part = part[step]
            if isinstance(part, dict):
                changed = with_value(value, path, {**part, "Unknown Key": 1})
                assert not by_the_schema(kind, changed), path
                assert not loads(kind, changed), path


def falls(document, path):
    """Whether the value at a path, or the list it stands in, is two numbers of which the first is larger."""
    for steps in (path, path[:-1]):
        part = document
        for step in steps:
            part = part[step]
        if isinstance(part, list) and len(part) == 2 and all(isinstance(n, int | float) for n in part):
            return part[0] > part[1]
    return False


numbers = st.integers(-5, 3000) | st.floats(-2, 2000).filter(lambda x: not x.is_integer())
texts = st.text("aé -@.1", max_size=8) | st.sampled_from(["use", "addition", "slope@derive", "draft", "code"])
plain = st.none() | st.booleans() | numbers | texts


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(MINIATURE), st.data(), plain | st.lists(plain, max_size=3) | st.just([2, 1]))
def test_schema_and_loader_agree_on_any_value_in_any_place(document, data, value):
    """Only the order of two hours and the form of an address are beyond what JSON schema can say."""
    _, kind, whole = document
    path = data.draw(st.sampled_from(list(everywhere(whole))))
    changed = with_value(whole, path, value)

    by_schema, by_loader = by_the_schema(kind, changed), loads(kind, changed)

    assert by_loader <= by_schema
    assert by_schema == by_loader or path[-1:] == ("url",) or falls(changed, path)
