// All jurisdictions as a table: what the map shows, for everybody and for every level.

import { h, section } from "./dom.js";
import { count, day, plain, range } from "./format.js";
import { get } from "./api.js";
import { asOf, toJurisdiction, WINDOWS } from "./place.js";

const ROWS_AT_FIRST = 50;

export function placesView() {
  const order = { by: "28d", descending: true };
  let all = false;
  let answer = null;
  let others = [];
  let asking;
  const name = h("input", { type: "search", id: "places-name", placeholder: "Filter by name, for example Mecklenburg", autocomplete: "off", spellcheck: "false", maxlength: 100, oninput: typed });
  const level = h("select", { id: "places-level", onchange: show }, [["", "All levels"], ["country", "Country"], ["state", "States"], ["county", "Counties"], ["place", "Places"]].map(([value, text]) => h("option", { value }, text)));
  const columns = [["name", "Jurisdiction"], ...WINDOWS.map(([value, text]) => [value, value === "all" ? "All days" : text])];
  const heads = columns.map(([value, text]) => h("th", { scope: "col", class: value === "name" ? "name" : null }, h("button", { type: "button", onclick: () => sort(value) }, text)));
  const rows = h("tbody");
  const more = h("button", { type: "button", class: "more", hidden: true, onclick: () => { all = !all; show(); } });
  const part = section("places", "Places", h("p", { class: "soft" }, "Announced arrests per jurisdiction, up to the day that is chosen below."),
    h("form", { class: "filter", role: "search", "aria-label": "Filter the table", onsubmit: (event) => event.preventDefault() },
      h("label", { class: "grow" }, h("span", { class: "hidden" }, "Filter by name"), name), h("label", {}, h("span", { class: "hidden" }, "Level"), level)),
    h("div", { class: "table-box" }, h("table", { class: "ranking" }, h("caption", { class: "hidden" }, "Announced arrests per jurisdiction and window"), h("thead", {}, h("tr", {}, heads)), rows)), more);

  function sort(value) {
    order.descending = value === order.by ? !order.descending : value !== "name";
    order.by = value;
    show();
  }

  const value = (item) => (order.by === "name" ? item.name : item.windows[order.by].best ?? -1);

  function show() {
    if (!answer) return;
    heads.forEach((each, i) => each.setAttribute("aria-sort", columns[i][0] === order.by ? (order.descending ? "descending" : "ascending") : "none"));
    const wanted = plain(name.value);
    const found = answer.items.concat(wanted ? others : []).filter((item) =>
      (!level.value || item.level === level.value || (level.value === "state" && ["district", "territory"].includes(item.level))) && plain(item.name).includes(wanted));
    const sign = order.descending ? -1 : 1;
    found.sort((a, b) => (order.by === "name" ? value(a).localeCompare(value(b)) : value(a) - value(b)) * sign || (b.windows.all.best ?? -1) - (a.windows.all.best ?? -1) || a.id.localeCompare(b.id));
    rows.replaceChildren(...(found.length ? (all ? found : found.slice(0, ROWS_AT_FIRST)).map(row)
      : [h("tr", {}, h("td", { colspan: columns.length, class: "soft" }, answer.items.length ? "No jurisdiction matches." : "No announcement has been read yet."))]));
    part.count.textContent = found.length ? `${count(found.length)}${answer.asOf ? `, windows up to ${day(answer.asOf)}` : ""}` : "";
    more.hidden = found.length <= ROWS_AT_FIRST;
    more.textContent = all ? "Show fewer" : `Show all ${count(found.length)}`;
  }

  function row(item) {
    return h("tr", {}, h("th", { scope: "row", class: "name" }, h("a", { href: toJurisdiction(item.id) }, item.name), " ", h("span", { class: "level" }, item.level)),
      WINDOWS.map(([window]) => cell(item.windows[window], window === order.by)));
  }

  function typed() {
    show();
    clearTimeout(asking);
    asking = setTimeout(findOthers, 250);
  }

  /** Jurisdictions of that name where nothing was announced: zero there is an answer too. */
  async function findOthers() {
    const wanted = name.value.trim();
    others = [];
    if (wanted.length > 1) {
      const found = await get("v1/jurisdictions", { limit: 20, query: wanted, asOf: asOf() }).catch(() => null);
      if (found === null || wanted !== name.value.trim()) return;
      const listed = new Set(answer?.items.map((item) => item.id));
      others = found.items.filter((item) => !listed.has(item.id));
    }
    show();
  }

  async function update() {
    const found = await get("v1/jurisdictions", { limit: 1000, asOf: asOf() });
    if (found === answer) return;
    answer = found;
    show();
  }

  return { title: "Places", element: part.element, update };
}

function cell(tally, strong) {
  if (tally.best === null) return h("td", { class: "soft", title: "not read: unknown" }, "–");
  const room = range(tally);
  return h("td", { class: (tally.best === 0 ? "zero" : "") + (strong ? " lead-col" : "") }, count(tally.best), room ? h("span", { class: "range" }, room) : null);
}
