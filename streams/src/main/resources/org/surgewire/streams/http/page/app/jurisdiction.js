// One jurisdiction: its windows, series, map, alerts, cases and the releases its numbers rest on.

import { h, releaseLink, section, segments } from "./dom.js";
import { count, day, plural, range, rate, short, span, arrests } from "./format.js";
import { get, idPath } from "./api.js";
import { asOf, choose, go, knownAt, place, to, toJurisdiction, WINDOWS } from "./place.js";
import { known, windowOf, WINDOW_WORDS } from "./days.js";
import { stateOf } from "./fips.js";
import { choropleth } from "./map.js";
import { alertsOf, fill, grouped, sorted } from "./alerts.js";
import { trend } from "./trend.js";

const PARTS_AT_FIRST = 12;
const SOURCES_AT_FIRST = 10;

export function jurisdictionView(id) {
  const title = h("h2", { id: "jurisdiction-title" }, "…");
  const crumbs = h("nav", { class: "crumbs", "aria-label": "Contained in" });
  const about = h("p", { class: "soft" });
  const figures = h("dl", { class: "figures small" });
  const window = segments("Days that count", WINDOWS, (value) => choose({ window: value }));
  const map = choropleth((found) => go("jurisdiction/" + found));
  const parts = h("ol", { class: "ranks" });
  const partsTitle = h("h3", {}, "Announced inside it");
  const mapPart = h("div", { class: "map-grid" }, h("div", { class: "panel" }, h("div", { class: "controls" }, window.element), map.element), h("div", { class: "panel rank-panel" }, partsTitle, parts));
  const chart = trend();
  const chartPart = section("series", "Over time", chart.element);
  const cards = h("div", { class: "cards" });
  const alertPart = section("place-alerts", "Alerts", cards);
  const releases = h("ul", { class: "releases" });
  const cases = h("ul", { class: "chips" });
  const more = h("button", { type: "button", class: "more", hidden: true, onclick: () => { all = !all; showReleases(); } });
  const releasePart = section("releases", "Who says so", h("p", { class: "soft" }, "Releases that the numbers of the chosen window rest on, each with its sentence; releases of one event make one case, which counts once."), cases, releases, more);
  const element = h("div", {}, h("section", { "aria-labelledby": "jurisdiction-title" }, crumbs, title, about, figures), mapPart, chartPart.element, alertPart.element, releasePart.element);
  const view = { title: "Jurisdiction", element, update, close: chart.close };
  let all = false;
  let answer = null;

  async function update() {
    const moment = asOf();
    const [days, found, alerts] = await Promise.all([known(), get("v1/jurisdictions/" + idPath(id), { asOf: moment }), alertsOf("all", { jurisdiction: id })]);
    describe(found);
    window.show(place.window);
    const groups = sorted(grouped(alerts.items.filter((each) => each.jurisdiction.id === id)));
    fill(cards, groups.slice(0, 9), found.surges === "ENOUGH_HISTORY" ? "There has been no alert here." : "There is not enough history to judge days here: having no alert does not mean that there was no surge.");
    alertPart.count.textContent = groups.length ? plural(groups.length, "alert") : "";
    if (!days) return;
    const chosen = windowOf(days);
    const at = place.known ? knownAt() : null;
    const [counts] = await Promise.all([
      get(`v1/jurisdictions/${idPath(id)}/counts`, { from: chosen.from, to: chosen.to, asOf: at }),
      showMap(found, chosen, at),
      chart.update(found, days),
    ]);
    if (counts !== answer) {
      answer = counts;
      showReleases();
    }
  }

  function describe(found) {
    view.title = found.name;
    title.textContent = found.name;
    crumbs.replaceChildren(...[...found.parents].reverse().flatMap((each) => [h("a", { href: toJurisdiction(each.id) }, each.name), " › "]), h("span", {}, found.level));
    about.replaceChildren([found.officialName === found.name ? null : found.officialName, found.population === null ? null : `${count(found.population)} inhabitants (2021)`,
      found.surges === "ENOUGH_HISTORY" ? "days are judged for surges" : "not enough history yet to judge days"].filter(Boolean).join(" · "), " · ", h("a", { href: to("compare/" + found.id) }, "compare with others"));
    figures.replaceChildren(...WINDOWS.map(([each, label]) => {
      const tally = found.windows[each];
      return h("div", {}, h("dt", {}, each === "all" ? "Announced, all days" : `Announced, ${label}`), h("dd", {}, tally.best === null ? "–" : count(tally.best),
        h("span", { class: "range" }, [range(tally), tally.perMillion ? `${rate(tally.perMillion)} per million` : null].filter(Boolean).join(" · "))));
    }));
    figures.setAttribute("aria-label", `Announced arrests in ${found.name}`);
  }

  async function showMap(found, chosen, at) {
    const state = stateOf(id);
    const whole = found.level === "country";
    mapPart.hidden = !whole && state === null;
    if (mapPart.hidden) return;
    const level = whole ? "state" : "county";
    const within = whole ? null : [...found.parents, found].find((each) => ["state", "district"].includes(each.level)).id;
    const [shading, inside] = await Promise.all([
      get("v1/map", { level, within, from: chosen.from, to: chosen.to, asOf: at }),
      get(`v1/jurisdictions/${idPath(id)}/children`, { from: chosen.from, to: chosen.to, asOf: at, limit: 1000 }),
    ]);
    const own = found.level === "county" ? shading.items.find((each) => each.id === id)?.geoid : null;
    await map.show({ level, within: state, items: shading.items, unread: shading.unread, measure: place.measure, mark: own,
      label: `Map of announced arrests by ${level}, ${span(chosen.from, chosen.to)}. Arrow keys go from shape to shape, Enter opens one.` });
    const some = inside.items.filter((each) => each.counts.best > 0).sort((a, b) => b.counts.best - a.counts.best).slice(0, PARTS_AT_FIRST);
    partsTitle.textContent = `Announced inside it ${WINDOW_WORDS[place.window]}`;
    parts.replaceChildren(...(some.length ? some.map((each) => {
      const bar = h("span", { class: "rank-bar", "aria-hidden": "true" });
      bar.style.setProperty("width", `${Math.max(1, Math.sqrt(each.counts.best / some[0].counts.best) * 100)}%`);
      return h("li", {}, h("a", { href: toJurisdiction(each.id) }, each.name), h("span", { class: "rank-n" }, count(each.counts.best)), bar);
    }) : [h("li", { class: "soft" }, inside.total ? "Nothing was announced for a part of it in these days." : "It has no parts.")]));
  }

  function showReleases() {
    const { sources, sourcesTotal, total } = answer;
    const list = all ? sources : sources.slice(0, SOURCES_AT_FIRST);
    releasePart.count.textContent = total.best === null ? "not read: unknown" : `${arrests(total.best)}, ${plural(total.cases, "case")}, ${plural(sourcesTotal, "release")}`;
    const distinct = [...new Map(sources.map((each) => [each.caseId, each])).values()];
    cases.replaceChildren(...distinct.slice(0, 24).map((each) => h("li", {}, h("a", { href: to("case/" + each.caseId) }, `case of ${short(each.day)}`))));
    releases.replaceChildren(...(list.length ? list.map((each) => h("li", { class: "quote" },
      each.sentence ? h("q", {}, each.sentence) : h("span", { class: "soft" }, "The sum of the parts the release states."),
      releaseLink(each.url, each.title),
      h("span", { class: "soft" }, `${day(each.day)} · adds ${arrests(each.best)} · `, h("a", { href: to("case/" + each.caseId), "aria-label": `Every claim of the case of ${each.title || "this release"}` }, "every claim"))))
      : [h("li", { class: "empty" }, total.best === null ? "No source was read in these days: the number is unknown, not zero." : "Nothing was announced in these days.")]));
    more.hidden = sources.length <= SOURCES_AT_FIRST;
    more.textContent = all ? "Show fewer" : `Show ${sources.length === sourcesTotal ? "all" : "the newest"} ${count(sources.length)}`;
  }

  return view;
}
