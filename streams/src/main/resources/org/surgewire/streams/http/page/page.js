// The page: polls the API and renders it. Everything that comes from outside is set as text, never as markup.

const POLL_MILLIS = 4000;
const ROWS_AT_FIRST = 25;
const CARDS_AT_FIRST = 9;
const DAYS_SHOWN = 365;
const UNKNOWN_DAYS_SHOWN = 14;
const LEVELS = ["country", "state", "district", "territory", "county", "place"];
const SVG = "http://www.w3.org/2000/svg";
const byId = (id) => document.getElementById(id);
const number = new Intl.NumberFormat("en-US");
const dayFormat = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
const shortDay = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });

const state = {
  places: null, // answer to the ranking
  others: [], // found by name, without an announcement
  alerts: null,
  sort: "28d",
  descending: true,
  open: new Map(), // days of the opened rows, by id; null while they load
  allPlaces: false,
  allAlerts: false,
};

/** An element with attributes and children; strings become text nodes. */
function h(name, attributes, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes ?? {})) {
    if (value !== null && value !== undefined && value !== false) element.setAttribute(key, value === true ? "" : value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return element;
}

function svg(name, attributes, text) {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  if (text !== undefined) element.textContent = text;
  return element;
}

const day = (iso, format = dayFormat) => format.format(new Date(iso + "T00:00:00Z"));
const before = (iso, days) => new Date(Date.parse(iso) - days * 86_400_000).toISOString().slice(0, 10);
const span = (from, to) => (from === to ? day(from) : `${day(from, shortDay)} to ${day(to, shortDay)}`);
const plural = (count, one, many) => `${number.format(count)} ${count === 1 ? one : many}`;

/** "125–140" where announcements leave room, else null. */
function range(tally) {
  return tally.best === null || tally.low === tally.high ? null : `${number.format(tally.low)}–${number.format(tally.high)}`;
}

/** A link to a release; an address that is not of the web stays text. */
function releaseLink(url, title) {
  const text = title || url;
  return /^https?:\/\//i.test(url) ? h("a", { href: url, rel: "noopener noreferrer external", target: "_blank" }, text) : h("span", {}, text);
}

function evidence(item) {
  return h("li", { class: "quote" },
    item.sentence ? h("q", {}, item.sentence) : h("span", { class: "n" }, "The sum of the parts the release states."),
    releaseLink(item.url, item.title),
    h("span", { class: "n" }, [item.day ? day(item.day, shortDay) : null, plural(item.best, "arrest", "arrests"), ""].filter((each) => each !== null).join(" · "),
      h("a", { class: "claims", href: "v1/cases/" + encodeURIComponent(item.caseId), "aria-label": "Every claim of this case, as JSON" }, "every claim")));
}

// Alerts

/** One event alerts in a city, its county and its state: those are one card, named by the smallest. */
function grouped(alerts) {
  const groups = new Map();
  for (const alert of alerts) {
    const releases = alert.evidence.map((each) => each.releaseId).sort().join(" ");
    const state = alert.jurisdiction.id.split("/").slice(0, 3).join("/");
    const own = alert.kind === "SURGE" ? "" : alert.id;
    const key = [own, state, alert.firstDay, alert.lastDay, alert.observed, releases].join("|");
    groups.set(key, [...(groups.get(key) ?? []), alert]);
  }
  return [...groups.values()].map((group) => {
    group.sort((a, b) => LEVELS.indexOf(b.jurisdiction.level) - LEVELS.indexOf(a.jurisdiction.level));
    return { alert: group[0], also: group.slice(1).map((each) => each.jurisdiction.name) };
  });
}

function card({ alert, also }) {
  const [first, ...rest] = [...alert.evidence].sort((a, b) => b.best - a.best || (b.sentence ? 1 : 0) - (a.sentence ? 1 : 0));
  return h("article", { class: "card " + alert.severity.toLowerCase(), "aria-label": `Alert: ${alert.jurisdiction.name}` },
    h("header", {}, h("h3", {}, alert.jurisdiction.name), h("span", { class: "tag" }, alert.severity.toLowerCase())),
    alert.observed ? h("p", { class: "big" }, number.format(alert.observed), h("small", {}, "announced arrests")) : null,
    h("p", { class: "when" }, span(alert.firstDay, alert.lastDay)),
    h("p", {}, alert.reason),
    also.length ? h("p", { class: "also" }, "The same surge in " + also.join(" and ") + ".") : null,
    first ? h("ul", {}, evidence(first)) : null,
    rest.length ? h("details", { "data-key": alert.id }, h("summary", {}, plural(rest.length, "further release", "further releases")), h("ul", {}, rest.map(evidence))) : null);
}

function renderAlerts() {
  const answer = state.alerts;
  const groups = grouped(answer.items.filter((alert) => alert.open));
  const order = ["EXTREME", "SEVERE", "MODERATE", "MINOR", "INFO"];
  groups.sort((a, b) => b.alert.lastDay.localeCompare(a.alert.lastDay) || order.indexOf(a.alert.severity) - order.indexOf(b.alert.severity) || b.alert.observed - a.alert.observed);
  const shown = state.allAlerts ? groups : groups.slice(0, CARDS_AT_FIRST);
  const opened = new Set([...document.querySelectorAll("#alerts details[open]")].map((each) => each.dataset.key));
  byId("alerts").replaceChildren(...(groups.length ? shown.map(card) : [h("p", { class: "empty" }, "No alert is open.")]));
  for (const each of document.querySelectorAll("#alerts details")) each.open = opened.has(each.dataset.key);
  byId("alerts-count").textContent = groups.length ? plural(groups.length, "surge", "surges") + ", newest first" : "";
  more(byId("more-alerts"), groups.length, CARDS_AT_FIRST, state.allAlerts);

  const closed = grouped(answer.items.filter((alert) => alert.status === "CLOSED")).slice(0, 20);
  byId("closed-box").hidden = closed.length === 0;
  byId("closed-count").textContent = closed.length ? number.format(closed.length) : "";
  byId("closed").replaceChildren(...closed.map(({ alert }) => h("li", {},
    h("span", {}, alert.jurisdiction.name),
    h("span", { class: "soft" }, `${plural(alert.observed, "announced arrest", "announced arrests")}, ${span(alert.firstDay, alert.lastDay)}${alert.closedDay ? `; closed ${day(alert.closedDay, shortDay)}` : ""}`))));
}

function more(button, count, atFirst, all) {
  button.hidden = count <= atFirst;
  button.textContent = all ? "Show fewer" : `Show all ${number.format(count)}`;
}

// Jurisdictions

function cell(tally, strong) {
  if (!tally || tally.best === null) return h("td", { class: "unknown", title: "unknown: nothing of these days has been read" }, "–");
  const between = range(tally);
  return h("td", { class: (tally.best === 0 ? "zero" : "") + (strong ? " lead-col" : "") }, number.format(tally.best),
    between ? h("span", { class: "range" }, between) : null);
}

function rows(place) {
  const opened = state.open.get(place.id);
  const isOpen = opened !== undefined;
  const key = "p-" + place.id;
  const main = h("tr", {},
    h("th", { scope: "row", class: "name" }, h("button", { type: "button", class: "open", id: key, "aria-expanded": String(isOpen), "data-id": place.id },
      h("span", {}, h("span", { class: "label" }, place.name), " ", h("span", { class: "level" }, place.level)))),
    ["1d", "7d", "28d", "365d", "all"].map((window) => cell(place.windows[window], window === state.sort)));
  return isOpen ? [main, h("tr", { class: "days" }, h("td", { colspan: "6" }, opened === null ? h("p", { class: "count", role: "status" }, "loading…") : detail(opened)))] : [main];
}

function detail(counts) {
  if (counts.problem) return h("p", { class: "empty" }, counts.problem);
  return h("div", { class: "box" },
    h("div", {}, h("h4", {}, `Announced arrests a day, ${span(counts.from, counts.to)}`), sparkline(counts)),
    h("div", {}, h("h4", {}, counts.sourcesTotal ? `Who says so: ${plural(counts.sourcesTotal, "release", "releases")}` : "No release states a number in these days."),
      h("ul", { tabindex: counts.sources.length > 2 ? "0" : null, "aria-label": "Sources" }, counts.sources.map(evidence))));
}

/** Daily bars with a line from low to high where they differ; days of which nothing was read are shaded. */
function sparkline(counts) {
  const width = byId("places").clientWidth < 600 ? 360 : 640;
  const height = 150, floor = 126, top = 16;
  const days = counts.days;
  const step = width / days.length;
  const most = Math.max(1, ...days.map((each) => each.high ?? 0));
  const y = (value) => floor - (value / most) * (floor - top);
  const known = days.filter((each) => each.best !== null);
  const busiest = known.reduce((best, each) => (best === null || each.best > best.best ? each : best), null);
  const told = busiest && busiest.best > 0
    ? `${plural(counts.total.best, "announced arrest", "announced arrests")}; most on ${day(busiest.day)}: ${number.format(busiest.best)}`
    : "no announced arrests";
  const chart = svg("svg", { class: "spark", viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": `${counts.jurisdiction.name}, ${span(counts.from, counts.to)}: ${told}` });
  let from = 0;
  for (let i = 0; i <= days.length; i++) {
    if (i === days.length || days[i].best !== null) {
      if (i > from) chart.append(svg("rect", { class: "void", x: from * step, y: top, width: (i - from) * step, height: floor - top }));
      from = i + 1;
    }
  }
  days.forEach((each, i) => {
    if (!each.high) return;
    const x = i * step;
    const wide = Math.max(step * 0.8, 2.2);
    // A small number beside a large one is still seen.
    const tall = Math.max(floor - y(each.best), each.best > 0 ? 2 : 0);
    const bar = svg("rect", { class: "bar", x, y: floor - tall, width: wide, height: tall });
    bar.append(svg("title", {}, `${day(each.day)}: ${number.format(each.best)}`));
    chart.append(bar);
    if (each.low !== each.high) {
      const middle = x + wide / 2;
      chart.append(svg("line", { class: "span", x1: middle, x2: middle, y1: y(each.low), y2: y(each.high) }));
    }
  });
  chart.append(svg("line", { class: "base", x1: 0, x2: width, y1: floor, y2: floor }));
  chart.append(svg("text", { x: 0, y: height - 6 }, day(counts.from, shortDay)));
  chart.append(svg("text", { x: width, y: height - 6, "text-anchor": "end" }, day(counts.to, shortDay)));
  if (busiest && busiest.best > 0) {
    const x = Math.min(Math.max((days.indexOf(busiest) + 0.5) * step, 14), width - 14);
    chart.append(svg("text", { x, y: y(busiest.high) - 4, "text-anchor": "middle" }, number.format(busiest.best)));
  }
  if (known.length < days.length) chart.append(svg("text", { x: width / 2, y: height - 6, "text-anchor": "middle" }, "shaded: not read, unknown"));
  return chart;
}

function value(place, key) {
  return key === "name" ? place.name : place.windows[key].best ?? -1;
}

function renderPlaces() {
  if (!state.places) return;
  const wanted = plain(byId("filter-name").value);
  const level = byId("filter-level").value;
  const found = state.places.items.concat(wanted ? state.others : []).filter((place) =>
    (!level || place.level === level || (level === "state" && ["district", "territory"].includes(place.level)))
    && plain(place.name).includes(wanted));
  const sign = state.descending ? -1 : 1;
  found.sort((a, b) => {
    const one = value(a, state.sort), other = value(b, state.sort);
    return (typeof one === "string" ? one.localeCompare(other) : one - other) * sign || b.windows.all.best - a.windows.all.best || a.id.localeCompare(b.id);
  });
  const shown = state.allPlaces ? found : found.slice(0, ROWS_AT_FIRST);
  const focused = document.activeElement?.id;
  byId("places").replaceChildren(...(found.length ? shown.flatMap(rows)
    : [h("tr", {}, h("td", { colspan: "6", class: "unknown" }, state.places.items.length ? "No jurisdiction matches." : "No announcement has been read yet."))]));
  if (focused?.startsWith("p-")) byId(focused)?.focus();
  byId("places-count").textContent = found.length ? `${number.format(found.length)}${state.places.asOf ? `, windows up to ${day(state.places.asOf)}` : ""}` : "";
  more(byId("more"), found.length, ROWS_AT_FIRST, state.allPlaces);
}

const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().trim();

/** Jurisdictions of that name where nothing was announced: zero there is an answer too. */
async function findOthers() {
  const name = byId("filter-name").value.trim();
  state.others = [];
  if (name.length > 1) {
    const { body } = await get(`v1/jurisdictions?limit=20&query=${encodeURIComponent(name)}`);
    if (name !== byId("filter-name").value.trim()) return;
    const listed = new Set(state.places?.items.map((place) => place.id));
    state.others = body.items.filter((place) => !listed.has(place.id));
  }
  renderPlaces();
}

async function loadDays(id) {
  const path = "v1/jurisdictions/" + id.split("/").map(encodeURIComponent).join("/") + "/counts";
  const { known, asOf } = state.places;
  const year = before(asOf, DAYS_SHOWN - 1);
  const start = before(known.first, UNKNOWN_DAYS_SHOWN);
  try {
    const { body } = await get(`${path}?from=${start > year ? start : year}`);
    if (state.open.has(id)) state.open.set(id, body);
  } catch (failure) {
    if (state.open.has(id)) state.open.set(id, { problem: failure.message });
  }
  renderPlaces();
}

function renderFigures(places) {
  const country = places.items.find((place) => place.level === "country");
  const labels = { "1d": "on the latest day", "7d": "in 7 days", "28d": "in 28 days", "365d": "in 365 days" };
  byId("figures").replaceChildren(...Object.entries(labels).map(([window, label]) => {
    const tally = country?.windows[window];
    return h("div", {}, h("dt", {}, `Announced ${label}`), h("dd", {}, !tally || tally.best === null ? "–" : number.format(tally.best),
      h("span", { class: "range" }, tally ? range(tally) ?? "" : "")));
  }));
  byId("known").textContent = places.known ? `Announcements read so far: ${day(places.known.first)} to ${day(places.known.last)}.` : "No announcement has been read yet.";
}

// Operations

function renderOperations(answer) {
  byId("operations-count").textContent = answer.total ? plural(answer.total, "operation", "operations") : "";
  const tone = { PLANNED: "moderate", LAUNCHED: "severe", ONGOING: "severe", CONCLUDED: "minor" };
  byId("operations").replaceChildren(...(answer.items.length ? answer.items.map((operation) => {
    const between = range(operation);
    const silent = operation.high === 0;
    return h("li", {},
      h("div", {}, h("h3", {}, operation.name), h("span", { class: "tag " + (tone[operation.status] ?? "minor") }, operation.status.toLowerCase())),
      h("p", { class: "n" }, silent ? "–" : number.format(operation.best), h("small", {}, silent ? "no number announced" : between ? `arrests, ${between}` : "announced arrests")),
      h("div", { class: "reach" }, h("p", { class: "when" }, `${span(operation.firstDay, operation.lastDay)} · ${plural(operation.announcements, "announcement", "announcements")} · reached ${plural(operation.jurisdictions.length, "place", "places")}`),
        h("p", { class: "chips" }, operation.jurisdictions.map((place) => h("span", {}, place.name)))));
  }) : [h("li", { class: "empty" }, "No named operation has been announced.")]));
}

// Polling

async function get(path) {
  const response = await fetch(path, { headers: { Accept: "application/json" } });
  const text = await response.text();
  if (!response.ok) {
    let detail = `${response.status} ${response.statusText}`;
    try { detail = JSON.parse(text).detail ?? detail; } catch { /* not a problem document */ }
    throw Object.assign(new Error(detail), { status: response.status });
  }
  return { text, body: JSON.parse(text) };
}

const seen = new Map();

/** Renders an answer only when it differs from the last, so that focus and open details stay where they are. */
async function refresh(path, render) {
  const { text, body } = await get(path);
  if (seen.get(path) !== text) {
    render(body);
    seen.set(path, text);
  }
}

async function poll() {
  if (!document.hidden) {
    try {
      await Promise.all([
        refresh("v1/jurisdictions?limit=1000", (answer) => {
          state.places = answer;
          renderFigures(answer);
          renderPlaces();
          for (const id of state.open.keys()) loadDays(id);
        }),
        refresh("v1/alerts?status=all&limit=300", (answer) => {
          state.alerts = answer;
          renderAlerts();
        }),
        refresh("v1/operations?limit=100", renderOperations),
      ]);
      tell("ok", "up to date");
    } catch (failure) {
      tell("bad", failure.status === 503 ? "starting: the stores are being restored" : failure.status ? failure.message : "no connection; what you see may be old");
    }
  }
  setTimeout(poll, POLL_MILLIS);
}

/** Touches the page only on a change: it is read out when it changes. */
function tell(tone, text) {
  const status = byId("status");
  if (status.textContent !== text) {
    status.className = "status " + tone;
    status.textContent = text;
  }
}

byId("places").addEventListener("click", (event) => {
  const button = event.target.closest("button.open");
  if (!button) return;
  const id = button.dataset.id;
  if (state.open.has(id)) state.open.delete(id);
  else {
    state.open.set(id, null);
    loadDays(id);
  }
  renderPlaces();
  byId("p-" + id)?.focus();
});
byId("columns").addEventListener("click", (event) => {
  const key = event.target.closest("button")?.dataset.sort;
  if (!key) return;
  state.descending = key === state.sort ? !state.descending : key !== "name";
  state.sort = key;
  for (const column of byId("columns").children) {
    column.setAttribute("aria-sort", column.firstElementChild.dataset.sort === key ? (state.descending ? "descending" : "ascending") : "none");
  }
  renderPlaces();
});
byId("filter").addEventListener("submit", (event) => event.preventDefault());
let typing;
byId("filter-name").addEventListener("input", () => {
  renderPlaces();
  clearTimeout(typing);
  typing = setTimeout(() => findOthers().catch(() => {}), 250);
});
byId("filter-level").addEventListener("change", renderPlaces);
byId("more").addEventListener("click", () => {
  state.allPlaces = !state.allPlaces;
  renderPlaces();
});
byId("more-alerts").addEventListener("click", () => {
  state.allAlerts = !state.allAlerts;
  renderAlerts();
});
poll();
