// Numbers and days as the page writes them. Days are ISO 8601 dates in and out.

const DAY_MILLIS = 86_400_000;
const number = new Intl.NumberFormat("en-US");
const rateFormat = new Intl.NumberFormat("en-US", { maximumSignificantDigits: 2 });
const longDay = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
const shortDay = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });
const monthOnly = new Intl.DateTimeFormat("en-GB", { month: "long", year: "numeric", timeZone: "UTC" });
const timeFormat = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeStyle: "short", timeZone: "UTC" });

const date = (day) => new Date(day + "T00:00:00Z");

export const count = (value) => number.format(value);
export const rate = (value) => rateFormat.format(value);
export const day = (iso) => longDay.format(date(iso));
export const short = (iso) => shortDay.format(date(iso));
export const month = (iso) => monthOnly.format(date(iso));
export const instant = (iso) => timeFormat.format(new Date(iso)) + " UTC";
export const plus = (iso, days) => new Date(date(iso).getTime() + days * DAY_MILLIS).toISOString().slice(0, 10);
/** Days from one to the other, negative when the other is earlier. */
export const daysBetween = (from, to) => Math.round((date(to) - date(from)) / DAY_MILLIS);
export const span = (from, to) => (from === to ? day(from) : `${short(from)} to ${short(to)}`);
export const plural = (value, one, many = one + "s") => `${count(value)} ${value === 1 ? one : many}`;
export const arrests = (value) => plural(value, "announced arrest");
/** A code such as OPERATION_SPREAD as words. */
export const words = (code) => code.toLowerCase().replaceAll("_", " ");

/** "125–140" where announcements leave room, else null. */
export function range(tally) {
  return tally.best === null || tally.low === tally.high ? null : `${count(tally.low)}–${count(tally.high)}`;
}

/** A text to compare names by: without accents and case. */
export const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().trim();
