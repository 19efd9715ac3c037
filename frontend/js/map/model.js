// What the map knows: the drawing on the page joined with the requirements from the server.
export async function readMap(frame) {
  const answer = await fetch("/api/map");
  if (!answer.ok) throw new Error(`map: ${answer.status}`);
  const data = await answer.json();
  const [width, height] = data.cell;
  const areas = new Map(data.areas.map((area) => [area.id, area]));
  const byId = new Map();
  for (const el of frame.querySelectorAll(".node")) byId.set(el.dataset.id, { el });
  for (const entry of data.topics) {
    const topic = byId.get(entry.id);
    if (!topic) continue;
    const { gap = "", way } = topic.el.dataset;
    Object.assign(topic, entry, { width, height, area: areas.get(entry.area), gap, unlocks: [] });
    topic.way = way ? way.split(" ").map((id) => byId.get(id)) : [];
    topic.have = topic.el.classList.contains("have");
    topic.believed = { known: "known", unsure: "unsure", unknown: "not known" }[/believed-(\w+)/.exec(topic.el.getAttribute("class"))?.[1]];
  }
  const topics = [...byId.values()].filter((topic) => topic.id);
  for (const topic of topics) {
    topic.requires = topic.requires.map((id) => byId.get(id));
    for (const needed of topic.requires) needed.unlocks.push(topic);
  }
  return {
    width: data.width, height: data.height, topics, areas, wide: data.wide,
    lit: topics.filter((topic) => topic.gap),
    goal: byId.get(frame.dataset.goal),
    at: (element) => byId.get(element.closest?.(".node")?.dataset.id),
  };
}

export const middle = (topic) => ({ x: topic.x + topic.width / 2, y: topic.y + topic.height / 2 });
