"""Whether the pages and skills that an item names exist."""

from __future__ import annotations

from collections.abc import Iterator

from cairn.curriculum.anchors import anchors
from cairn.curriculum.curriculum import Curriculum
from cairn.curriculum.items.item import Item, Wrong
from cairn.curriculum.items.rules.place import Place
from cairn.curriculum.skill import Skill

Path = tuple[str | int, ...]


class Links:
    """The rule, with the page sections it has looked up."""

    def __init__(self, curriculum: Curriculum) -> None:
        self.curriculum = curriculum
        self._sections: dict[str, frozenset[str]] = {}

    def check(self, item: Item, at: Place) -> None:
        """Every wrong answer says what repairs it; sections exist, and what is lacking is a prerequisite."""
        graph = self.curriculum.graph
        if item.skill not in graph.position:
            have = ", ".join(level.value for level in self.curriculum.topics[item.topic].levels)
            message = f"{item.topic} has no level {item.sheet.level.value!r}"
            at.error(("level",), "level", message, f"it has {have}")
        if item.sheet.repairs:
            self._section(item.sheet.repairs, at, ("repairs",))
        for path, wrong in wrongs(item):
            shared = item.misconceptions.get(wrong.misconception)
            if shared is not None:
                root: Path = ("misconceptions", wrong.misconception)
                if shared.repairs:
                    self._section(shared.repairs, at, (), root=(*root, "repairs"))
                if shared.lacks:
                    self._lacks(item, shared.lacks, at, (), root=(*root, "lacks"))
            if wrong.repairs:
                self._section(wrong.repairs, at, (*path, "repairs"))
            if wrong.lacks:
                self._lacks(item, wrong.lacks, at, (*path, "lacks"))
            if not (wrong.repairs or item.sheet.repairs or (shared and shared.repairs)):
                hint = "add `repairs: topic#section` here, to the misconception or to the item"
                at.error(path, "repairs", f"nothing says what repairs {wrong.misconception!r}", hint)

    def _section(self, place: str, at: Place, path: Path, root: Path = ()) -> None:
        topic, _, anchor = place.partition("#")
        if topic not in self._sections:
            self._sections[topic] = self._sections_of(topic)
        if anchor not in self._sections[topic]:
            have = ", ".join(sorted(self._sections[topic])) or "no such topic"
            at.error(path, "dangling", f"there is no page section {place!r}", f"sections: {have}", root=root)

    def _sections_of(self, topic_id: str) -> frozenset[str]:
        topic = self.curriculum.topics.get(topic_id)
        return frozenset() if topic is None else anchors(topic)

    def _lacks(self, item: Item, skill: Skill, at: Place, path: Path, root: Path = ()) -> None:
        graph = self.curriculum.graph
        if skill not in graph.position:
            at.error(path, "dangling", f"the skill {skill} is unknown", "mend the id or the level", root=root)
            return
        if item.skill not in graph.position:
            return
        if graph.position[skill] not in graph.below([graph.position[item.skill]]):
            message = f"{skill} is no prerequisite of {item.skill}, directly or not"
            at.error(path, "lacks", message, "name a prerequisite, or leave `lacks` out", root=root)


def wrongs(item: Item) -> Iterator[tuple[Path, Wrong]]:
    """The wrong answers an author foresees, each with its place in the item."""
    for name in ("mistakes", "distractors"):
        for i, wrong in enumerate(getattr(item.sheet, name, ())):
            yield (name, i), wrong
