"""The study log over the wire: kept, put right, removed, exported, and nothing typed is lost."""

from __future__ import annotations

import csv
import io
from datetime import timedelta

import pytest

from cairn.study.planning_terms import Terms
from tests.web.reading import Page, assert_page


@pytest.fixture
def diary(app):
    return app.diary()


@pytest.fixture
def today(app):
    return app.planning().today()


def keep(site, **fields):
    return site.post(
        "/log", data={"do": "keep", "what": "A lecture", "minutes": "45", "mode": "watching"} | fields
    )


def test_an_empty_log_asks_for_nothing(site):
    """No week is missed and no streak is broken: one calm sentence, and the form."""
    page = assert_page(site.get("/log"))

    assert "Nothing is lost by it" in page.text
    for word in ("streak", "missed", "behind", "overdue"):
        assert word not in page.text.casefold()


def test_minutes_are_kept_by_hand(site, diary, today):
    """What, how long, how, when, a note; the week says so in words and in a table."""
    answer = keep(site, note="<i>Good</i>", finished="yes", day=today.isoformat())
    assert answer.status_code == 303

    page = assert_page(site.get(answer.headers["location"].partition("#")[0]))
    (entry,) = diary.entries()
    assert (entry.title, entry.minutes, entry.mode, entry.finished) == ("A lecture", 45, "watching", True)
    assert "You studied on one day, 45 min in all." in page.text
    assert "<i>Good</i>" in page.text


@pytest.mark.parametrize(
    ("typed", "minutes"),
    [
        ("45", 45), (" 90 ", 90), ("1:30", 90), ("1.5h", 90), ("1,5 h", 90), ("2 h 10", 130), ("2h10min", 130),
        ("20 min", 20),
    ],
)  # fmt: skip
def test_minutes_are_read_as_people_write_them(site, diary, typed, minutes):
    """Minutes, hours and minutes, or hours with a fraction."""
    assert keep(site, minutes=typed).status_code == 303
    assert diary.entries()[0].minutes == minutes


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"minutes": ""}, "minutes are missing"),
        ({"minutes": "soon"}, "is no time"),
        ({"minutes": "0"}, "cannot be logged"),
        ({"minutes": "-5"}, "cannot be logged"),
        ({"minutes": "1441"}, "cannot be logged"),
        ({"minutes": "1e400"}, "is no time"),
        ({"minutes": "nan"}, "is no time"),
        ({"what": "   "}, "has no name"),
        ({"mode": "dreaming"}, "is no way to study"),
        ({"day": "2027-02-30"}, "is no day"),
        ({"day": "9999-01-01"}, "is no day"),
        ({"day": "2199-01-01"}, "lies ahead"),
    ],
)
def test_bad_input_says_what_is_wrong_and_loses_nothing(site, diary, wrong, says):
    """A sentence, the status, every field as it was typed, and nothing kept."""
    answer = keep(site, **({"note": "Worth keeping"} | wrong))

    assert answer.status_code == 422
    page = Page(answer.text)
    assert says in page.text
    assert "Worth keeping" in page.text
    for name in ("what", "minutes", "day"):
        if name in wrong:
            assert wrong[name] in page.values
    assert diary.entries() == []


def test_a_timer_runs_and_is_stopped(site, diary):
    """Started, it stands on the page with a button to stop; a second start is refused; stopped, it is an entry."""
    assert site.post("/log", data={"do": "start", "what": "Softmax", "mode": "doing"}).status_code == 303
    assert "Stop, and keep the minutes" in assert_page(site.get("/log")).text
    assert site.post("/log", data={"do": "start", "what": "Else", "mode": "doing"}).status_code == 422

    site.post("/log", data={"do": "stop", "note": "done", "finished": "yes"})

    (entry,) = diary.entries()
    assert (entry.title, entry.minutes, entry.finished, entry.note) == ("Softmax", 1, True, "done")
    assert diary.running() is None
    assert site.post("/log", data={"do": "stop"}).status_code == 422


def test_a_timer_can_be_let_go(site, diary):
    """Nothing is kept of it, and nothing is said about it."""
    site.post("/log", data={"do": "start", "what": "Softmax", "mode": "doing"})
    site.post("/log", data={"do": "give-up"})

    assert (diary.running(), diary.entries()) == (None, [])


def test_a_timer_needs_a_name(site, diary):
    """Without one the page asks for it."""
    assert site.post("/log", data={"do": "start", "what": ""}).status_code == 422
    assert diary.running() is None


def test_an_entry_is_put_right(site, diary, today):
    """Each field can be changed; the entry keeps its place in the book."""
    keep(site)
    number = diary.entries()[0].number
    before = today - timedelta(days=3)
    page = assert_page(site.get(f"/log/{number}"))
    assert "A lecture" in page.values
    fields = {"what": "A talk", "minutes": "50", "mode": "doing", "day": before.isoformat(), "note": "better"}
    assert site.post(f"/log/{number}", data=fields).status_code == 303

    (entry,) = diary.entries()
    assert (entry.title, entry.minutes, entry.mode, entry.day) == ("A talk", 50, "doing", before)
    assert entry.number == number


def test_a_wrong_correction_changes_nothing(site, diary):
    """The entry stays, and the form keeps what was typed."""
    keep(site)
    number = diary.entries()[0].number
    answer = site.post(f"/log/{number}", data={"what": "A talk", "minutes": "much", "mode": "doing"})

    assert answer.status_code == 422
    assert {"A talk", "much"} <= set(Page(answer.text).values)
    assert diary.entries()[0].title == "A lecture"


def test_an_entry_is_removed(site, diary):
    """It is gone from the log; its address is not found, and a second removal neither."""
    keep(site)
    number = diary.entries()[0].number
    assert site.post(f"/log/{number}", data={"do": "remove"}).status_code == 303

    assert diary.entries() == []
    assert site.get(f"/log/{number}").status_code == 404
    assert site.post(f"/log/{number}", data={"do": "remove"}).status_code == 404


def test_a_planned_activity_is_known_by_its_title(site, app, diary, today):
    """What is chosen from the plan counts for the plan, with its planned minutes and its way of study."""
    planning = app.planning()
    planning.make(Terms(targets=("fitting",), start=today, hours=7))
    activity = planning.days()[0].slots[0].activity
    site.post("/log", data={"do": "keep", "what": activity.title, "minutes": "20"})

    (entry,) = diary.entries()
    assert (entry.activity, entry.planned) == (activity.id, activity.minutes)
    assert entry.mode == activity.mode.value


def test_minutes_of_a_track_stand_beside_the_main_line(site, app, diary, today):
    """The tracks of the plan's path have a field each; what is added is counted for the week."""
    app.planning().make(Terms(targets=("short",), start=today, hours=7))
    assert "Drawing" in assert_page(site.get("/log")).text

    site.post(
        "/log",
        data={"do": "keep", "track": "track-drawing", "what": "Drawing", "minutes": "40", "mode": "doing"},
    )

    page = assert_page(site.get("/log"))
    assert diary.entries()[0].activity == "track-drawing"
    assert "The path has 30 to 60 min a week." in page.text
    assert "40 min" in page.text


def test_a_week_long_ago_is_found(site, diary, today):
    """Each week has its address; an address that is none shows this week."""
    keep(site, day=(today - timedelta(days=70)).isoformat())
    old = (today - timedelta(days=70)).isoformat()

    assert "45 min in all" in assert_page(site.get(f"/log?week={old}")).text
    assert "Nothing is logged" in assert_page(site.get("/log?week=yesterday")).text
    assert "Nothing is logged" in assert_page(site.get("/log?week=0001-01-01")).text


def test_the_export_holds_everything(site, diary):
    """CSV for programs with no formula in it, Markdown for people with nothing taken for markup."""
    keep(site, what="=1+1", note="a\nb, <script>")
    diary.note("softmax", "Does # it overflow?", "float16", "yes", "float32")
    diary.read("paper-lines", 1, 7, answers={"category": "a method"}, ideas=["fit by hand"])

    table = site.get("/log.csv")
    rows = list(csv.DictReader(io.StringIO(table.text, newline="")))
    assert table.headers["content-disposition"] == 'attachment; filename="study-log.csv"'
    assert [(r["title"], r["minutes"]) for r in rows] == [("'=1+1", "45"), ("On Lines, pass 1", "7")]
    assert rows[0]["note"] == "a\nb, <script>"
    text = site.get("/log.md").text
    for part in ("52 min in all", "softmax", "**Hypothesis.**", "On Lines, pass 1", "fit by hand"):
        assert part in text
    assert "<script>" not in text


def test_an_experiment_is_begun_and_gone_on_with(site, diary):
    """The hypothesis first; what was seen later; both stay one note, which can be removed."""
    page = assert_page(site.get("/log/experiments?subject=write-add"))
    assert "write-add" in page.values
    site.post("/log/experiments", data={"subject": "write-add", "question": "Is it <slow>?"})
    (note,) = diary.experiments()
    assert "Go on with it" in assert_page(site.get("/log/experiments")).text
    site.post(
        f"/log/experiments/{note.number}",
        data={"subject": "write-add", "question": "Is it <slow>?", "result": "No."},
    )
    assert [n.result for n in diary.experiments()] == ["No."]
    assert "Is it <slow>?" in assert_page(site.get("/log/experiments")).text

    site.post(f"/log/experiments/{note.number}", data={"do": "remove"})
    assert diary.experiments() == []
    assert site.get(f"/log/experiments/{note.number}").status_code == 404


def test_an_experiment_without_a_question_is_not_lost(site, diary):
    """The page asks for it and keeps the rest as it was typed."""
    answer = site.post("/log/experiments", data={"subject": "write-add", "result": "Something odd"})

    assert answer.status_code == 422
    assert "Something odd" in Page(answer.text).text
    assert diary.experiments() == []


def test_a_stranger_sees_an_empty_log(site, stranger):
    """Nothing of the person is shown or exported to a browser that was not let in."""
    keep(site, what="A private lecture")

    for address in ("/log", "/log.md", "/log.csv", "/log/experiments"):
        answer = stranger.get(address)
        assert answer.status_code == 200
        assert "A private lecture" not in answer.text


def test_someone_elses_entry_is_not_there(site, app):
    """A number of another person's entry is not found, and cannot be removed."""
    other = app.diary("somebody")
    number = (other.log("their work", 30), other.entries()[0].number)[1]

    assert site.get(f"/log/{number}").status_code == 404
    assert site.post(f"/log/{number}", data={"do": "remove"}).status_code == 404
    assert len(other.entries()) == 1
