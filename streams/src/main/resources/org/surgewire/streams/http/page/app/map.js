// The map of states or counties.

import { h, s } from "./dom.js";
import { count, rate, range, arrests, plural } from "./format.js";
import { get } from "./api.js";
import { WIDTH, HEIGHT, shapes } from "./geography.js";
import { postal, stateId } from "./fips.js";
import { shown, shade, legend, unnumbered } from "./scale.js";

const STEP = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const ZERO = { announcements: 0, best: 0, low: 0, high: 0, perMillion: 0, unknownDays: 0 };
let maps = 0;

/**
 * A map of which one shape after the other can be reached with the arrow keys, and opened with Enter or a click.
 *
 * @param {(id: string) => void} open is called with the division id of an opened shape
 * @returns {{element: HTMLElement, show: Function}} show draws, see there
 */
export function choropleth(open) {
  const hatch = "hatch-" + ++maps;
  const dots = "dots-" + maps;
  const drawing = s("svg", { class: "map", viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "group" });
  const bubble = h("div", { class: "bubble", "aria-hidden": "true", hidden: true });
  const key = h("ul", { class: "legend", "aria-label": "Legend" });
  const element = h("figure", { class: "map-box" }, h("div", { class: "map-frame" }, drawing, bubble), h("figcaption", {}, key));
  let drawn = null; // the shapes on screen, and what makes them differ from others
  let current = null; // the shape that the keyboard is at
  let values = new Map();
  let unread = new Set();
  let measure = "number";

  const tallyOf = (fips) => values.get(fips)?.counts ?? (unread.has(fips) ? null : ZERO);

  function words(each) {
    const tally = tallyOf(each.fips);
    const name = values.get(each.fips)?.name ?? nameOf(each);
    if (tally === null || tally.best === null) return [name, "not read: unknown"];
    if (unnumbered(tally)) return [name, `named in ${plural(tally.announcements, "announcement")}, without a number of its own`];
    const room = range(tally);
    return [name, arrests(tally.best) + (room ? ` (${room})` : ""),
      measure === "rate" ? (tally.perMillion === null ? "rate not known" : `${rate(tally.perMillion)} per million inhabitants`) : null,
      tally.unknownDays ? `${count(tally.unknownDays)} of the days not read` : null].filter(Boolean);
  }

  /**
   * Draws a map, or changes the one that stands.
   *
   * @param {Object} of
   * @param {"state"|"county"} of.level
   * @param {?string} of.within code of the state that is shown alone
   * @param {Array} of.items answers of the map endpoint
   * @param {string[]} of.unread codes of which no day is known
   * @param {"number"|"rate"} of.measure
   * @param {string} of.label what the map shows
   * @param {?string} of.mark code of the shape that is marked
   */
  async function show(of) {
    const { shapes: all, borders, outline } = await shapes(of.level);
    values = new Map(of.items.map((item) => [item.geoid, item]));
    unread = new Set(of.unread);
    measure = of.measure;
    const shape = of.level + (of.within ?? "");
    if (drawn?.shape !== shape) draw(shape, of.within ? all.filter((each) => each.fips.startsWith(of.within)) : all, borders, outline, of.within);
    drawing.setAttribute("aria-label", of.label);
    for (const [fips, each] of drawn.byCode) {
      const tally = tallyOf(fips);
      const step = tally && unnumbered(tally) ? "named" : shade(tally === null ? null : shown(tally, measure), measure);
      const wanted = `area ${step}${fips === of.mark ? " marked" : ""}`;
      if (each.element.getAttribute("class") !== wanted) {
        each.element.setAttribute("class", wanted);
        each.element.setAttribute("fill", step === "named" ? `url(#${dots})` : "");
      }
      // Its line must not be hidden by its neighbours.
      if (fips === of.mark && each.element.nextSibling) each.element.parentNode.append(each.element);
    }
    if (current) label(current);
    key.replaceChildren(h("li", {}, measure === "rate" ? "Announced arrests per million inhabitants:" : "Announced arrests:"),
      ...legend(measure).map(([step, text]) => h("li", {}, s("svg", { class: "swatch", viewBox: "0 0 18 12", preserveAspectRatio: "none", "aria-hidden": "true" }, s("rect", { class: "area " + step, width: 18, height: 12 })), text)),
      h("li", {}, h("span", { class: "swatch dotted", "aria-hidden": "true" }), "named without a number"),
      h("li", {}, h("span", { class: "swatch unread", "aria-hidden": "true" }), "not read: unknown"));
  }

  function draw(shape, wanted, borders, outline, within) {
    const byCode = new Map(wanted.map((each) => [each.fips, { ...each, element: s("path", { class: "area", d: each.d, "data-fips": each.fips }) }]));
    const layer = s("g", {}, [...byCode.values()].map((each) => each.element));
    const box = within ? around(wanted) : [0, 0, WIDTH, HEIGHT];
    drawing.setAttribute("viewBox", box.join(" "));
    const pattern = s("pattern", { id: hatch, width: 6, height: 6, patternUnits: "userSpaceOnUse", patternTransform: `rotate(45) scale(${box[2] / WIDTH})` },
      s("rect", { class: "hatch-ground", width: 6, height: 6 }), s("line", { class: "hatch-line", x1: 0, y1: 0, x2: 0, y2: 6 }));
    // What is unknown is transparent, so that the hatching is painted once and not for thousands of shapes.
    const ground = s("path", { d: within ? wanted.map((each) => each.d).join("") : outline, fill: `url(#${hatch})` });
    const dotted = s("pattern", { id: dots, width: 7, height: 7, patternUnits: "userSpaceOnUse", patternTransform: `scale(${box[2] / WIDTH})` },
      s("rect", { class: "q0", width: 7, height: 7 }), s("circle", { class: "dots", cx: 3.5, cy: 3.5, r: 1.3 }));
    drawing.replaceChildren(s("defs", {}, pattern, dotted), ground, layer, within ? "" : s("path", { class: "borders", d: borders }));
    drawing.classList.toggle("alone", Boolean(within));
    drawing.classList.toggle("fine", shape.startsWith("county"));
    drawn = { shape, byCode };
    current = null;
    const first = byCode.values().next().value;
    if (first) at(first);
    bubble.hidden = true;
  }

  function label(each) {
    each.element.setAttribute("aria-label", words(each).join(", "));
  }

  /** The one shape that Tab leads to; the others are left out, since thousands of them help nobody. */
  function at(each) {
    for (const name of ["tabindex", "role", "aria-label"]) current?.element.removeAttribute(name);
    current = each;
    each.element.setAttribute("tabindex", "0");
    each.element.setAttribute("role", "link");
    label(each);
  }

  function point(each) {
    const [name, ...rest] = words(each);
    bubble.replaceChildren(h("strong", {}, name), ...rest.map((line) => h("span", {}, line)));
    bubble.hidden = false;
    const frame = drawing.parentNode.getBoundingClientRect();
    const box = each.element.getBoundingClientRect();
    const x = Math.min(Math.max((box.left + box.right) / 2 - frame.left, 90), frame.width - 90);
    const y = (box.top + box.bottom) / 2 - frame.top;
    bubble.style.setProperty("left", x + "px");
    bubble.style.setProperty("top", y + "px");
    bubble.classList.toggle("below", y < 90);
  }

  /** The nearest shape in a direction: what lies aside counts more than what lies ahead. */
  function next(from, [dx, dy]) {
    let best = null, least = Infinity;
    for (const each of drawn.byCode.values()) {
      const x = each.center[0] - from.center[0], y = each.center[1] - from.center[1];
      const ahead = x * dx + y * dy, aside = Math.abs(x * dy) + Math.abs(y * dx);
      if (ahead > 0.5 && ahead + 2.5 * aside < least) [best, least] = [each, ahead + 2.5 * aside];
    }
    return best;
  }

  async function enter(each) {
    const id = values.get(each.fips)?.id ?? (each.fips.length === 2 ? stateId(each.fips) : await countyId(each.fips));
    if (id) open(id);
  }

  const under = (event) => drawn?.byCode.get(event.target.dataset?.fips);
  drawing.addEventListener("click", (event) => under(event) && enter(under(event)));
  drawing.addEventListener("pointerover", (event) => (under(event) ? point(under(event)) : (bubble.hidden = true)));
  drawing.addEventListener("pointerleave", () => { bubble.hidden = true; });
  drawing.addEventListener("focusin", (event) => under(event) && point(under(event)));
  drawing.addEventListener("focusout", () => { bubble.hidden = true; });
  drawing.addEventListener("keydown", (event) => {
    if (!current) return;
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      enter(current);
    } else if (event.key === "Escape") {
      bubble.hidden = true;
    } else if (STEP[event.key]) {
      event.preventDefault();
      const found = next(current, STEP[event.key]);
      if (found) {
        at(found);
        found.element.focus();
      }
    }
  });

  return { element, show };
}

const nameOf = (each) => (each.fips.length === 2 ? each.name : `${each.name}, ${postal(each.fips)}`);

function around(wanted) {
  const bounds = wanted.map((each) => each.bounds);
  const left = Math.min(...bounds.map(([[x]]) => x)), top = Math.min(...bounds.map(([[, y]]) => y));
  const right = Math.max(...bounds.map(([, [x]]) => x)), bottom = Math.max(...bounds.map(([, [, y]]) => y));
  // As wide as the whole map in proportion, so that every state fills the frame.
  const width = Math.max(right - left, (bottom - top) * WIDTH / HEIGHT) * 1.06;
  const height = width * HEIGHT / WIDTH;
  return [(left + right - width) / 2, (top + bottom - height) / 2, width, height].map((each) => Math.round(each * 10) / 10);
}

/** The map endpoint leaves out counties with nothing announced; those of a state have their codes among its parts. */
async function countyId(fips) {
  if (fips === "11001") return stateId("11");
  const { items } = await get(`v1/jurisdictions/${stateId(fips.slice(0, 2))}/children`, { limit: 1000 });
  return items.find((item) => item.geoid === fips)?.id;
}
