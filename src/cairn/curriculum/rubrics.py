"""What makes a model answer one that a person can grade their own by."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cairn.curriculum.anchors import anchors
from cairn.curriculum.document import Path
from cairn.curriculum.loader import Loaded
from cairn.curriculum.model_answer import ModelAnswer
from cairn.curriculum.problem import Problem
from cairn.curriculum.prose import plain
from cairn.curriculum.writing import written

FEWEST, MOST = 70, 650
"""Words of a model answer: what a good candidate says in two to four minutes, or a statement in less."""

_WORD = re.compile(r"[^\W_][\w'’-]*")
_FENCE = re.compile(r"[ \t]*(```|~~~)")


def rubrics(loaded: Loaded) -> Iterator[Problem]:
    """Everything that is wrong with the model answers."""
    checker = _Checker(loaded)
    for answer in loaded.curriculum.answers.values():
        yield from checker.check(answer)


class _Checker:
    """The rules, with the page sections that were looked up."""

    def __init__(self, loaded: Loaded) -> None:
        self.curriculum, self.texts = loaded.curriculum, loaded.texts
        self._sections: dict[str, frozenset[str]] = {}

    def check(self, answer: ModelAnswer) -> Iterator[Problem]:
        """One answer: its question, its length, its rubric and every link."""
        question = self.curriculum.questions.get(answer.id)
        if question is None:
            hint = "name the folder like a question of questions/*.yaml, or add the question"
            yield self._at(answer, (), "dangling", f"there is no question {answer.id!r}", hint)
            return
        words = len(_WORD.findall(plain(answer.body)))
        if not FEWEST <= words <= MOST:
            message = f"the model answer has {words} words; it should have {FEWEST} to {MOST}"
            yield self._at(
                answer, (), "length", message, "say what a very good candidate says in two to four minutes"
            )
        if question.follow_up and not answer.then:
            message = f"the follow-up {question.follow_up!r} has no answer"
            yield self._at(answer, (), "follow-up", message, "add `then`")
        if answer.then and not question.follow_up:
            message = "`then` answers a follow-up, and the question has none"
            yield self._at(
                answer, ("then",), "follow-up", message, "remove it, or add `follow_up` to the question"
            )
        yield from self._rubric(answer)
        yield from self._links(answer)
        yield from self._text(answer)

    def _rubric(self, answer: ModelAnswer) -> Iterator[Problem]:
        seen: set[str] = set()
        for i, c in enumerate(answer.rubric):
            if c.point.casefold() in seen:
                yield self._at(
                    answer, ("rubric", i, "point"), "rubric", "this point stands there twice", "merge the two"
                )
            seen.add(c.point.casefold())
            if len({c.full.casefold(), c.partial.casefold(), c.none.casefold()}) < 3:
                message = "full, partial and none are not three different things"
                yield self._at(answer, ("rubric", i), "rubric", message, "say what each looks like")

    def _links(self, answer: ModelAnswer) -> Iterator[Problem]:
        for i, c in enumerate(answer.rubric):
            yield from self._section(answer, ("rubric", i, "see"), c.see)
        for i, mistake in enumerate(answer.wrong):
            if mistake.see:
                yield from self._section(answer, ("wrong", i, "see"), mistake.see)
        yield from self._section(answer, ("fails", "see"), answer.fails.see)
        if answer.code:
            exercise = answer.code.split("/")[1]
            if exercise not in self.curriculum.exercises:
                message = f"the exercise {exercise!r} is unknown"
                yield self._at(answer, ("code",), "dangling", message, "mend the id")

    def _section(self, answer: ModelAnswer, path: Path, place: str) -> Iterator[Problem]:
        topic, _, anchor = place.partition("#")
        if topic not in self._sections:
            found = self.curriculum.topics.get(topic)
            self._sections[topic] = anchors(found) if found else frozenset()
        if anchor not in self._sections[topic]:
            have = ", ".join(sorted(self._sections[topic])) or "no such topic"
            yield self._at(
                answer, path, "dangling", f"there is no page section {place!r}", f"sections: {have}"
            )

    def _text(self, answer: ModelAnswer) -> Iterator[Problem]:
        """The whole file line by line, code left out."""
        inside, since = "", 0
        for number, line in enumerate(self.texts[answer.file].text.split("\n"), start=1):
            fence = _FENCE.match(line)
            border = fence[1] if fence else "$$" if line.count("$$") % 2 else ""
            if border and inside in {"", border}:
                inside, since = "" if inside else border, number
                continue
            if not inside:
                yield from written(answer.file, number, line)
        if inside:
            yield Problem(
                answer.file, since, "unclosed", f"{inside} without its partner", f"close it with {inside}"
            )

    def _at(self, answer: ModelAnswer, path: Path, code: str, message: str, hint: str) -> Problem:
        return self.texts[answer.file].problem(path, code, message, hint)
