// The map comes alive: it can be moved and walked, and shows more the nearer one looks. Without this file it is a
// drawing that scrolls, and a list.
import { readMap } from "./map/model.js";
import { View } from "./map/view.js";
import { attachGestures } from "./map/gestures.js";
import { Edges } from "./map/edges.js";
import { Names } from "./map/names.js";
import { Skills } from "./map/skills.js";
import { Walker } from "./map/walk.js";

async function start(frame) {
  const map = await readMap(frame);
  const view = new View(frame, map);
  const edges = new Edges(frame, map);
  const names = new Names(frame, map, view);
  const skills = new Skills(map);
  const walker = new Walker(frame, map, view, look);

  function look(topic) {
    edges.look(topic);
    skills.look(topic);
    names.point(topic);
  }

  view.onChange = (nearness) => {
    if (nearness === "skills") skills.show();
    names.place();
  };
  attachGestures(frame, view);
  attachTools(frame, view, walker);

  frame.addEventListener("pointerover", (event) => { if (event.pointerType === "mouse") look(map.at(event.target) ?? walker.here); });
  frame.addEventListener("pointerleave", () => look(walker.here));
  frame.addEventListener("click", (event) => {
    const topic = map.at(event.target);
    if (!topic || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (topic !== walker.here) { event.preventDefault(); walker.go(topic, { follow: false }); }
  });

  const name = decodeURIComponent(location.hash.slice(1));
  const area = map.topics.filter((topic) => name && [topic.area.id, topic.area.within].includes(name));
  if (area.length) scrollTo(0, 0); // the browser went to where the area stood before
  view.home = [map.lit, area, map.topics].find((topics) => topics.length);
  view.fit(view.home, { still: true, floor: 0.22 });
}

function attachTools(frame, view, walker) {
  const tools = document.querySelector(".map-tools");
  const near = [...tools.querySelectorAll("[data-near]")];
  tools.addEventListener("click", (event) => {
    const { zoom, near: nearness } = event.target.closest("button")?.dataset ?? {};
    if (nearness) view.near(nearness, walker.here);
    else if (zoom === "fit") view.fit();
    else if (zoom === "goal") walker.home();
    else if (zoom) view.zoom(zoom === "in" ? 1.5 : 1 / 1.5);
  });
  view.onNearness = (nearness) => near.forEach((button) => button.setAttribute("aria-pressed", button.dataset.near === nearness));
}

const frame = document.getElementById("map");
if (frame) start(frame);
