// The first page: key figures, the map with its ranking, open alerts, the country's series, operations.

import { h, section, segments } from "./dom.js";
import { count, rate, range, span, plural, day } from "./format.js";
import { get } from "./api.js";
import { asOf, choose, knownAt, place, to, toJurisdiction, go, WINDOWS } from "./place.js";
import { COUNTRY, country, known, windowOf, WINDOW_WORDS } from "./days.js";
import { choropleth } from "./map.js";
import { shown } from "./scale.js";
import { alertsOf, fill, grouped, sorted } from "./alerts.js";
import { operationRow } from "./operations.js";
import { trend } from "./trend.js";

const RANKED = 10;
const CARDS = 6;
const OPERATIONS = 4;

export function overview() {
  const figures = h("dl", { class: "figures", "aria-label": "Announced arrests in the United States" });
  const lead = h("div", { class: "hero" },
    h("p", { class: "lead" }, "Arrests that enforcement agencies ", h("em", {}, "announced"), ", each event counted once, each number with the sentence it was read from."),
    h("p", { class: "caveat" }, h("strong", {}, "Announcements are not convictions, and silence is not zero."), " Counts follow what agencies publish."),
    figures);

  const map = choropleth((id) => go("jurisdiction/" + id));
  const window = segments("Days that count", WINDOWS, (value) => choose({ window: value }));
  const level = segments("Shapes", [["state", "States"], ["county", "Counties"]], (value) => choose({ level: value }));
  const measure = segments("Measure", [["number", "Number"], ["rate", "Per million"]], (value) => choose({ measure: value }));
  const aside = h("p", { class: "soft note" });
  const ranks = h("ol", { class: "ranks" });
  const rankTitle = h("h3", {});
  const mapPart = section("map", "Where", h("div", { class: "map-grid" },
    h("div", { class: "panel" }, h("div", { class: "controls" }, window.element, level.element, measure.element), map.element, aside),
    h("div", { class: "panel rank-panel" }, rankTitle, ranks, h("p", {}, h("a", { href: to("places") }, "All places as a table")))));

  const cards = h("div", { class: "cards" });
  const alertPart = section("open-alerts", "Open alerts", cards, h("p", { class: "more-link" }, h("a", { href: to("alerts") }, "All alerts, closed and taken back too")));
  const chart = trend();
  const trendPart = section("trend", "Over time", chart.element);
  const rows = h("ul", { class: "operations" });
  const operationPart = section("operations", "Named operations", rows, h("p", { class: "more-link" }, h("a", { href: to("operations") }, "All operations and their spread")));
  const element = h("div", {}, lead, mapPart.element, alertPart.element, trendPart.element, operationPart.element);
  let told = null, ran = null;

  async function showMap(days, windows) {
    window.show(place.window);
    level.show(place.level);
    measure.show(place.measure);
    const days_ = windowOf(days);
    const answer = await get("v1/map", { level: place.level, ...days_, asOf: place.known ? knownAt() : null });
    const when = days_.from === days_.to ? day(days_.to) : span(days_.from, days_.to);
    mapPart.count.textContent = when;
    await map.show({ level: place.level, items: answer.items, unread: answer.unread, measure: place.measure,
      label: `Map of announced arrests by ${place.level}, ${when}. Arrow keys go from shape to shape, Enter opens one; the table of places has the same numbers.` });
    const placed = answer.items.reduce((sum, item) => sum + (item.counts.best ?? 0), 0);
    const all = windows?.[place.window].best ?? null;
    aside.textContent = all === null ? "" : all > placed
      ? `${count(all - placed)} of the ${count(all)} announced arrests name no ${place.level} and are not on the map.`
      : `All ${count(all)} announced arrests name a ${place.level}.`;
    rank(answer.items);
  }

  function rank(items) {
    rankTitle.textContent = `Most announced ${WINDOW_WORDS[place.window]}`;
    const best = items.filter((item) => shown(item.counts, place.measure) > 0)
      .sort((a, b) => shown(b.counts, place.measure) - shown(a.counts, place.measure) || a.id.localeCompare(b.id)).slice(0, RANKED);
    const most = Math.max(...best.map((item) => shown(item.counts, place.measure)));
    ranks.replaceChildren(...(best.length ? best.map((item) => {
      const value = shown(item.counts, place.measure);
      const bar = h("span", { class: "rank-bar", "aria-hidden": "true" });
      bar.style.setProperty("width", `${Math.max(1, Math.sqrt(value / most) * 100)}%`);
      const room = place.measure === "number" ? range(item.counts) : null;
      return h("li", {}, h("a", { href: toJurisdiction(item.id) }, item.name), h("span", { class: "rank-n" }, place.measure === "rate" ? rate(value) : count(value), room ? h("small", {}, ` ${room}`) : null), bar);
    }) : [h("li", { class: "soft" }, "Nothing was announced in these days.")]));
  }

  function showFigures(windows) {
    const labels = { "1d": "last day", "7d": "7 days", "28d": "28 days", "365d": "365 days" };
    figures.replaceChildren(...Object.entries(labels).map(([each, label]) => {
      const tally = windows?.[each];
      return h("div", {}, h("dt", {}, `Announced, ${label}`), h("dd", {}, !tally || tally.best === null ? "–" : count(tally.best),
        h("span", { class: "range" }, tally ? range(tally) ?? "" : "")));
    }));
  }

  async function update() {
    const [days, us, alerts, operations] = await Promise.all([known(), country(), alertsOf("open"), get("v1/operations", { limit: OPERATIONS, asOf: knownAt() })]);
    showFigures(us.windows);
    if (alerts !== told) {
      told = alerts;
      const groups = sorted(grouped(alerts.items));
      fill(cards, groups.slice(0, CARDS), "No alert is open.");
      alertPart.count.textContent = groups.length ? plural(groups.length, "event") + (groups.length > CARDS ? `, the first ${CARDS}` : "") : "";
    }
    if (operations !== ran) {
      ran = operations;
      rows.replaceChildren(...(operations.items.length ? operations.items.map(operationRow) : [h("li", { class: "empty" }, "No named operation has been announced.")]));
      operationPart.count.textContent = operations.total ? plural(operations.total, "operation") : "";
    }
    if (!days) {
      mapPart.count.textContent = "No announcement has been read yet.";
      return;
    }
    await Promise.all([showMap(days, us.windows), chart.update({ id: COUNTRY, name: "the United States" }, days)]);
    trendPart.count.textContent = "the United States";
  }

  return { title: "Overview", element, update, close: chart.close };
}
