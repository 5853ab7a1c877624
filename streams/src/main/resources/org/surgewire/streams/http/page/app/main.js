// The frame of the page: shows the view that the address asks for and keeps it fresh.

import { h, byId } from "./dom.js";
import { arrests } from "./format.js";
import { ApiError } from "./api.js";
import { place, onMove, to, toJurisdiction } from "./place.js";
import { overview } from "./overview.js";
import { alertsView } from "./alerts.js";
import { operationsView, operationView } from "./operations.js";
import { placesView } from "./places.js";
import { compareView } from "./compare.js";
import { jurisdictionView } from "./jurisdiction.js";
import { caseView } from "./cases.js";
import { policiesView } from "./policies.js";
import { sourcesView } from "./sources.js";
import { search } from "./search.js";
import { timeBar } from "./timebar.js";
import { listen } from "./live.js";

const NAVIGATION = [["", "Overview"], ["alerts", "Alerts"], ["operations", "Operations"], ["places", "Places"], ["compare", "Compare"], ["policies", "Policies"], ["sources", "Sources"]];
const VIEWS = { "": overview, alerts: alertsView, operations: operationsView, operation: operationView, places: placesView, compare: compareView, jurisdiction: jurisdictionView, case: caseView, policies: policiesView, sources: sourcesView };
const PARENT = { operation: "operations", jurisdiction: "places" };
const NOTICE_MILLIS = 12_000;

/**
 * What an address shows. update asks the API and brings the element up to date with the place and moment that are chosen; it is
 * called again after each change and leaves alone what has not changed. close, where there is one, frees what it holds; follow
 * takes the rest of another path of the same view, so that the reader's place in it is kept.
 *
 * @typedef {{title: string, element: HTMLElement, update: () => Promise<void>, close: ?(() => void), follow: ?((rest: string) => void)}} View
 */

let view = null; // the View on screen
let fresh = Promise.resolve(); // ends when the view shows what was asked for last
let running = false, again = false;
let live = false;

function open() {
  const [name, ...rest] = place.path.split("/");
  view?.close?.();
  const make = VIEWS[name];
  view = make ? make(rest.join("/")) : { title: "Not found", element: h("p", { class: "empty" }, "There is nothing at this address."), update: async () => {} };
  byId("view").replaceChildren(view.element);
  navigation(name);
}

function navigation(name) {
  const current = PARENT[name] ?? name;
  byId("navigation").replaceChildren(...NAVIGATION.map(([path, text]) => h("a", { href: to(path), "aria-current": path === current ? "page" : null }, text)));
  // On a phone the row is longer than the screen.
  const shown = byId("navigation").querySelector("[aria-current]");
  if (shown) byId("navigation").scrollLeft = shown.offsetLeft - byId("navigation").offsetLeft - 40;
}

/** Brings the view up to date; calls while one runs come to one more run. */
function refresh() {
  again = true;
  if (running) return fresh;
  running = true;
  fresh = (async () => {
    while (again) {
      again = false;
      await show(view);
    }
    running = false;
  })();
  return fresh;
}

async function show(shown) {
  const moment = location.hash;
  try {
    await Promise.all([shown.update(), bar.update()]);
    if (shown !== view) return;
    document.title = (place.path === "" ? "" : shown.title + " · ") + "Surgewire: announced arrests";
    byId("trouble").hidden = true;
    byId("view").dataset.shown = moment; // the address that all of it is of
    tell("ok", live ? "live" : "up to date");
  } catch (failure) {
    if (shown !== view) return;
    if (!(failure instanceof ApiError)) console.error(failure);
    const ours = failure.status >= 400 && failure.status < 500; // the address asks for what there is not
    tell("bad", ours ? "not found" : failure.message);
    if (ours) trouble(failure);
  }
}

function trouble(failure) {
  byId("trouble").hidden = false;
  byId("trouble").replaceChildren(failure.message, failure.suggestions?.length ? h("span", {}, " Near it: ",
    failure.suggestions.map((each, i) => [i ? ", " : "", each.id ? h("a", { href: toJurisdiction(each.id) }, each.name) : each])) : "");
}

/** Touches the text only on a change: it is read out when it changes. */
function tell(tone, text) {
  const status = byId("status");
  if (status.textContent !== text) {
    status.className = "status " + tone;
    status.textContent = text;
  }
}

let noticeEnds;

function notice(alert) {
  if (!alert.open || place.day !== null) return;
  byId("notice").replaceChildren(h("p", { class: "notice " + alert.severity.toLowerCase() },
    h("strong", {}, alert.status === "OPENED" ? "New alert " : "Alert grew "), h("a", { href: toJurisdiction(alert.jurisdiction.id) }, alert.jurisdiction.name),
    alert.observed ? `: ${arrests(alert.observed)}` : `: ${alert.reason}`));
  clearTimeout(noticeEnds);
  noticeEnds = setTimeout(() => byId("notice").replaceChildren(), NOTICE_MILLIS);
}

const bar = timeBar(() => fresh);
search();
onMove((now, before) => {
  const [name, ...rest] = now.path.split("/");
  byId("trouble").hidden = true;
  if (now.path !== before.path && view.follow && name === before.path.split("/")[0]) {
    view.follow(rest.join("/"));
  } else if (now.path !== before.path) {
    open();
    scrollTo(0, 0);
    byId("main").focus({ preventScroll: true });
  } else {
    navigation(name);
  }
  refresh();
});
open();
refresh();
listen(refresh, notice, (now) => {
  live = now;
  refresh();
});
