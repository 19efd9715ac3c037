"""A reader's "something is missing here" as a patch that an author can apply."""

from __future__ import annotations

import difflib
import re
import textwrap

from cairn.curriculum.prose import split
from cairn.curriculum.topic import Topic

MOST = 2000
_CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029]")


def stub(topic: Topic, text: str, section: str, said: str) -> str:
    """A unified diff that adds the reader's words, as a quotation, to the end of a section.

    Args:
        topic: the topic.
        text: the whole of its `topic.md`.
        section: the heading of a section; any other text means the end of the page.
        said: what the reader finds missing.

    Returns:
        the patch, for `git apply` at the root of the source tree; empty when nothing was said.
    """
    words = _CONTROL.sub(" ", said.replace("\r\n", "\n").replace("\r", "\n"))[:MOST].strip()
    if not words:
        return ""
    lines = [line for part in words.split("\n") for line in (textwrap.wrap(part, 110) or [""])]
    quotation = "\n".join(f"> {line}".rstrip() for line in ["**Something is missing here.**", *lines])
    before = text
    parts = split(topic.body)
    if section in parts:
        body = parts[section]
        start = text.index(body, len(text) - len(topic.body)) if body.strip() else len(text)
        end = start + len(body.rstrip()) if body.strip() else len(text)
    else:
        end = len(text.rstrip())
    after = text[:end] + "\n\n" + quotation + (text[end:] if text[end:].strip() else "\n")
    name = f"curriculum/{topic.file}"
    diff = difflib.unified_diff(
        before.splitlines(keepends=True), after.splitlines(keepends=True), f"a/{name}", f"b/{name}"
    )
    return "".join(
        line if line.endswith("\n") else line + "\n\\ No newline at end of file\n" for line in diff
    )
