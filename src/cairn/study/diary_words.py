"""The study log in words: weeks, minutes and shares. No streaks, no debts: what was done, and what it went to."""

from __future__ import annotations

from collections.abc import Sequence

from cairn.study.logbook import LedgerRow, WeekSummary
from cairn.study.wording import count

FAR = 0.1
"""How far a share must be from the mix to be worth a word."""

FEW = 120
"""Minutes below which shares say nothing."""


def duration(minutes: int) -> str:
    """`45 min`, `2 h`, `5 h 20 min`."""
    hours, left = divmod(minutes, 60)
    if not hours:
        return f"{left} min"
    return f"{hours} h {left} min" if left else f"{hours} h"


def week_in_words(week: WeekSummary) -> list[str]:
    """A week in a few sentences."""
    if not week.minutes:
        return ["Nothing is logged for this week. Nothing is lost by it: the plan lays what is left anew."]
    days = "on one day" if week.days == 1 else f"on {count(week.days, 'day')}"
    said = [f"You studied {days}, {duration(week.minutes)} in all."]
    most = [f"{title} ({duration(minutes)})" for title, minutes in week.longest[:2]]
    if len(week.longest) == 1:
        said.append(f"It went to {week.longest[0][0]}.")
    else:
        said.append(f"Most of it went to {' and '.join(most)}.")
    if week.finished:
        shown = list(week.finished[:3])
        more = len(week.finished) - len(shown)
        said.append(f"Finished: {'; '.join(shown)}{f', and {more} more' if more else ''}.")
    said.append(mix_in_words(week.ledger))
    return said


def mix_in_words(ledger: Sequence[LedgerRow]) -> str:
    """How the minutes lie beside the mix; a remark, never a reproach."""
    whole = sum(row.minutes for row in ledger)
    wanted = ", ".join(f"{100 * row.wanted:.0f} % {row.mode.value}" for row in ledger)
    if whole < FEW:
        return f"The plan's mix is {wanted}; below two hours the shares say little."
    off = max(ledger, key=lambda row: abs(row.share - row.wanted))
    if abs(off.share - off.wanted) < FAR:
        return f"The mix is close to the plan's: {wanted}."
    more = "More" if off.share > off.wanted else "Less"
    shares = f"{100 * off.share:.0f} % where it has {100 * off.wanted:.0f} %"
    return f"{more} {off.mode.value} than the plan's mix: {shares}."
