// Alerts: cards with their sentence and the releases they rest on.

import { h, releaseLink, section, segments } from "./dom.js";
import { count, short, span, plural, words, arrests } from "./format.js";
import { get } from "./api.js";
import { knownAt, place, to, toJurisdiction } from "./place.js";

const CARDS_AT_FIRST = 12;
const LEVELS = ["country", "state", "district", "territory", "county", "place"];
const SEVERITIES = ["EXTREME", "SEVERE", "MODERATE", "MINOR", "INFO"];

/** The alerts of a status, as they were known at the chosen moment. */
export const alertsOf = (status, parameters = {}) => get("v1/alerts", { status, limit: 300, asOf: knownAt(), ...parameters });

/** One event alerts in a city, its county and its state: those are one card, named by the smallest. */
export function grouped(alerts) {
  const groups = new Map();
  for (const alert of alerts) {
    const releases = alert.evidence.map((each) => each.releaseId).sort().join(" ");
    const state = alert.jurisdiction.id.split("/").slice(0, 3).join("/");
    const event = alert.kind === "SURGE" || alert.kind === "LULL" ? state : alert.operationId;
    const key = [alert.kind, event, alert.status, alert.firstDay, alert.lastDay, alert.observed, releases].join("|");
    groups.set(key, [...(groups.get(key) ?? []), alert]);
  }
  return [...groups.values()].map((group) => {
    group.sort((a, b) => LEVELS.indexOf(b.jurisdiction.level) - LEVELS.indexOf(a.jurisdiction.level));
    return { alert: group[0], also: group.slice(1).map((each) => each.jurisdiction) };
  });
}

/** Surges before news of operations, the newest and gravest first. */
export function sorted(groups) {
  const surge = (each) => (each.alert.kind === "SURGE" ? 0 : 1);
  return groups.sort((a, b) => surge(a) - surge(b) || b.alert.lastDay.localeCompare(a.alert.lastDay)
    || SEVERITIES.indexOf(a.alert.severity) - SEVERITIES.indexOf(b.alert.severity) || b.alert.observed - a.alert.observed);
}

function evidence(item) {
  return h("li", { class: "quote" },
    item.sentence ? h("q", {}, item.sentence) : h("span", { class: "soft" }, item.best ? "The sum of the parts the release states." : "It states no number."),
    releaseLink(item.url, item.title),
    h("span", { class: "soft" }, item.best ? `${arrests(item.best)} · ` : "", h("a", { href: to("case/" + item.caseId), "aria-label": `Every claim of the case of ${item.title || "this release"}` }, "every claim")));
}

/** A card; what a group has in common and where else it alerts. */
export function card({ alert, also }) {
  const [first, ...rest] = [...alert.evidence].sort((a, b) => b.best - a.best || (b.sentence ? 1 : 0) - (a.sentence ? 1 : 0));
  const surge = alert.kind === "SURGE";
  const name = alert.jurisdiction.name;
  return h("article", { class: "card " + alert.severity.toLowerCase(), "aria-label": `Alert: ${name}` },
    h("header", {}, h("h3", {}, h("a", { href: toJurisdiction(alert.jurisdiction.id) }, name)),
      h("span", { class: "tag" }, surge ? alert.severity.toLowerCase() : words(alert.kind.replace("OPERATION_", "operation ")))),
    surge ? h("p", { class: "big" }, count(alert.observed), h("small", {}, "announced arrests")) : null,
    h("p", { class: "soft" }, span(alert.firstDay, alert.lastDay), alert.status === "CLOSED" ? `, closed ${short(alert.closedDay)}` : alert.status === "CANCELLED" ? ", taken back: its evidence was corrected or withdrawn" : ""),
    h("p", {}, alert.reason),
    also.length ? h("p", { class: "soft" }, "The same in ", also.map((each, i) => [i ? ", " : "", h("a", { href: toJurisdiction(each.id) }, each.name)]), ".") : null,
    alert.operationId ? h("p", { class: "soft" }, h("a", { href: to("operation/" + alert.operationId) }, "Course of the operation")) : null,
    first ? h("ul", { class: "evidence" }, evidence(first)) : null,
    rest.length ? h("details", { "data-key": alert.id }, h("summary", {}, plural(rest.length, "further release")), h("ul", { class: "evidence" }, rest.map(evidence))) : null);
}

/** Puts cards into a box; what was opened stays open. */
export function fill(box, groups, empty) {
  const opened = new Set([...box.querySelectorAll("details[open]")].map((each) => each.dataset.key));
  box.replaceChildren(...(groups.length ? groups.map(card) : [h("p", { class: "empty" }, empty)]));
  for (const each of box.querySelectorAll("details")) each.open = opened.has(each.dataset.key);
}

/** All alerts. */
export function alertsView() {
  let status = "open";
  let all = false;
  const cards = h("div", { class: "cards" });
  const more = h("button", { type: "button", class: "more", hidden: true, onclick: () => { all = !all; show(); } });
  const choice = segments("Which alerts", [["open", "Open"], ["closed", "Closed"], ["cancelled", "Taken back"], ["all", "All"]], (value) => { status = value; update(); });
  const part = section("alerts", "Alerts", choice.element, cards, more);
  let groups = [];
  let last = null;

  function show() {
    fill(cards, all ? groups : groups.slice(0, CARDS_AT_FIRST), status === "open" ? "No alert is open." : "There is none.");
    part.count.textContent = groups.length ? `${plural(groups.length, "event")}${place.day ? ", as told then" : ""}` : "";
    more.hidden = groups.length <= CARDS_AT_FIRST;
    more.textContent = all ? "Show fewer" : `Show all ${count(groups.length)}`;
  }

  async function update() {
    choice.show(status);
    const answer = await alertsOf(status);
    if (answer === last) return;
    last = answer;
    groups = sorted(grouped(answer.items));
    show();
  }

  return { title: "Alerts", element: part.element, update };
}
