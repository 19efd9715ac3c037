// Requirements as curves, drawn only where someone looks, and the way to the goal.
import { make } from "./svg.js";

export class Edges {
  constructor(frame, map) {
    const layer = frame.querySelector(".edges");
    const way = map.lit.flatMap((topic) => topic.way.map((needed) => curve(needed, topic)));
    // The more there are, the fainter each.
    const strength = Math.max(0.14, Math.min(0.5, 20 / way.length));
    if (way.length) layer.append(make("path", { class: "way", d: way.join(""), "stroke-opacity": strength.toFixed(2) }));
    this.needs = layer.appendChild(make("path", { class: "needs" }));
    this.unlocks = layer.appendChild(make("path", { class: "unlocks" }));
    this.map = map;
    this.marked = [];
  }

  look(topic) {
    if (topic === this.topic) return;
    this.topic = topic;
    for (const other of this.marked) other.el.classList.remove("near", "seen");
    this.marked = topic ? [topic, ...topic.requires, ...topic.unlocks] : [];
    for (const other of this.marked) other.el.classList.add("near");
    topic?.el.classList.add("seen");
    this.needs.setAttribute("d", topic ? topic.requires.map((needed) => curve(needed, topic)).join("") : "");
    this.unlocks.setAttribute("d", topic ? topic.unlocks.map((user) => curve(topic, user)).join("") : "");
  }
}

// From the right side of what is needed to the left side of what needs it.
function curve(from, to) {
  const x = from.x + from.width, y = from.y + from.height / 2;
  const endX = to.x, endY = to.y + to.height / 2;
  const bend = endX > x ? Math.max(16, (endX - x) * 0.45) : 90;
  return `M${x} ${y}C${x + bend} ${y} ${endX - bend} ${endY} ${endX} ${endY}`;
}
