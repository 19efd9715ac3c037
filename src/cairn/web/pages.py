"""The pages. Each handler asks for what it shows and hands it to a template."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from cairn.curriculum import LEVELS, Kind, Level, Skill
from cairn.curriculum.prose import split
from cairn.curriculum.topic import Topic
from cairn.learner import Outcome
from cairn.learner.belief import Belief
from cairn.planning import PlanError, UnknownTargetError
from cairn.study.atlas import UnknownBackgroundError, UnknownSkillError
from cairn.study.desk import Desk
from cairn.study.errors import UnknownItemError
from cairn.study.history import History, histories
from cairn.study.missing import stub
from cairn.study.standing import Standings
from cairn.web import assets, claims, drawing
from cairn.web.forms import BadFormError, form, way_back
from cairn.web.templating import page
from cairn.web.views import Views

_PATH_KINDS = {
    "Long paths": ("phases", "timeline", "sequence"),
    "Short paths": ("mini-path",),
    "Rules, tracks and checklists": ("rules", "cadence", "checklist"),
}


def routes() -> list[Route]:
    """All routes that answer with a page."""
    return [
        Route("/", start),
        Route("/gap", gap),
        Route("/topics/{id}", topic),
        Route("/topics/{id}/missing", missing_here),
        Route("/areas", areas),
        Route("/areas/{id}", area),
        Route("/paths", paths),
        Route("/paths/{id}", path),
        Route("/comparisons", comparisons),
        Route("/comparisons/{id}", comparison),
        Route("/papers/{id}", paper),
        Route("/resources", resources),
        Route("/resources/{id}", resource),
        Route("/search", search),
        Route("/map", map_),
        Route("/know", know, methods=["POST"]),
        Route("/background", background, methods=["POST"]),
        Route("/forget", forget, methods=["POST"]),
    ]


def handlers() -> Mapping[Any, Any]:
    """What to answer when something goes wrong."""
    return {
        UnknownTargetError: unknown_target,
        UnknownSkillError: bad_request,
        UnknownBackgroundError: bad_request,
        BadFormError: bad_request,
        UnknownItemError: bad_request,
        PlanError: bad_request,
        500: broken,
    }


def _views(request: Request) -> Views:
    views: Views = request.app.state.views
    return views


def _desk(request: Request) -> Desk:
    desk: Desk = request.app.state.app.desk()
    return desk


def _found(mapping: Mapping[str, Any], key: str) -> Any:  # noqa: ANN401
    if key not in mapping:
        raise HTTPException(404)
    return mapping[key]


def start(request: Request) -> Response:
    """The first screen: a goal, not a graph."""
    views, desk = _views(request), _desk(request)
    known, kind = desk.knows(), desk.background()
    atlas = views.app.atlas

    def cost(target: str, level: str | None = None) -> Any:  # noqa: ANN401
        return atlas.gap(target, level=level, knows=known, background=kind)

    chosen = [(g, views.curriculum.resolve(g.target), cost(g.target, g.level)) for g in desk.goals()[:6]]
    offered = [
        (goal, cost(goal.target))
        for goal in views.curriculum.goals
        if views.curriculum.resolve(goal.target) and goal.target not in {g.target for g, _, _ in chosen}
    ]
    return page(request, "start.html", chosen=chosen, offered=offered, background=kind, known=known)


def gap(request: Request) -> Response:
    """What stands between the person and one or more goals."""
    views, desk = _views(request), _desk(request)
    targets = [t.strip()[:200] for t in request.query_params.getlist("target") if t.strip()][:20]
    if not targets:
        return RedirectResponse("/", status_code=303)
    level = request.query_params.get("level") or None
    if level not in {None, *(lv.value for lv in LEVELS)}:
        level = None
    atlas = views.app.atlas
    if len(targets) == 1 and views.curriculum.resolve(targets[0]) is None:
        return RedirectResponse(f"/search?{urlencode({'q': targets[0]})}", status_code=303)
    known, kind = desk.knows(), desk.background()
    result = atlas.gap(*targets, level=level, knows=known, background=kind)
    single = result.targets[0].entry if len(targets) == 1 else None
    levels: tuple[Skill, ...] = ()
    if single is not None and single.kind in {Kind.TOPIC, Kind.SKILL}:
        levels = views.curriculum.topics[single.within if single.kind is Kind.SKILL else single.id].skills
    return page(
        request,
        "gap.html",
        gap=result,
        groups=views.groups(result),
        entry=single,
        levels=levels,
        asked_skill=next((s for s in reversed(levels) if s in result.targets[0].skills), None),
        kept=single is not None and single.id in {g.target for g in desk.goals()},
        said=[s for s in known if any(s.topic == k.topic for k in result.known)],
        background=kind,
        here=str(request.url.path) + "?" + str(request.url.query),
        asked=targets,
        level=level,
        begun=bool(desk.log.of(desk.person_id)),
    )


def topic(request: Request) -> Response:
    """One topic: its levels, its page, what it needs and unlocks."""
    views, desk = _views(request), _desk(request)
    topics = views.curriculum.topics
    wanted = request.path_params["id"]
    if wanted not in topics:
        entry = views.entry(wanted)
        if entry is None:
            raise HTTPException(404)
        return RedirectResponse(drawing.href(entry), status_code=308)
    found = topics[wanted]
    known = desk.knows()
    have = views.curriculum.graph.below(views.curriculum.graph.position[s] for s in known)
    pace = views.app.atlas.pace(desk.background())
    return page(
        request,
        "topic.html",
        topic=found,
        area=views.curriculum.areas[found.area],
        **claims.context(claims.again(views.app, found, views.page(found), request.query_params)),
        contents=list(split(found.body)),
        formula_faces=assets.formula_faces(found.id),
        cost=desk.gap(found.id),
        needs=views.needs(found),
        unlocks=views.unlocks(found),
        sources=views.sources(found),
        questions=views.questions(found),
        through=views.paths_through(found),
        said=set(known),
        have={views.curriculum.graph.nodes[i] for i in have},
        pace=pace,
        here=request.url.path,
        histories=_histories(request, found),
        answerable={s for s in found.skills if views.curriculum.items.of(s)},
    )


def _histories(request: Request, found: Topic) -> list[History]:
    """What is believed of a topic's levels and why; nothing before the person has answered or shown anything."""
    app, desk = request.app.state.app, _desk(request)
    if not desk.log.of(desk.person_id):
        return []
    return histories(app.diagnosing(), app.reviewing(), found.skills)


def missing_here(request: Request) -> Response:
    """What a reader finds missing, as a patch for an author. Nothing is kept."""
    views = _views(request)
    found = _found(views.curriculum.topics, request.path_params["id"])
    query = request.query_params
    text = views.app.atlas.loaded.texts[found.file].text
    patch = stub(found, text, query.get("section", ""), query.get("said", ""))
    if not patch:
        return RedirectResponse(f"/topics/{found.id}#missing", status_code=303)
    name = f'attachment; filename="{found.id}.patch"'
    return Response(patch, media_type="text/x-diff", headers={"content-disposition": name})


def areas(request: Request) -> Response:
    """All areas."""
    return page(request, "areas.html", areas=_views(request).areas)


def area(request: Request) -> Response:
    """One area and its topics."""
    views = _views(request)
    found = _found(views.curriculum.areas, request.path_params["id"])
    tables = views.tables(found.id, views.app.atlas.pace(_desk(request).background()))
    return page(request, "area.html", area=found, groups=tables)


def paths(request: Request) -> Response:
    """All paths, the long ones first."""
    views, desk = _views(request), _desk(request)
    known, kind = desk.knows(), desk.background()
    rows = []
    for found in views.curriculum.paths.values():
        cost = views.app.atlas.gap(found.id, knows=known, background=kind) if found.targets else None
        rows.append((found, cost))
    rows.sort(key=lambda row: -(len(row[1].steps) if row[1] else 0))
    groups = [(title, [row for row in rows if row[0].kind in kinds]) for title, kinds in _PATH_KINDS.items()]
    shown = [(title, group) for title, group in groups if group]
    return page(request, "paths.html", groups=shown, comparisons=views.curriculum.comparisons.values())


def path(request: Request) -> Response:
    """One path: its phases and steps, with the gap to each."""
    views, desk = _views(request), _desk(request)
    found = _found(views.curriculum.paths, request.path_params["id"])
    known, kind = desk.knows(), desk.background()
    atlas = views.app.atlas
    whole = atlas.gap(found.id, knows=known, background=kind) if found.targets else None
    phases = [(p, atlas.gap(p.id, knows=known, background=kind) if p.targets else None) for p in found.phases]
    return page(request, "path.html", path=found, whole=whole, phases=phases, pace=atlas.pace(kind))


def comparisons(request: Request) -> Response:
    """All disputes between the paths."""
    return page(request, "comparisons.html", comparisons=_views(request).curriculum.comparisons.values())


def comparison(request: Request) -> Response:
    """One dispute: the sides and what each costs."""
    views, desk = _views(request), _desk(request)
    found = _found(views.curriculum.comparisons, request.path_params["id"])
    known, kind = desk.knows(), desk.background()
    sides = []
    for side in found.sides:
        skills = [s for s in side.targets if s in views.curriculum.graph.position]
        cost = views.app.atlas.gap(*map(str, skills), knows=known, background=kind) if skills else None
        sides.append((side, views.curriculum.paths.get(side.path), cost))
    return page(request, "comparison.html", comparison=found, sides=sides)


def paper(request: Request) -> Response:
    """One paper and the gap to reading it."""
    views, desk = _views(request), _desk(request)
    found = _found(views.curriculum.papers, request.path_params["id"])
    cost = desk.gap(found.id) if views.targets_by_topic(found.needs) else None
    citing = [t for t in views.curriculum.topics.values() if any(s.of == found.id for s in t.sources)]
    return page(request, "paper.html", paper=found, cost=cost, citing=citing)


def resources(request: Request) -> Response:
    """All resources and papers."""
    return page(request, "resources.html", kinds=_views(request).resources_by_kind())


def resource(request: Request) -> Response:
    """One resource."""
    views = _views(request)
    found = _found(views.curriculum.resources, request.path_params["id"])
    cited = [(t, s) for t in views.curriculum.topics.values() for s in t.sources if s.of == found.id]
    return page(request, "resource.html", resource=found, cited=cited)


def search(request: Request) -> Response:
    """Search results as a page, for those without JavaScript and for links."""
    text = request.query_params.get("q", "")[:200]
    hits = _views(request).app.atlas.search(text, limit=40) if text.strip() else []
    return page(request, "search.html", text=text, hits=hits)


def map_(request: Request) -> Response:
    """The map, with the gap to a goal lit where one is named."""
    views, desk = _views(request), _desk(request)
    target = request.query_params.get("target", "").strip()[:200]
    way = views.way(desk.gap(target)) if target else None
    graph = views.curriculum.graph
    stands = desk.stands()
    have = {graph.nodes[i].topic for i in graph.below(graph.position[s] for s in stands.knows)}
    believed: dict[str, str] = {}
    if request.query_params.get("show") == "belief" and stands.belief is not None:
        believed = _believed(views, stands.belief, request.app.state.app.standings)
    return page(
        request, "map.html", drawing=views.map, way=way, have=have, believed=believed, target=target,
        can_show=stands.belief is not None,
    )  # fmt: skip


def _believed(views: Views, belief: Belief, standings: Standings) -> dict[str, str]:
    """For each topic how sure it is that the person knows it at its `use` level, or its deepest if shallower."""
    position = views.curriculum.graph.position
    found = {}
    for topic in views.curriculum.topics.values():
        skill = next((s for s in topic.skills if s.level is Level.USE), topic.skills[-1])
        p = float(belief.p[position[skill]])
        found[topic.id] = (
            "known" if p >= standings.known else "unknown" if p <= standings.unknown else "unsure"
        )
    return found


async def know(request: Request) -> Response:
    """Keep what the person says of a skill, and go back."""
    fields = await form(request)
    desk = _desk(request)
    skill = desk.atlas.skill(fields.get("skill", ""))
    outcome = Outcome.UNKNOWN if fields.get("outcome") == Outcome.UNKNOWN.value else Outcome.KNOWN
    desk.say([skill], outcome)
    return RedirectResponse(way_back(fields.get("back", "/")), status_code=303)


async def background(request: Request) -> Response:
    """Keep the person's background, and go back."""
    fields = await form(request)
    _desk(request).set_background(fields.get("background") or None)
    return RedirectResponse(way_back(fields.get("back", "/")), status_code=303)


async def forget(request: Request) -> Response:
    """Keep or forget a goal, and go back."""
    fields = await form(request)
    desk = _desk(request)
    if fields.get("keep"):
        desk.choose(fields["keep"], fields.get("level") or None)
    elif fields.get("target"):
        desk.drop(fields["target"])
    return RedirectResponse(way_back(fields.get("back", "/")), status_code=303)


def unknown_target(request: Request, error: Exception) -> Response:
    """A goal that is none."""
    return page(
        request,
        "error.html",
        status=404,
        heading="That cannot be a goal",
        text=f"{error}. Search for it, or choose another.",
    )


def bad_request(request: Request, error: Exception) -> Response:
    """What was sent makes no sense."""
    return page(
        request,
        "error.html",
        status=400,
        heading="That was not understood",
        text=f"{error}. Nothing was changed.",
    )


def broken(request: Request, error: Exception) -> Response:  # noqa: ARG001
    """A fault of ours, said without leaning on anything that may be broken."""
    return HTMLResponse(
        "<h1>Something broke in Cairn</h1><p>What you saved is kept. The terminal shows the fault.</p>",
        status_code=500,
    )
