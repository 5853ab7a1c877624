// Named operations: the list, and the course and spread of one.

import { h, s, section } from "./dom.js";
import { count, day, plural, range, short, span, words, arrests } from "./format.js";
import { get } from "./api.js";
import { knownAt, place, to, toJurisdiction } from "./place.js";
import { HEIGHT, WIDTH, shapes } from "./geography.js";
import { stateOf } from "./fips.js";

const NARROW = 560; // pixels
const TONES = { PLANNED: "moderate", LAUNCHED: "severe", ONGOING: "severe", CONCLUDED: "minor" };

const status = (operation) => h("span", { class: "tag " + (TONES[operation.status] ?? "minor") }, words(operation.status));

const total = (operation) => (operation.high === 0
  ? h("p", { class: "n" }, "–", h("small", {}, "no number announced"))
  : h("p", { class: "n" }, count(operation.best), h("small", {}, range(operation) ? `announced arrests, ${range(operation)}` : "announced arrests")));

/** An operation as a row of a list. */
export function operationRow(operation) {
  return h("li", {},
    h("div", {}, h("h3", {}, h("a", { href: to("operation/" + operation.id) }, operation.name)), status(operation)),
    total(operation),
    h("div", { class: "reach" }, h("p", { class: "soft" }, `${span(operation.firstDay, operation.lastDay)} · ${plural(operation.announcements, "announcement")} · ${plural(operation.jurisdictions.length, "place")}`),
      h("ul", { class: "chips" }, operation.jurisdictions.map((each) => h("li", {}, h("a", { href: toJurisdiction(each.id) }, each.name))))));
}

/** All operations. */
export function operationsView() {
  const rows = h("ul", { class: "operations" });
  const part = section("operations", "Named operations", rows);
  let last = null;

  async function update() {
    const answer = await get("v1/operations", { limit: 200, asOf: knownAt() });
    if (answer === last) return;
    last = answer;
    part.count.textContent = answer.total ? plural(answer.total, "operation") + (place.day ? ", as known then" : "") : "";
    rows.replaceChildren(...(answer.items.length ? answer.items.map(operationRow) : [h("li", { class: "empty" }, "No named operation has been announced.")]));
  }

  return { title: "Operations", element: part.element, update };
}

/** One operation: how it grew, where it went, and every step. */
export function operationView(id) {
  const title = h("h2", { id: "operation-title" }, "Operation");
  const head = h("div", { class: "operation-head" });
  const maps = h("ol", { class: "small-maps" });
  const course = h("div", { class: "panel" });
  const steps = h("ol", { class: "steps" });
  const element = h("section", { "aria-labelledby": "operation-title" },
    h("p", { class: "crumbs" }, h("a", { href: to("operations") }, "Operations")), title, head,
    h("h3", {}, "Spread"), maps, h("h3", {}, "Announced so far"), course, h("h3", {}, "Every step"), steps);
  const view = { title: "Operation", element, update };
  let last = null;

  async function update() {
    const path = "v1/operations/" + encodeURIComponent(id);
    const [answer, spread] = await Promise.all([get(path, { asOf: knownAt() }), get(path + "/series", { asOf: knownAt() })]);
    if (answer === last?.answer && spread === last?.spread) return;
    last = { answer, spread };
    const { operation } = answer;
    view.title = operation.name;
    title.textContent = operation.name;
    head.replaceChildren(status(operation), h("p", { class: "soft" }, `${span(operation.firstDay, operation.lastDay)} · ${plural(operation.announcements, "announcement")} · ${plural(operation.jurisdictions.length, "place")}`), total(operation));
    course.replaceChildren(growth(answer.steps));
    steps.replaceChildren(...answer.steps.map((step) => h("li", {},
      h("p", {}, h("strong", {}, short(step.day)), " ", h("span", { class: "tag minor" }, words(step.phase))),
      h("p", { class: "soft" }, step.adds ? `adds ${arrests(step.adds)}, ${count(step.best)} so far` : "states no new number", " · ", h("a", { href: to("case/" + step.caseId) }, "every claim")),
      h("ul", { class: "chips" }, step.jurisdictions.map((each) => h("li", {}, h("a", { href: toJurisdiction(each.id) }, each.name)))))));
    const days = [...new Set(answer.steps.map((step) => step.day))].sort();
    const { shapes: states, borders } = await shapes("state");
    maps.replaceChildren(...days.map((each) => smallMap(each, answer.steps, spread.items, states, borders)));
  }

  return view;
}

/** The states that were reached up to a day, those of the day marked. */
function smallMap(on, steps, growths, states, borders) {
  const reached = new Map();
  for (const step of steps) {
    if (step.day > on) continue;
    for (const each of step.jurisdictions) {
      const fips = stateOf(each.id);
      if (fips && !(reached.get(fips) < step.day)) reached.set(fips, step.day);
    }
  }
  const numbers = new Map();
  for (const each of growths) {
    const fips = /\/(state|district):[a-z]{2}$/.test(each.jurisdiction.id) ? stateOf(each.jurisdiction.id) : null;
    const point = fips ? each.points.filter((point) => point.day <= on).at(-1) : null;
    if (point) numbers.set(fips, point.best);
  }
  const names = states.filter((each) => reached.get(each.fips) === on).map((each) => each.name);
  const country = steps.filter((step) => step.day <= on).at(-1);
  const label = `${day(on)}: ${reached.size ? plural(reached.size, "state") + " reached" : "no state named"}${names.length ? `, new: ${names.join(", ")}` : ""}`;
  return h("li", {},
    s("svg", { class: "small-map", viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "img", "aria-label": label },
      states.map((each) => s("path", { d: each.d, class: reached.has(each.fips) ? (reached.get(each.fips) === on ? "new" : "reached") : "" })),
      s("path", { class: "borders", d: borders })),
    h("p", {}, h("strong", {}, short(on)), " ", h("span", { class: "soft" }, country && country.best ? `${count(country.best)} announced` : "no number yet")),
    h("p", { class: "soft" }, names.length ? "new: " + names.map((name) => name + numberOf(name)).join(", ") : "nowhere new"));

  function numberOf(name) {
    const fips = states.find((each) => each.name === name).fips;
    return numbers.get(fips) ? ` (${count(numbers.get(fips))})` : "";
  }
}

/** Announced so far over the days, with the low-high band. */
function growth(steps) {
  if (!steps.some((step) => step.high > 0)) return h("p", { class: "empty" }, "No number has been announced.");
  const width = innerWidth < NARROW ? 330 : 640, height = 190, left = 46, right = 60, top = 14, bottom = 26;
  const time = (iso) => Date.parse(iso);
  const first = time(steps[0].day), last = Math.max(time(steps.at(-1).day), first + 86_400_000);
  const most = Math.max(...steps.map((step) => step.high));
  const x = (iso) => left + ((time(iso) - first) / (last - first)) * (width - left - right);
  const y = (value) => top + (1 - value / most) * (height - top - bottom);
  const line = (name) => steps.map((step, i) => (i === 0 ? `M${x(step.day)},${y(step[name])}` : `H${x(step.day)}V${y(step[name])}`)).join("");
  const back = [...steps].reverse().map((step, i, all) => `L${x(step.day)},${y(step.low)}` + (i + 1 < all.length ? `V${y(all[i + 1].low)}` : "")).join("");
  const end = steps.at(-1);
  return s("svg", { class: "growth", viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": `Announced arrests grow from ${count(steps[0].best)} on ${day(steps[0].day)} to ${count(end.best)} on ${day(end.day)}` },
    [0, 0.5, 1].map((part) => [
      s("line", { class: "grid", x1: left, x2: width - right, y1: y(most * part), y2: y(most * part) }),
      s("text", { x: left - 8, y: y(most * part) + 4, "text-anchor": "end" }, count(Math.round(most * part)))]),
    s("path", { class: "band", d: line("high") + back + "Z" }),
    s("path", { class: "line", d: line("best") }),
    steps.map((step) => s("circle", { class: step.adds ? "dot" : "dot silent", cx: x(step.day), cy: y(step.best), r: 3.5 })),
    s("text", { class: "end", x: x(end.day) + 8, y: y(end.best) + 4 }, count(end.best)),
    s("text", { x: left, y: height - 6 }, short(steps[0].day)),
    s("text", { x: width - right, y: height - 6, "text-anchor": "end" }, short(end.day)));
}
