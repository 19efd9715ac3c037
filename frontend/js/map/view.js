// Where one looks from: a shift and a scale, kept within bounds. Nearness (areas, topics, skills) follows from the scale.
import { middle } from "./model.js";

const NEARNESS = [["skills", 1.45], ["topics", 0.71], ["areas", 0]];
const NEAR = { topics: 0.95, skills: 1.7 };
const FARTHEST = 2.6;
const calm = matchMedia("(prefers-reduced-motion: reduce)");

export class View {
  constructor(frame, map) {
    this.frame = frame;
    this.map = map;
    this.home = map.topics;
    this.svg = frame.querySelector("svg");
    this.world = frame.querySelector(".world");
    for (const name of ["viewBox", "width", "height"]) this.svg.removeAttribute(name);
    frame.classList.add("live");
    this.x = this.y = 0;
    this.scale = 1;
    this.onChange = this.onNearness = () => {};
    this.measure();
    new ResizeObserver(() => { const { width, height } = this; this.measure(); if (width !== this.width || height !== this.height) this.resized(width, height); }).observe(frame);
  }

  measure() {
    this.width = this.frame.clientWidth;
    this.height = this.frame.clientHeight;
    this.least = Math.min(this.width / this.map.width, this.height / this.map.height);
  }

  resized(width, height) { this.set(this.x + (this.width - width) / 2, this.y + (this.height - height) / 2, this.scale); }

  /** Show the world with its origin at x, y of the frame. */
  set(x, y, scale) {
    this.scale = Math.min(FARTHEST, Math.max(this.least, scale));
    this.x = within(x, this.width, this.map.width * this.scale);
    this.y = within(y, this.height, this.map.height * this.scale);
    this.world.setAttribute("transform", `translate(${this.x.toFixed(2)} ${this.y.toFixed(2)}) scale(${this.scale.toFixed(4)})`);
    const nearness = NEARNESS.find(([, from]) => this.scale >= from)[0];
    if (nearness !== this.nearness) {
      this.nearness = this.frame.dataset.near = nearness;
      this.onNearness(nearness);
    }
    this.onChange(nearness);
  }

  /** Shift by some pixels; whether anything moved. */
  pan(dx, dy) {
    cancelAnimationFrame(this.frameRequest);
    const { x, y } = this;
    this.set(x + dx, y + dy, this.scale);
    return this.x !== x || this.y !== y;
  }

  /** Scale about a point of the frame, its middle by default. */
  zoom(factor, { px = this.width / 2, py = this.height / 2, still = false } = {}) {
    const scale = Math.min(FARTHEST, Math.max(this.least, this.scale * factor));
    const ratio = scale / this.scale;
    this.move(px - (px - this.x) * ratio, py - (py - this.y) * ratio, scale, still);
  }

  /** Go near enough for topics or skills, or far enough for areas, about a topic or the middle. */
  near(nearness, topic) {
    if (nearness === "areas") this.fit(this.map.topics);
    else if (topic) this.centre(topic, NEAR[nearness]);
    else this.zoom(NEAR[nearness] / this.scale);
  }

  centre(topic, scale = this.scale) {
    const { x, y } = middle(topic);
    this.move(this.width / 2 - x * scale, this.height / 2 - y * scale, scale);
  }

  /** Bring some topics into the frame; what would become too small to read begins at its left side instead. */
  fit(topics = this.home, { still = false, floor = 0 } = {}) {
    const whole = topics.length === this.map.topics.length;
    const left = whole ? 0 : Math.min(...topics.map((t) => t.x)) - 60;
    const top = whole ? 0 : Math.min(...topics.map((t) => t.y)) - 60;
    const right = whole ? this.map.width : Math.max(...topics.map((t) => t.x + t.width)) + 60;
    const low = whole ? this.map.height : Math.max(...topics.map((t) => t.y + t.height)) + 60;
    const fits = Math.min(1.2, this.width / (right - left), this.height / (low - top));
    const scale = Math.max(fits, Math.min(floor, this.height / (low - top)));
    const x = scale > fits ? -left * scale : (this.width - (left + right) * scale) / 2;
    this.move(x, (this.height - (top + low) * scale) / 2, scale, still);
  }

  /** Move only as far as needed for a topic to be well inside the frame. */
  reveal(topic) {
    const { x, y } = middle(topic);
    const sx = this.x + x * this.scale, sy = this.y + y * this.scale;
    const edgeX = Math.min(140, this.width / 3), edgeY = Math.min(90, this.height / 3);
    const dx = Math.min(Math.max(sx, edgeX), this.width - edgeX) - sx;
    const dy = Math.min(Math.max(sy, edgeY), this.height - edgeY) - sy;
    if (dx || dy) this.move(this.x + dx, this.y + dy, this.scale);
  }

  /** Go to another view, gliding so that the eye can follow. */
  move(x, y, scale, still = false) {
    cancelAnimationFrame(this.frameRequest);
    if (still || calm.matches) { this.set(x, y, scale); return; }
    const from = { x: this.x, y: this.y, scale: this.scale };
    const began = performance.now();
    const step = (now) => {
      const t = Math.min(1, Math.max(0, (now - began) / 280));
      const ease = t * t * (3 - 2 * t);
      const s = from.scale * (scale / from.scale) ** ease;
      // Between two scales the fixed point stays fixed only if the shift follows the scale, not the clock.
      const part = scale === from.scale ? ease : (s - from.scale) / (scale - from.scale);
      this.set(from.x + (x - from.x) * part, from.y + (y - from.y) * part, s);
      if (t < 1) this.frameRequest = requestAnimationFrame(step);
    };
    this.frameRequest = requestAnimationFrame(step);
  }
}

function within(shift, frame, world) {
  if (world <= frame) return (frame - world) / 2;
  const slack = Math.min(120, frame / 4);
  return Math.min(slack, Math.max(frame - world - slack, shift));
}
