// Which days are known, and the days of a window.

import { get } from "./api.js";
import { place, asOf } from "./place.js";
import { plus, daysBetween } from "./format.js";

export const COUNTRY = "ocd-division/country:us";
const MOST_DAYS = 7320; // the longest series that the API answers
const LENGTH = { "1d": 1, "7d": 7, "28d": 28, "365d": 365 };

/** The country with its windows, as of the chosen moment; `known` holds the first and last day read, or null. */
export async function country() {
  const answer = await get("v1/jurisdictions", { level: "country", sort: "all", limit: 1, asOf: asOf() });
  return { known: answer.known, asOf: answer.asOf, windows: answer.items[0]?.windows ?? null };
}

/** First and last day read so far, whatever moment is chosen; null before anything has been read. */
export async function known() {
  return (await get("v1/jurisdictions", { level: "country", sort: "all", limit: 1 })).known;
}

/**
 * First and last day of the chosen window.
 *
 * @param {{first: string, last: string}} days that are known
 */
export function windowOf(days) {
  const last = place.day ?? days.last;
  const earliest = plus(last, 1 - MOST_DAYS);
  if (place.window === "all") return { from: days.first > last ? last : days.first < earliest ? earliest : days.first, to: last };
  return { from: plus(last, 1 - LENGTH[place.window]), to: last };
}

/** The length of each window as words. */
export const WINDOW_WORDS = { "1d": "on the day", "7d": "in 7 days", "28d": "in 28 days", "365d": "in 365 days", all: "on all days" };

/** The length of bucket in which a series of so many days is readable. */
export function bucketFor({ from, to }) {
  const length = daysBetween(from, to) + 1;
  return length <= 120 ? "day" : length <= 1100 ? "week" : "month";
}

/** The first day of the bucket that a day lies in; weeks begin on Monday. */
export function bucketStart(day, bucket) {
  if (bucket === "month") return day.slice(0, 8) + "01";
  return bucket === "week" ? plus(day, -((new Date(day).getUTCDay() + 6) % 7)) : day;
}
