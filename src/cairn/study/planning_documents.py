"""The JSON documents of planning. Each object carries `format`; keys are added, never removed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from cairn.curriculum import Curriculum, Skill
from cairn.planning import Day, Gate, Plan, Verdict
from cairn.planning.audit import Audit, Finding
from cairn.planning.changes import Changes
from cairn.planning.plan import Dropped, Slot
from cairn.planning.profile import Profile
from cairn.store.logbook import Entry
from cairn.study.logbook import LedgerRow, WeekSummary

FORMAT = 1
Document = dict[str, Any]


def plan(result: Plan, curriculum: Curriculum) -> Document:
    """The document of `cairn plan`."""
    return {
        "format": FORMAT,
        "start": result.start.isoformat(),
        "finish": _day(result.finish),
        "finish_range": [_day(result.early), _day(result.late)],
        "feasible": result.feasible,
        "chance": None if result.chance is None else round(result.chance, 3),
        "over_hours": round(result.over_minutes / 60, 1),
        "hours": round(sum(s.minutes for d in result.days for s in d.slots if not s.done) / 60, 1),
        "pace": round(result.pace, 3),
        "mix": {mode.value: minutes for mode, minutes in result.mix.items()},
        "timing": _timing(result),
        "phases": [
            {
                "id": p.id,
                "title": p.title,
                "start": _day(p.start),
                "finish": _day(p.finish),
                "hours": round(p.minutes / 60, 1),
                "skills": p.skills,
                "stated_weeks": list(p.stated_weeks) if p.stated_weeks else None,
            }
            for p in result.phases
        ],
        "weeks": [
            {
                "number": w.number,
                "start": w.start.isoformat(),
                "hours": round(w.minutes / 60, 2),
                "phase": result.phases[w.phase].id if w.phase < len(result.phases) else None,
                "skills": list(map(str, w.skills)),
                "days": [day(d) for d in w.days],
                "tracks": [
                    {
                        "id": t.id,
                        "title": t.title,
                        "minutes": list(t.minutes),
                        "what": t.what,
                        "inside": t.inside,
                    }
                    for t in w.tracks
                ],
            }
            for w in result.weeks
        ],
        "dropped": [dropped(d, curriculum) for d in result.dropped],
        "choice": None
        if result.choice is None
        else {
            "importance": result.choice.importance,
            "of": result.choice.whole,
            "bound": result.choice.bound,
            "proven": round(result.choice.proven, 4),
            "method": result.choice.method,
        },
        "notes": list(result.notes),
    }


def _timing(result: Plan) -> Document | None:
    if result.timing is None:
        return None
    return {
        "stated_weeks": [round(w, 1) for w in result.timing.stated_weeks],
        "own_weeks": [round(w, 1) for w in result.timing.own_weeks],
        "factor": round(result.timing.factor, 3),
        "schedule_factor": round(result.timing.schedule_factor, 3),
    }


def dropped(d: Dropped, curriculum: Curriculum) -> Document:
    """One target that does not fit."""
    return {
        "skill": str(d.skill),
        "title": curriculum.topics[d.skill.topic].title,
        "importance": d.importance,
        "hours": round(d.minutes / 60, 2),
        "extra_weekly_minutes": d.extra_weekly_minutes,
        "brings": list(map(str, d.brings)),
    }


def day(d: Day) -> Document:
    """One day."""
    return {
        "date": d.date.isoformat(),
        "budget": d.budget,
        "minutes": d.minutes,
        "slots": [slot(s) for s in d.slots],
    }


def slot(s: Slot) -> Document:
    """One piece of an activity."""
    a = s.activity
    return {
        "id": a.id,
        "kind": a.act.value,
        "mode": a.mode.value,
        "title": a.title,
        "minutes": s.minutes,
        "of": a.minutes,
        "part": s.part,
        "parts": s.parts,
        "done": s.done,
        "reason": a.reason,
        "ref": a.ref,
        "skill": _skill(a.skill),
    }


def changes(c: Changes) -> Document:
    """What moved."""
    return {
        "format": FORMAT,
        "causes": list(c.causes),
        "moves": [
            {
                "id": m.id,
                "title": m.title,
                "was": _day(m.was),
                "now": _day(m.now),
                "days": m.days,
                "reason": m.reason,
            }
            for m in c.moves
        ],
        "kept": list(c.kept),
    }


def gate(g: Gate, verdict: Verdict | None = None) -> Document:
    """A checkpoint, and how it went."""
    found: Document = {
        "format": FORMAT,
        "phase": g.phase,
        "title": g.title,
        "minutes": g.minutes,
        "criteria": list(g.criteria),
        "if_yes": g.if_yes,
        "if_no": g.if_no,
        "questions": [
            {
                "id": q.id,
                "ask": q.ask,
                "grading": q.grading.value,
                "exercises": list(q.exercises),
                "skills": list(map(str, q.skills)),
            }
            for q in g.questions
        ],
    }
    if verdict is not None:
        found |= {
            "passed": verdict.passed,
            "failed": list(verdict.failed),
            "unanswered": list(verdict.unanswered),
            "unmet": list(verdict.unmet),
            "repair": list(map(str, verdict.repair)),
            "advice": verdict.advice,
        }
    return found


def audit(a: Audit, curriculum: Curriculum) -> Document:
    """What is to be said of a list."""

    def rows(findings: Iterable[Finding]) -> list[Document]:
        return [
            {"topic": f.topic, "title": curriculum.topics[f.topic].title, "reason": f.reason}
            for f in findings
        ]

    return {
        "format": FORMAT,
        "coverage": round(a.coverage, 3),
        "understood": [{"text": line.text, "topic": line.topic} for line in a.understood],
        "unknown": list(a.unknown),
        "missing": rows(a.missing),
        "unnecessary": rows(a.unnecessary),
        "order": rows(a.order),
        "depth": rows(a.depth),
    }


def profile(p: Profile) -> Document:
    """Strengths and gaps."""

    def rows(standings: Iterable[Any]) -> list[Document]:
        return [{"area": s.area, "title": s.title, "have": s.have, "hours": s.need_hours} for s in standings]

    return {
        "format": FORMAT,
        "strengths": rows(p.strengths),
        "between": rows(p.between),
        "gaps": rows(p.gaps),
        "expected_gaps": list(map(str, p.expected_gaps)),
    }


def week(w: WeekSummary) -> Document:
    """A week of the log."""
    return {
        "format": FORMAT,
        "start": w.start.isoformat(),
        "end": w.end.isoformat(),
        "minutes": w.minutes,
        "days": w.days,
        "ledger": [ledger_row(row) for row in w.ledger],
        "finished": list(w.finished),
        "longest": [{"title": title, "minutes": minutes} for title, minutes in w.longest],
    }


def ledger_row(row: LedgerRow) -> Document:
    """One mode of the ledger."""
    return {
        "mode": row.mode.value,
        "minutes": row.minutes,
        "share": round(row.share, 3),
        "wanted": row.wanted,
    }


def entry(e: Entry) -> Document:
    """One entry of the log."""
    return {
        "day": e.day.isoformat(),
        "activity": e.activity,
        "title": e.title,
        "mode": e.mode,
        "minutes": e.minutes,
        "finished": e.finished,
        "note": e.note,
    }


def _day(value: date | None) -> str | None:
    return value.isoformat() if value else None


def _skill(skill: Skill | None) -> str | None:
    return str(skill) if skill else None
