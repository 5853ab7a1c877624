// One case: an event with every announcement of it and every claim of each.

import { h, releaseLink } from "./dom.js";
import { count, day, plural, range, short, span, words } from "./format.js";
import { get } from "./api.js";
import { knownAt, to, toJurisdiction } from "./place.js";

const number = (of) => (of.best === null ? "unknown" : count(of.best) + (range(of) ? ` (${range(of)})` : ""));
const scroll = (label, table) => h("div", { class: "table-box scroll", tabindex: "0", role: "region", "aria-label": label }, table);
const head = (...names) => h("thead", {}, h("tr", {}, names.map((name) => h("th", { scope: "col", class: /[Ss]entence|Rule/.test(name) ? "text" : null }, name))));

export function caseView(id) {
  const element = h("section", { "aria-labelledby": "case-title" }, h("h2", { id: "case-title" }, "Case"));
  let last = null;

  async function update() {
    const found = await get("v1/cases/" + encodeURIComponent(id), { asOf: knownAt() });
    if (found === last) return;
    last = found;
    const named = found.operationName ? h("a", { href: to("operation/" + found.operationId) }, found.operationName) : null;
    element.replaceChildren(
      h("h2", { id: "case-title" }, found.announcements[0]?.title || "Case"),
      h("p", { class: "soft" }, `${plural(found.announcements.length, "announcement")}, ${span(found.firstDay, found.lastDay)}`, found.periodStart ? ` · tells of ${span(found.periodStart, found.periodEnd ?? found.periodStart)}` : "", named ? [" · ", named] : "",
        found.withdrawn ? " · withdrawn: nothing is left of it" : ""),
      found.flags.length ? h("p", { class: "soft" }, "To be read with care: ", found.flags.map(words).join(", "), ".") : "",
      h("h3", {}, "What it comes to"),
      scroll("Announced arrests per jurisdiction", h("table", {}, head("Jurisdiction", "Announced arrests", "The sentence it rests on"), h("tbody", {}, found.counts.map((each) => h("tr", {},
        h("th", { scope: "row" }, h("a", { href: toJurisdiction(each.jurisdiction.id) }, each.jurisdiction.name)), h("td", {}, number(each)),
        h("td", { class: "text" }, each.sentence ? h("q", {}, each.sentence) : "the sum of its parts",
          each.conflicts.length ? h("ul", { class: "conflicts" }, each.conflicts.map((conflict) => h("li", {}, "Says otherwise: " + conflict))) : null)))))),
      h("h3", {}, "Who says so"),
      ...found.announcements.map(announcement));
  }

  return { title: "Case", element, update };
}

function announcement(of) {
  return h("article", { class: "panel announcement" },
    h("h4", {}, releaseLink(of.url, of.title)),
    h("p", { class: "soft" }, `${of.publisher} · ${day(of.publishedDay)}${of.revision > 1 ? ` · revision ${of.revision}` : ""} · adds ${of.adds === null ? "no number" : number({ low: of.addsLow, best: of.adds, high: of.addsHigh })} · in this case: ${words(of.linkReason)}`,
      of.otherEvents.length ? [` · event ${of.event} of the release; the others: `, of.otherEvents.map((other, i) => [i ? ", " : "", h("a", { href: to("case/" + other.caseId) }, `event ${other.event}`)])] : ""),
    of.claims.length ? scroll("Claims of " + (of.title || "the release"), h("table", {}, head("Place", "Stated", "As", "Sentence", "Rule"), h("tbody", {}, of.claims.map((claim) => h("tr", {},
      h("th", { scope: "row" }, claim.jurisdiction.name, claim.place && claim.place !== claim.jurisdiction.name ? h("span", { class: "range" }, `“${claim.place}”`) : null),
      h("td", {}, claim.best === null ? "no number" : number(claim)), h("td", {}, words(claim.kind), claim.unit === "PERSONS" ? null : h("span", { class: "range" }, words(claim.unit))),
      h("td", { class: "text" }, claim.sentence ? h("q", {}, claim.sentence) : "–"), h("td", { class: "text soft" }, claim.rule ?? "–", claim.confidence === null ? "" : ` (${Math.round(claim.confidence * 100)} %)`)))))) : h("p", { class: "soft" }, "It states nothing that is counted."));
}
