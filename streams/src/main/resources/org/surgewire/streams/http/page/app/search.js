// Fields that find a place by its name.

import { h, byId } from "./dom.js";
import { count } from "./format.js";
import { get } from "./api.js";
import { go } from "./place.js";

const PAUSE_MILLIS = 180;
const SHOWN = 8;

/** Fills the form of the page's head, wherever the reader is. */
export function search() {
  placeField(byId("search"), { id: "find", label: "Find a place" }, (item, field) => {
    field.blur();
    go("jurisdiction/" + item.id);
  });
}

/**
 * Puts a field into a form, with a list of the places found that arrow keys walk through and Enter chooses from.
 *
 * @param {HTMLFormElement} form
 * @param {{id: string, label: string}} names the id of the field, and what it says
 * @param {(item: Object, field: HTMLInputElement) => void} choose is called with the jurisdiction
 */
export function placeField(form, { id, label }, choose) {
  const found = id + "-found";
  const list = h("ul", { class: "found", id: found, role: "listbox", "aria-label": "Places found", hidden: true });
  const field = h("input", { type: "search", id, role: "combobox", "aria-label": label, "aria-expanded": "false", "aria-controls": found, "aria-autocomplete": "list", placeholder: label, autocomplete: "off", spellcheck: "false", maxlength: 100 });
  let items = [];
  let at = -1;
  let waiting;

  function show() {
    list.hidden = items.length === 0;
    field.setAttribute("aria-expanded", String(!list.hidden));
    list.replaceChildren(...items.map((item, i) => h("li", { role: "option", id: `${found}-${i}`, "aria-selected": String(i === at), onpointerdown: (event) => { event.preventDefault(); open(item); } },
      h("span", {}, item.name), h("small", {}, `${item.level}${item.windows["365d"].best ? `, ${count(item.windows["365d"].best)} announced in 365 days` : ""}`))));
    if (at >= 0) field.setAttribute("aria-activedescendant", `${found}-${at}`);
    else field.removeAttribute("aria-activedescendant");
  }

  function clear() {
    items = [];
    at = -1;
    show();
  }

  function open(item) {
    field.value = "";
    clear();
    choose(item, field);
  }

  async function ask() {
    const wanted = field.value.trim();
    if (wanted.length < 2) return clear();
    const answer = await get("v1/jurisdictions", { query: wanted, limit: SHOWN }).catch(() => null);
    if (wanted !== field.value.trim()) return;
    items = answer?.items ?? [];
    at = items.length ? 0 : -1;
    show();
  }

  field.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(ask, PAUSE_MILLIS);
  });
  field.addEventListener("blur", clear);
  field.addEventListener("keydown", (event) => {
    if (event.key === "Escape") return clear();
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && items.length) {
      event.preventDefault();
      at = (at + step + items.length) % items.length;
      show();
    }
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (items[at]) open(items[at]);
  });
  form.append(field, list);
}
