// Up to eight jurisdictions side by side: the same days, the same scale, each with its low-high band and unknown days.

import { h, s, section, segments } from "./dom.js";
import { arrests, count, daysBetween, plural, range, rate, short, span } from "./format.js";
import { get } from "./api.js";
import { choose, go, knownAt, place, to, toJurisdiction, WINDOWS } from "./place.js";
import { bucketFor, known, windowOf, WINDOW_WORDS } from "./days.js";
import { placeField } from "./search.js";

const MOST = 8;
const SUGGESTED = 5;
const NARROW = 560; // pixels

/** @param {string} ids division ids, separated by commas */
export function compareView(ids) {
  let wanted = split(ids);
  let last = null;
  const chosen = h("ul", { class: "chips", "aria-label": "Compared" });
  const form = h("form", { class: "add", role: "search", "aria-label": "Add a place", onsubmit: (event) => event.preventDefault() });
  placeField(form, { id: "compare-add", label: "Add a place" }, (item) => put([...wanted, item.id]));
  const field = form.querySelector("input");
  const window = segments("Days that are compared", WINDOWS, (value) => choose({ window: value }));
  const measure = segments("What is compared", [["number", "Announced arrests"], ["rate", "Per million inhabitants"]], (value) => choose({ measure: value }));
  const scale = segments("Scale of the charts", [["same", "Same scale"], ["own", "Own scale"]], (value) => choose({ scale: value }));
  const charts = h("div", { class: "compared" });
  const totals = h("tbody");
  const numbers = h("div", { class: "table-box scroll", tabindex: "0", role: "region", "aria-label": "Numbers of the charts" });
  const tables = h("div", {},
    h("div", { class: "table-box scroll", tabindex: "0", role: "region", "aria-label": "Sums" }, h("table", {}, h("caption", { class: "hidden" }, "Sums of the compared days"),
      h("thead", {}, h("tr", {}, ["Jurisdiction", "Announced arrests", "Low", "High", "Per million", "Announcements", "Days not read"].map((each) => h("th", { scope: "col" }, each)))), totals)),
    h("details", { class: "numbers" }, h("summary", {}, "The numbers as a table"), numbers));
  const part = section("compare", "Compare", h("p", { class: "soft" }, "Announced arrests of up to eight jurisdictions on the same days. The band is what announcements leave room for; hatched days were not read: unknown, not zero."),
    form, chosen, h("div", { class: "controls" }, window.element, measure.element, scale.element), charts, tables);

  function put(next) {
    go("compare/" + [...new Set(next)].join(","));
  }

  async function update() {
    const days = await known();
    window.show(place.window);
    measure.show(place.measure);
    scale.show(place.scale);
    field.disabled = wanted.length >= MOST;
    field.placeholder = field.disabled ? `${MOST} are the most` : "Add a place";
    tables.hidden = wanted.length === 0 || !days;
    if (!days) return charts.replaceChildren(h("p", { class: "empty" }, "Nothing has been read yet."));
    const { from, to: until } = windowOf(days);
    const asOf = place.known ? knownAt() : null;
    part.count.textContent = span(from, until);
    if (wanted.length === 0) {
      chosen.replaceChildren();
      return suggest(from, until, asOf);
    }
    const found = await get("v1/compare", { ids: wanted.join(","), from, to: until, bucket: bucketFor({ from, to: until }), asOf });
    const look = [place.measure, place.scale, innerWidth < NARROW].join();
    if (found === last?.found && look === last.look) return;
    last = { found, look };
    show(found);
  }

  async function suggest(from, until, asOf) {
    last = null;
    const { items } = await get("v1/rankings", { level: "state", from, to: until, asOf, limit: SUGGESTED });
    charts.replaceChildren(h("p", { class: "empty" }, "Add a place by its name",
      items.length > 1 ? [", or take ", h("a", { href: to("compare/" + items.map((each) => each.id).join(",")) }, `the ${items.length} states with the most announced ${WINDOW_WORDS[place.window]}`)] : "", "."));
  }

  function show({ items, bucket }) {
    chosen.replaceChildren(...items.map(({ jurisdiction }) => h("li", { class: "chip" }, h("a", { href: toJurisdiction(jurisdiction.id) }, jurisdiction.name),
      h("button", { type: "button", "aria-label": `Leave ${jurisdiction.name} out`, onclick: () => {
        put(wanted.filter((each) => each !== jurisdiction.id));
        field.focus();
      } }, "×"))));
    const all = items.map((each) => ({ ...each, columns: each.buckets.map(columnOf(each.population)) }));
    const most = (some) => Math.max(1e-9, ...some.flatMap((each) => each.columns.map((column) => column.high ?? 0)));
    const common = most(all);
    charts.replaceChildren(...all.map((each) => chart(each, bucket, place.scale === "own" ? most([each]) : common)));
    totals.replaceChildren(...items.map((each) => h("tr", {}, h("th", { scope: "row" }, h("a", { href: toJurisdiction(each.jurisdiction.id) }, each.jurisdiction.name)),
      [each.total.best, each.total.low, each.total.high].map((value) => h("td", {}, value === null ? "unknown" : count(value))),
      h("td", {}, each.total.perMillion === null ? "–" : rate(each.total.perMillion)), h("td", {}, each.total.announcements === null ? "unknown" : count(each.total.announcements)), h("td", {}, count(each.total.unknownDays)))));
    numbers.replaceChildren(h("table", {}, h("thead", {}, h("tr", {}, h("th", { scope: "col" }, "Days"), items.map((each) => h("th", { scope: "col" }, each.jurisdiction.name)))),
      h("tbody", {}, items[0].buckets.map((first, i) => h("tr", {}, h("th", { scope: "row" }, span(first.from, first.to)), items.map((each) => h("td", {}, number(each.buckets[i]))))).reverse())));
  }

  return {
    title: "Compare",
    element: part.element,
    update,
    follow: (next) => { wanted = split(next); },
  };
}

const split = (ids) => [...new Set(ids.split(",").filter(Boolean))];

function number(tally) {
  if (tally.best === null) return "unknown";
  const room = range(tally);
  return count(tally.best) + (room ? ` (${room})` : "");
}

/** A bucket as it is drawn: numbers, or rates where they are chosen and the population is known. */
function columnOf(population) {
  const factor = place.measure === "number" ? 1 : population ? 1e6 / population : null;
  const scaled = (value) => (value === null || factor === null ? null : value * factor);
  return (tally) => ({ from: tally.from, to: tally.to, read: tally.best !== null, best: scaled(tally.best), low: scaled(tally.low), high: scaled(tally.high) });
}

function chart({ jurisdiction, total, population, sources, columns }, bucket, most) {
  const narrow = innerWidth < NARROW;
  const [width, height, left, top, bottom] = narrow ? [330, 120, 44, 8, 20] : [680, 120, 52, 8, 20];
  const first = columns[0].from, last = columns.at(-1).to;
  const days = daysBetween(first, last) + 1;
  const x = (day, past = 0) => left + ((daysBetween(first, day) + past) / days) * (width - left);
  // Compressed as the chart of one place is, so that a surge elsewhere leaves the ordinary days to be seen.
  const y = (value) => top + (1 - Math.sqrt(value / most)) * (height - top - bottom);
  const full = (each) => x(each.to, 1) - x(each.from);
  const wide = (each) => Math.max(full(each) * 0.92, 0.5);
  const shown = place.measure === "number" ? count : rate;
  const unknown = columns.filter((each) => !each.read);
  const hatch = "hatch-" + jurisdiction.id.replace(/\W/g, "-");
  const room = range(total);
  const words = total.best === null ? "not read: unknown" : `${arrests(total.best)}${room ? ` (${room})` : ""}${total.perMillion === null ? "" : `, ${rate(total.perMillion)} per million`}`;
  const label = `${jurisdiction.name}: ${words}, ${span(first, last)} by ${bucket}; ${total.unknownDays ? `${plural(total.unknownDays, "day")} not read` : "every day was read"}. The numbers are in the table below.`;
  return h("article", { class: "panel" },
    h("h3", {}, h("a", { href: toJurisdiction(jurisdiction.id) }, jurisdiction.name)),
    h("p", { class: "soft" }, words, total.unknownDays ? ` · ${plural(total.unknownDays, "day")} not read` : "", total.best ? [" · ", h("a", { href: sources.slice(1) + "&limit=1000" }, "sentences as JSON")] : ""),
    place.measure === "rate" && !population ? h("p", { class: "empty" }, "Its population is not known, so there is no rate.")
      : s("svg", { class: "columns", viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": label },
        s("defs", {}, s("pattern", { id: hatch, width: 7, height: 7, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" }, s("rect", { class: "hatch-ground", width: 7, height: 7 }), s("line", { class: "hatch-line", x1: 0, x2: 0, y1: 0, y2: 7 }))),
        [0, most / 10, most].map((tick) => [s("line", { class: "grid", x1: left, x2: width, y1: y(tick), y2: y(tick) }), s("text", { x: left - 6, y: y(tick) + 4, "text-anchor": "end" }, tick ? shown(place.measure === "number" ? Math.round(tick) : tick) : "0")]),
        unknown.map((each) => s("rect", { class: "unread", x: x(each.from), y: top, width: full(each), height: height - top - bottom, fill: `url(#${hatch})` })),
        columns.filter((each) => each.high > 0).map((each) => [
          s("rect", { class: "sure", x: x(each.from), y: y(each.low), width: wide(each), height: y(0) - y(each.low) }),
          each.low < each.high ? [s("rect", { class: "room", x: x(each.from), y: y(each.high), width: wide(each), height: y(each.low) - y(each.high) }),
            s("line", { class: "best", x1: x(each.from), x2: x(each.from) + wide(each), y1: y(each.best), y2: y(each.best) })] : null,
        ]),
        s("text", { x: left, y: height - 5 }, short(first)), s("text", { x: width, y: height - 5, "text-anchor": "end" }, short(last))));
}
