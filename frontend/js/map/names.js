// Names seen from afar, always the same size on the screen and never on top of each other: those of areas, and those of
// the topics that are looked at or lie on the way.
import { make } from "./svg.js";
import { middle } from "./model.js";

const LINE = 1.15;

export class Names {
  constructor(frame, map, view) {
    this.view = view;
    this.pointed = [];
    this.lit = map.lit;
    this.layer = frame.querySelector("svg").appendChild(make("g", { class: "names" }));
    const lit = [...map.lit].sort((a, b) => rank(b, map) - rank(a, map));
    this.names = [
      ...lit.map((topic) => this.#topicName(topic)),
      ...map.wide.map((area) => this.#name("wide", area.lines, area)),
      ...[...map.areas.values()].map((area) => ({ ...this.#name("area", area.lines, area), places: alongside(area, map) })),
    ];
    document.fonts.ready.then(() => { for (const name of this.names) measure(name); this.ready = true; this.place(); });
  }

  #topicName(topic) {
    const { x } = middle(topic);
    return this.#name("topic", lines(topic), { x, y: topic.y }, topic);
  }

  #name(kind, text, at, topic) {
    const el = make("text", { class: `${kind}${topic?.el.classList.contains("asked") ? " asked" : ""}` }, ...text.map((line, i) => {
      const span = make("tspan", { x: 0, dy: i ? `${LINE}em` : 0 });
      span.textContent = line;
      return span;
    }));
    this.layer.append(el);
    return { kind, el, x: at.x, y: at.y, topic, rows: text.length, width: 0, height: 0 };
  }

  /** Name the topic one points at, and what it is tied to, where their own labels are too small to read. */
  point(topic) {
    if (this.pointed[0]?.topic === topic) return;
    for (const name of this.pointed) name.el.remove();
    this.pointed = topic ? [topic, ...topic.requires, ...topic.unlocks].map((other) => this.#topicName(other)) : [];
    this.pointed.forEach(measure);
    this.place();
  }

  place() {
    const { x, y, scale, nearness, width, height } = this.view;
    const afar = nearness === "areas";
    this.layer.classList.toggle("off", !afar);
    if (!afar || !this.ready) return;
    const far = scale < 0.2 && !this.lit.length;
    const first = this.pointed[0];
    const again = new Set(this.pointed.map((name) => name.topic));
    const boxes = [...this.lit, ...again].map((topic) => ({ x: x + topic.x * scale, y: y + topic.y * scale, w: topic.width * scale, h: topic.height * scale }));
    const taken = [];
    for (const name of [...this.pointed, ...this.names]) {
      const wanted = name.topic ? this.pointed.includes(name) || !again.has(name.topic) : (name.kind === "wide") === far;
      const free = (box) => inside(box, width, height) && !taken.some((other) => touch(box, other)) && (name.topic || !boxes.some((other) => touch(box, other)));
      const spot = wanted && spots(name, this.view).find((box) => name === first || free(box));
      name.el.classList.toggle("off", !spot);
      if (!spot) continue;
      taken.push(spot);
      name.el.setAttribute("transform", `translate(${(spot.x + spot.w / 2).toFixed(1)} ${(spot.y + name.size * 0.86).toFixed(1)})`);
    }
  }
}

// An area's name stands on its region, where there is room; a topic's stands above its box, or below. At the rim of the
// frame it moves inwards as long as what it names is in sight.
function spots(name, { x, y, scale, width }) {
  const w = name.width + 8, h = name.height + 2;
  const shifts = name.topic ? [-h - 1, name.topic.height * scale + 1] : [-0.5 * h, -1.1 * h, 0.1 * h];
  return (name.places ?? [name]).flatMap((place) => {
    const middle = x + place.x * scale;
    const left = middle < 0 || middle > width ? middle - w / 2 : Math.max(2, Math.min(width - w - 2, middle - w / 2));
    return shifts.map((shift) => ({ x: left, y: y + place.y * scale + shift, w, h }));
  });
}

// Where an area's name may stand: first its middle, then each of its layers from the middle outwards.
function alongside(area, map) {
  const layers = new Map();
  for (const topic of map.topics) if (topic.area === area) layers.set(topic.layer, [...(layers.get(topic.layer) ?? []), middle(topic)]);
  const places = [...layers.values()].map((spots) => ({ x: spots[0].x, y: spots.reduce((sum, spot) => sum + spot.y, 0) / spots.length }));
  return [area, ...places.sort((a, b) => Math.abs(a.x - area.x) - Math.abs(b.x - area.x))];
}

function measure(name) {
  const { width } = name.el.getBBox();
  name.size = parseFloat(getComputedStyle(name.el).fontSize);
  name.width = width;
  name.height = name.size * LINE * name.rows;
}

const rank = (topic, map) => (topic === map.goal ? 1e6 : 0) + (topic.el.classList.contains("asked") ? 1e3 : 0) + topic.way.length;
const lines = (topic) => [...topic.el.querySelectorAll("tspan")].map((span) => span.textContent);
const touch = (a, b) => a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;
const inside = (box, width, height) => box.x + box.w > 0 && box.y + box.h > 0 && box.x < width && box.y < height;
