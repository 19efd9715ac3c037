// Near by, a cell also shows its levels and their hours; around the topic one looks at, which levels are asked for.
import { make } from "./svg.js";

const GLYPHS = {
  recognise: [["circle", { r: 2.6, class: "ring" }]],
  use: [["circle", { r: 2.6, class: "ring" }], ["path", { d: "M0-2.6a2.6 2.6 0 0 1 0 5.2z" }]],
  derive: [["circle", { r: 3.1 }]],
};

export class Skills {
  constructor(map) {
    this.map = map;
    this.levels = new Map();
    this.asked = [];
  }

  /** Draw the levels of every topic, once. */
  show() {
    if (this.levels.size) return;
    for (const topic of this.map.topics) {
      topic.skills.forEach((skill, i) => {
        const hours = make("text", { x: 5, y: 2.5 });
        hours.textContent = skill.said;
        const depth = ["recognise", "use", "derive"];
        const needed = topic.gap && depth.indexOf(skill.level) <= depth.indexOf(topic.gap);
        const group = make("g", { class: `level${needed ? " needed" : ""}`, transform: `translate(${11 + i * 58} 33)` },
          ...GLYPHS[skill.level].map(([name, attributes]) => make(name, attributes)), hours);
        topic.el.append(group);
        this.levels.set(`${topic.id}@${skill.level}`, group);
      });
    }
    if (this.topic) this.#mark();
  }

  look(topic) {
    this.topic = topic;
    for (const group of this.asked) group.classList.remove("wanted");
    this.asked = [];
    if (topic && this.levels.size) this.#mark();
  }

  #mark() {
    const { topic } = this;
    const below = topic.skills.flatMap((skill) => skill.requires);
    const above = topic.unlocks.flatMap((user) => user.skills.filter((s) => s.requires.some((id) => id.startsWith(`${topic.id}@`))).map((s) => `${user.id}@${s.level}`));
    this.asked = [...below, ...above].map((id) => this.levels.get(id)).filter(Boolean);
    for (const group of this.asked) group.classList.add("wanted");
  }
}
