// Where the reader is: the address behind #/ says what is shown and of when, so that it can be kept and sent.

const USUAL = { window: "28d", level: "state", measure: "number", scale: "same", day: null, known: null };
const CHOICES = { window: ["1d", "7d", "28d", "365d", "all"], level: ["state", "county"], measure: ["number", "rate"], scale: ["same", "own"], known: ["1"] };
export const WINDOWS = [["1d", "1 day"], ["7d", "7 days"], ["28d", "28 days"], ["365d", "365 days"], ["all", "All"]];
const listeners = [];

/** @returns {{path: string, window: string, level: string, measure: string, scale: string, day: ?string, known: ?string}} */
function read() {
  const [path, query] = location.hash.slice(2).split("?");
  const given = Object.fromEntries(new URLSearchParams(query));
  const found = { ...USUAL, path: decoded(path ?? "") };
  for (const [key, allowed] of Object.entries(CHOICES)) if (allowed.includes(given[key])) found[key] = given[key];
  if (/^\d{4}-\d\d-\d\d$/.test(given.day ?? "") && !Number.isNaN(Date.parse(given.day))) found.day = given.day;
  return found;
}

function decoded(path) {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/** What is shown now. */
export let place = read();

function address(of) {
  const changed = Object.keys(USUAL).filter((key) => of[key] !== USUAL[key]).map((key) => [key, of[key]]);
  return "#/" + of.path.split("/").map((part) => encodeURIComponent(part).replaceAll("%3A", ":")).join("/") + (changed.length ? "?" + new URLSearchParams(changed) : "");
}

/** The address of a path with the window and the moment that are chosen now. */
export const to = (path) => address({ ...place, path });
export const toJurisdiction = (id) => to("jurisdiction/" + id);

export function go(path) {
  location.hash = to(path);
}

/** Chooses another window, level or moment on the same path; the way back leads past it. */
export function choose(changes) {
  history.replaceState(null, "", address({ ...place, ...changes }));
  moved();
}

/** Calls listener(place, before) after each change. */
export function onMove(listener) {
  listeners.push(listener);
}

function moved() {
  const before = place;
  place = read();
  for (const listener of listeners) listener(place, before);
}

window.addEventListener("hashchange", () => {
  // A link to a part of the page, such as the one to skip the navigation, leads nowhere else.
  if (location.hash === "" || location.hash.startsWith("#/")) moved();
});

/** asOf for counts: the last day of the windows, or the instant whose knowledge is wanted. */
export function asOf() {
  if (place.day === null) return null;
  return place.known ? endOf(place.day) : place.day;
}

/** asOf for alerts and operations, which are told as they were known. */
export const knownAt = () => (place.day === null ? null : endOf(place.day));

const endOf = (day) => day + "T23:59:59Z";
