// Are operations aimed at places with certain policies? Rates of listed against unlisted jurisdictions.

import { h, s, section, segments } from "./dom.js";
import { arrests, count, plural, rate, short, span, words } from "./format.js";
import { get } from "./api.js";
import { knownAt, place, toJurisdiction } from "./place.js";
import { known, windowOf } from "./days.js";

const NARROW = 560; // pixels

export function policiesView() {
  let level = "county";
  let policy = "";
  const levels = segments("Level", [["state", "States"], ["county", "Counties"], ["place", "Places"]], (value) => { level = value; policy = ""; update(); });
  const choice = h("select", { "aria-label": "Policy", onchange: () => { policy = choice.value; update(); } });
  const chart = h("div", { class: "panel" });
  const words_ = h("p", { class: "verdict" });
  const listings = h("tbody");
  const part = section("policies", "Policies and announced arrests",
    h("p", { class: "soft" }, "Are operations aimed at places with such policies? Announced arrests per million inhabitants and year, in jurisdictions that a public source lists against those it does not. The intervals tell of chance in what was announced, not of why."),
    h("div", { class: "controls" }, levels.element, choice), words_, chart,
    h("h3", {}, "Who is listed, and who says so"),
    h("div", { class: "table-box scroll", tabindex: "0", role: "region", "aria-label": "Listings" }, h("table", {}, h("thead", {}, h("tr", {}, ["Jurisdiction", "Policy", "Days", "Source"].map((each) => h("th", { scope: "col", class: "text" }, each)))), listings)));
  let last = null;

  async function update() {
    const days = await known();
    const to = place.day;
    const [found, listed] = await Promise.all([
      get("v1/policies/comparison", { level, policy, from: to && days && days.first <= to ? days.first : null, to: to && days && days.first <= to ? to : null, asOf: place.known ? knownAt() : null }),
      get("v1/policies", { level, policy, limit: 1000 }),
    ]);
    if (found === last) return;
    last = found;
    levels.show(level);
    const policies = [...new Set(listed.items.map((each) => each.policy))].sort();
    if (policy === "") choice.replaceChildren(h("option", { value: "" }, "Any policy"), ...policies.map((each) => h("option", { value: each }, words(each))));
    part.count.textContent = found.from ? span(found.from, found.to) : "Nothing has been read yet.";
    chart.replaceChildren(intervals([["Listed", found.listed], ["Not listed", found.unlisted]]), h("p", { class: "soft" }, `95 % intervals; announced arrests come in clusters, so they allow for a variance of ${count(Math.round(found.clustering))} times the mean.`));
    words_.textContent = verdict(found);
    listings.replaceChildren(...(listed.items.length ? listed.items.map((each) => h("tr", {}, h("th", { scope: "row" }, h("a", { href: toJurisdiction(each.jurisdiction.id) }, each.jurisdiction.name)), h("td", { class: "text" }, words(each.policy)),
      h("td", { class: "day" }, `${short(each.from)} – ${each.to ? short(each.to) : "now"}`), h("td", { class: "text" }, each.source))) : [h("tr", {}, h("td", { colspan: 4, class: "soft" }, "No jurisdiction of this level is listed."))]));
  }

  return { title: "Policies", element: part.element, update };
}

function verdict({ listed, unlisted, ratio, level }) {
  if (listed.perMillionAYear === null) return `No ${level} was listed on any of these days, so there is nothing to compare.`;
  if (ratio === null) return "There is no rate to compare with.";
  const overlap = listed.low <= unlisted.high && unlisted.low <= listed.high;
  return `The rate of the listed is ${rate(ratio)} times that of the others; ${overlap ? "the intervals overlap, so chance may explain it." : "the intervals do not overlap."}`;
}

/** A row for each group: the rate as a dot, the interval as a line. */
function intervals(groups) {
  // On a phone the names stand above their lines, so that the text keeps its size.
  const narrow = innerWidth < NARROW;
  const [width, row, left, right, top] = narrow ? [330, 86, 12, 46, 6] : [680, 74, 170, 90, 12];
  const height = top + groups.length * row + 30;
  const most = Math.max(1, ...groups.map(([, each]) => each.high ?? 0));
  const x = (value) => left + (value / most) * (width - left - right);
  const ticks = [0, 0.25, 0.5, 0.75, 1].map((part) => part * most);
  const label = groups.map(([name, each]) => `${name}: ${each.perMillionAYear === null ? "no days" : `${rate(each.perMillionAYear)} (${rate(each.low)} to ${rate(each.high)})`}`).join("; ");
  return s("svg", { class: "intervals", viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": `Announced arrests per million inhabitants and year. ${label}` },
    ticks.map((tick) => [s("line", { class: "grid", x1: x(tick), x2: x(tick), y1: top, y2: height - 26 }), s("text", { x: x(tick), y: height - 8, "text-anchor": "middle" }, rate(tick))]),
    groups.map(([name, each], i) => {
      const y = top + (i + (narrow ? 0.68 : 0.42)) * row;
      const about = [`${plural(each.jurisdictions, "jurisdiction")},`, arrests(each.arrests)];
      return [
        s("text", { class: "name", x: 0, y: narrow ? y - 36 : y - 3 }, name),
        narrow ? s("text", { x: 0, y: y - 19 }, about.join(" ")) : about.map((line, n) => s("text", { x: 0, y: y + 13 + 15 * n }, line)),
        each.perMillionAYear === null ? s("text", { x: left + 8, y: y + 4 }, "no days") : [
          s("line", { class: "interval", x1: x(each.low), x2: x(each.high), y1: y, y2: y }),
          s("circle", { class: i === 0 ? "estimate" : "estimate other", cx: x(each.perMillionAYear), cy: y, r: 7 }),
          s("text", { class: "name", x: x(each.high) + 10, y: y + 5 }, rate(each.perMillionAYear)),
        ],
      ];
    }));
}
