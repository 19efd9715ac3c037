"""The sections of a page that a link can name."""

from __future__ import annotations

import re

from cairn.curriculum.skill import slug
from cairn.curriculum.topic import Topic

_HEADING = re.compile(r"^##[ \t]+(?P<title>[^ \t#].*)$", re.MULTILINE)


def anchors(topic: Topic) -> frozenset[str]:
    """The ids of all sections of a topic's page: its second-level headings, and what it names with `{#id}`."""
    headings = {slug(m["title"]) for m in _HEADING.finditer(topic.body)}
    return frozenset(headings | {s.id for s in topic.sections})
