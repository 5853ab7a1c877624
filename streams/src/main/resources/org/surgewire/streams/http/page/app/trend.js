// The chart of one jurisdiction: its series, its alerts, by day of announcement or of arrest.

import { h, segments } from "./dom.js";
import { plus } from "./format.js";
import { get, idPath } from "./api.js";
import { knownAt, place } from "./place.js";
import { bucketFor, bucketStart, windowOf } from "./days.js";
import { alertsOf } from "./alerts.js";
import { seriesChart } from "./series.js";

const UNKNOWN_DAYS = 7; // shown before the first day that was read
const SHOWN = { "1y": 365, "5y": 1826, all: 7280 }; // with whole months, the longest is what the API answers at once

/**
 * @returns {{element: HTMLElement, update: Function, close: Function}} update(jurisdiction, known) shows a jurisdiction,
 *     given the first and last day read; close must be called when the chart is taken away
 */
export function trend() {
  let wanted = "1y";
  let by = "publication";
  let asked = null;
  const chart = seriesChart();
  const length = segments("Time shown", [["1y", "1 year"], ["5y", "5 years"], ["all", "All"]], (value) => { wanted = value; update(...asked); });
  const days = segments("Days that arrests count on", [["publication", "By announcement"], ["period", "By day of arrest"]], (value) => { by = value; update(...asked); });
  const element = h("div", { class: "panel" }, h("div", { class: "controls" }, length.element, days.element), chart.element);

  async function update(jurisdiction, known) {
    asked = [jurisdiction, known];
    length.show(wanted);
    days.show(by);
    const last = known.last;
    const earliest = plus(last, 1 - SHOWN[wanted]);
    const start = plus(known.first, -UNKNOWN_DAYS) > earliest ? plus(known.first, -UNKNOWN_DAYS) : earliest;
    const bucket = bucketFor({ from: start, to: last });
    const from = bucketStart(start, bucket);
    const path = `v1/jurisdictions/${idPath(jurisdiction.id)}`;
    const asOf = place.known ? knownAt() : null;
    const [shown, baseline, alerts] = await Promise.all([
      get(path + "/series", { bucket, by, from, to: last, asOf }),
      // Days are judged when they are announced.
      by === "publication" ? get(path + "/baseline", { bucket, from, to: last, asOf }) : null,
      alertsOf("all", { jurisdiction: jurisdiction.id, limit: 1000 }),
    ]);
    chart.show({
      label: `Announced arrests in ${jurisdiction.name}`,
      bucket,
      buckets: shown.items[0].buckets,
      baseline: baseline?.buckets ?? null,
      alerts: alerts.items.filter((each) => each.jurisdiction.id === jurisdiction.id && each.kind === "SURGE" && each.status !== "CANCELLED"),
      window: windowOf(known),
    });
  }

  return { element, update, close: chart.close };
}
