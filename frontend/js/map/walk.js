// Walking by keyboard: left to what a topic needs, right to what it unlocks, up and down along its layer. Every step is said.
import { middle } from "./model.js";

export class Walker {
  constructor(frame, map, view, look) {
    Object.assign(this, { map, view, look });
    this.status = document.getElementById("map-status");
    this.open = document.querySelector("[data-open]");
    this.trail = [];
    frame.addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      if (this.#key(event.key)) event.preventDefault();
    });
  }

  #key(key) {
    const { view, here } = this;
    switch (key) {
      case "ArrowLeft": this.#step("requires", "needs nothing else: one can begin here"); break;
      case "ArrowRight": this.#step("unlocks", "unlocks nothing further"); break;
      case "ArrowUp": this.#beside(-1); break;
      case "ArrowDown": this.#beside(1); break;
      case "Enter": if (!here) return false; location.href = here.el.getAttribute("href"); break;
      case "+": case "=": view.zoom(1.5); break;
      case "-": view.zoom(1 / 1.5); break;
      case "0": view.fit(view.map.topics); this.#say("The whole map."); break;
      case "Home": this.home(); break;
      case "Escape": if (!here) return false; this.#leave(); break;
      default: return false;
    }
    return true;
  }

  home() {
    const { goal } = this.map;
    if (goal) { this.go(goal, { follow: false }); this.view.near(this.view.nearness === "skills" ? "skills" : "topics", goal); }
    else { this.view.fit(); this.#say(this.map.lit.length ? "The way to the goal." : "The whole map."); }
  }

  /** Stand on a topic, say where one is, and bring it into view. */
  go(topic, { follow = true } = {}) {
    this.here?.el.classList.remove("here");
    this.here = topic;
    topic.el.classList.add("here");
    if (follow) this.view.reveal(topic);
    this.look(topic);
    this.#say(describe(topic));
    this.open.hidden = false;
    this.open.href = topic.el.getAttribute("href");
    this.open.textContent = `Open ${topic.title}`;
  }

  #leave() {
    this.here.el.classList.remove("here");
    this.here = undefined;
    this.trail = [];
    this.look(undefined);
    this.#say("No topic chosen.");
  }

  // Back the way one came if it leads there; else to a neighbour on the way to the goal, nearest in height.
  #step(side, none) {
    const { here } = this;
    if (!here) { this.#begin(); return; }
    const choices = here[side];
    if (!choices.length) { this.#say(`${here.title} ${none}.`); return; }
    const back = this.trail.at(-1);
    if (choices.includes(back)) { this.trail.pop(); this.go(back); return; }
    const lit = choices.filter((topic) => topic.gap);
    this.trail.push(here);
    this.go(nearest(lit.length ? lit : choices, middle(here)));
  }

  #beside(direction) {
    const { here } = this;
    if (!here) { this.#begin(); return; }
    const layer = this.map.topics.filter((topic) => topic.layer === here.layer).sort((a, b) => a.y - b.y);
    const next = layer[layer.indexOf(here) + direction];
    this.trail = [];
    if (next) this.go(next);
    else this.#say(`${here.title} is ${direction < 0 ? "the first" : "the last"} of its layer.`);
  }

  #begin() {
    const { view, map } = this;
    const centre = { x: (view.width / 2 - view.x) / view.scale, y: (view.height / 2 - view.y) / view.scale };
    this.go(map.goal ?? nearest(map.lit.length ? map.lit : map.topics, centre));
  }

  #say(text) { this.status.textContent = text; }
}

function nearest(topics, point) {
  const distance = (topic) => { const { x, y } = middle(topic); return Math.hypot((x - point.x) / 4, y - point.y); };
  return topics.reduce((best, topic) => (distance(topic) < distance(best) ? topic : best));
}

function describe(topic) {
  const counts = `needs ${topic.requires.length || "nothing"}, unlocks ${topic.unlocks.length || "nothing"}`;
  const state = topic.gap ? `; in the gap, to ${topic.gap}` : topic.believed ? `; ${topic.believed}` : topic.have ? "; known" : "";
  return `${topic.title}, in ${topic.area.title}; ${counts}${state}.`;
}
