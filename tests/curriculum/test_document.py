"""Strict YAML: plain values only, read as YAML 1.2 reads them, each with its line."""

from __future__ import annotations

import json

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from cairn.curriculum import document
from cairn.curriculum.document import DocumentError, line_map, locate, parse

printable = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn", "Zl", "Zp"]), max_size=12
)
numbers = st.integers(-(10**17), 10**17) | st.floats(allow_nan=False, allow_infinity=False)
values = st.recursive(
    st.none() | st.booleans() | numbers | printable,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(printable, inner, max_size=4),
    max_leaves=12,
)


class Plain(yaml.SafeDumper):
    """A writer that repeats itself instead of using aliases, and quotes every text."""

    def ignore_aliases(self, data):
        """Never."""
        return True

    def quoted(self, text):
        """A text between double quotes; YAML 1.1 would leave out some that YAML 1.2 needs."""
        return self.represent_scalar("tag:yaml.org,2002:str", text, style='"')


Plain.add_representer(str, Plain.quoted)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1", 1), ("-7", -7), ("+3", 3), ("007", 7), ("1.5", 1.5), (".5", 0.5), ("1.", 1.0), ("1e3", 1000.0),
        ("true", True), ("False", False), ("null", None), ("~", None), ("", None), ("''", ""), ('"1"', "1"),
        ("'true'", "true"), ('"a\\u00e9"', "aé"), ("|\n  1\n", "1\n"), (">\n  a\n  b\n", "a b\n"),
        ("no", "no"), ("yes", "yes"), ("on", "on"), ("OFF", "OFF"), ("2020-01-01", "2020-01-01"),
        ("1:30", "1:30"), ("1_000", "1_000"), ("0x1f", "0x1f"), ("0o17", "0o17"), (".nan", ".nan"),
        (".inf", ".inf"), ("1.2.3", "1.2.3"), ("<<", "<<"), ("=", "="), ("9" * 20, "9" * 20), ("[]", []),
        ("{}", {}), ("[a, 1]", ["a", 1]), ("9" * 19, 9_999_999_999_999_999_999),
    ],
)  # fmt: skip
def test_a_plain_value_is_read_as_yaml_1_2_reads_it(text, value):
    """Numbers, truth and nothing are what they look like; everything else stays text."""
    found = parse(f"key: {text}")

    assert found == {"key": value}
    assert type(found["key"]) is type(value)


@given(values)
def test_json_reads_back(value):
    """JSON is YAML: what it writes is read as the same value."""
    assert parse(json.dumps(value, ensure_ascii=False)) == value


def refusal(text):
    """Why a text is refused, or None."""
    try:
        parse(text)
    except DocumentError as error:
        return error
    return None


@given(values)
def test_block_style_reads_back(value):
    """What a YAML writer lays out over several lines is read as the same value."""
    text = yaml.dump({"value": value}, Dumper=Plain, allow_unicode=True, default_flow_style=False)

    assert parse(text) == {"value": value}


@given(st.text())
def test_any_text_is_a_value_or_an_error_with_its_line(text):
    """Reading never fails in another way, and the line lies within the text."""
    error = refusal(text)

    assert error is None or 1 <= error.line <= text.count("\n") + 1
    assert error is None or (error.message and error.hint)


BOOK = """\
# a comment
title: Sums

chapters:
  - name: Adding
    pages: [1, 2,
      3]
  - {name: Carrying, pages: []}
note: >
  Long
  text.
"""


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("title",), 2),
        (("chapters",), 4),
        (("chapters", 0), 5),
        (("chapters", 0, "pages"), 6),
        (("chapters", 0, "pages", 2), 7),
        (("chapters", 1, "name"), 8),
        (("note",), 9),
        ((), 1),
        (("chapters", 1, "pages", 5), 8),
        (("chapters", 9, "name"), 4),
        (("nothing", "here"), 1),
    ],
)
def test_a_value_is_found_on_its_line(path, line):
    """Each value has the line it begins on; what is absent has its nearest parent's."""
    assert locate(line_map(BOOK), path) == line


def test_the_lines_before_an_error_are_known():
    """A text that breaks off still says where its first values stand."""
    lines = line_map("a: 1\nb:\n  c: 2\nd: [")

    assert locate(lines, ("b", "c")) == 3


def test_both_readers_agree(monkeypatch):
    """Where the fast reader is not installed, the slow one reads the same values and lines."""
    fast = parse(BOOK), line_map(BOOK)

    monkeypatch.setattr(document, "_LOADER", yaml.SafeLoader)

    assert (parse(BOOK), line_map(BOOK)) == fast
    assert parse("key: true") == {"key": True}


def test_an_error_carries_its_parts():
    """The line, what is wrong and what to do are kept apart."""
    with pytest.raises(DocumentError) as caught:
        parse("a: 1\na: 2\n")

    assert (caught.value.line, caught.value.message) == (2, "the key 'a' stands twice")
    assert caught.value.hint == "keep one of the two"
