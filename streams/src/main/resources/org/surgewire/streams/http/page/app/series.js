// A series of announced arrests over time: numbers with their low-high band, baseline, alert spans, unknown days.

import uPlot from "../vendor/uPlot.esm.js";
import { h, segments } from "./dom.js";
import { count, range, rate, span, short, plus, month } from "./format.js";

const DAY = 86_400;
const LENGTH = { day: 1, week: 7, month: 31 };
const HEIGHT = 260;
const LEVELS = [0, 1, 3, 10, 30, 100, 300, 1000, 3000, 10_000, 30_000, 100_000, 300_000, 1_000_000];

const seconds = (day) => Date.parse(day + "T00:00:00Z") / 1000;

/**
 * A chart with its numbers as a table below.
 *
 * @returns {{element: HTMLElement, show: Function, close: Function}} show draws, see there; close must be called when the
 *     chart is taken away
 */
export function seriesChart() {
  const canvas = h("div", { class: "chart", role: "img" });
  const read = h("p", { class: "readout", "aria-hidden": "true" });
  const rows = h("tbody");
  const table = h("details", { class: "numbers" }, h("summary", {}, "The numbers as a table"),
    h("div", { class: "table-box scroll", tabindex: "0", role: "region", "aria-label": "Numbers of the chart" },
      h("table", {}, h("thead", {}, h("tr", {}, ["Days", "Announced arrests", "Low", "High", "Days not read", "Expected", "Surge above"].map((each) => h("th", { scope: "col" }, each)))), rows)));
  const scale = segments("Scale of the chart", [["compressed", "Compressed"], ["linear", "Linear"]], (value) => {
    stretch = value;
    scale.show(value);
    draw();
  });
  scale.show("compressed");
  const marks = h("ul", { class: "legend", "aria-label": "Legend" },
    [["best", "announced arrests"], ["band", "low to high"], ["expected", "expected by the detector"], ["bound", "a day above is a surge"], ["unjudged", "not enough history to judge"], ["alert", "surge alert"], ["window", "chosen days"], ["void", "not read: unknown"]]
      .map(([mark, text]) => h("li", { "data-of": mark }, h("span", { class: "mark " + mark, "aria-hidden": "true" }), text)));
  const judging = [...marks.children].filter((each) => ["expected", "bound", "unjudged"].includes(each.dataset.of));
  const element = h("div", { class: "series" }, h("div", { class: "series-head" }, read, scale.element), canvas, marks, table);
  let stretch = "compressed";
  let plot = null;
  let data = null;

  const colours = matchMedia("(prefers-color-scheme: dark)");
  const repaint = () => plot?.redraw(false);
  colours.addEventListener("change", repaint);
  const sizes = new ResizeObserver(() => {
    if (plot && canvas.clientWidth && canvas.clientWidth !== plot.width) plot.setSize({ width: canvas.clientWidth, height: HEIGHT });
  });
  sizes.observe(canvas);

  /**
   * @param {Object} of
   * @param {string} of.label what is shown
   * @param {string} of.bucket day, week or month
   * @param {Array} of.buckets tallies in order
   * @param {?Array} of.baseline what the detector expected of each bucket; null where days are not judged this way
   * @param {Array} of.alerts alerts of the jurisdiction
   * @param {?{from: string, to: string}} of.window days that are marked
   */
  function show(of) {
    data = of;
    for (const each of judging) each.hidden = of.baseline === null || (each.dataset.of === "bound" && of.bucket !== "day");
    const judged = new Map((of.baseline ?? []).map((each) => [each.from, each]));
    rows.replaceChildren(...of.buckets.filter((each) => each.best !== 0).reverse().slice(0, 400).map((each) =>
      h("tr", {}, h("th", { scope: "row" }, span(each.from, each.to)), [each.best, each.low, each.high].map((value) => h("td", {}, value === null ? "unknown" : count(value))), h("td", {}, count(each.unknownDays)),
        [expectedOf(judged.get(each.from)), boundOf(judged.get(each.from))].map((value) => h("td", {}, value === null ? "–" : rate(value))))));
    draw();
  }

  function draw() {
    plot?.destroy();
    plot = null;
    if (!data || data.buckets.length === 0) {
      canvas.replaceChildren(h("p", { class: "empty" }, "Nothing has been read of these days."));
      return;
    }
    canvas.replaceChildren();
    const { buckets, alerts, label } = data;
    const total = buckets.reduce((sum, each) => sum + (each.best ?? 0), 0);
    canvas.setAttribute("aria-label", `${label}: ${count(total)} announced arrests ${span(buckets[0].from, buckets.at(-1).to)}. The numbers are in the table below.`);
    // The last bucket may not have ended: it is as wide as the others all the same.
    const end = seconds(plus(buckets.at(-1).from, LENGTH[data.bucket]));
    const x = [...buckets.map((each) => seconds(each.from)), end];
    const column = (name) => [...buckets.map((each) => each[name]), null];
    const judged = buckets.map((each, i) => data.baseline?.[i]);
    const expected = [...judged.map(expectedOf), null], bound = [...judged.map(boundOf), null];
    const stepped = uPlot.paths.stepped({ align: 1 });
    const options = {
      width: canvas.clientWidth || 600,
      height: HEIGHT,
      padding: [14, 8, 0, 0],
      legend: { show: false },
      cursor: { y: false, points: { show: false }, drag: { setScale: false } },
      scales: {
        x: { time: true, range: () => [x[0], end] },
        y: stretch === "linear" ? { range: (u, low, high) => [0, nice(high)] } : { distr: 4, asinh: 0.6, range: (u, low, high) => [0, nice(high) * 1.15] },
      },
      tzDate: (ts) => uPlot.tzDate(new Date(ts * 1e3), "Etc/UTC"),
      axes: [
        { stroke: () => colour("--soft"), grid: { show: false }, ticks: { stroke: () => colour("--line-strong"), size: 4 }, font: "12px system-ui, sans-serif", space: 60, values: dates },
        { stroke: () => colour("--soft"), grid: { stroke: () => colour("--line"), width: 1 }, ticks: { show: false }, font: "12px system-ui, sans-serif", size: 52,
          filter: (u, splits) => splits,
          splits: stretch === "linear" ? undefined : (u) => LEVELS.filter((level) => level <= u.scales.y.max),
          values: (u, splits) => splits.map((each) => (each % 1 ? "" : count(each))) },
      ],
      series: [
        {},
        { label: "high", paths: stepped, stroke: null, points: { show: false } },
        { label: "low", paths: stepped, stroke: null, points: { show: false } },
        { label: "best", paths: uPlot.paths.bars({ align: 1, size: [0.86, 60] }), fill: () => colour("--bar"), stroke: () => colour("--bar"), width: 0, points: { show: false } },
        { label: "expected", paths: stepped, stroke: () => colour("--ink"), width: 1.5, dash: [5, 4], points: { show: false } },
        { label: "bound", paths: stepped, stroke: () => colour("--extreme"), width: 1.5, dash: [2, 4], points: { show: false } },
      ],
      bands: [{ series: [1, 2], fill: () => colour("--band") }],
      hooks: {
        drawClear: [(u) => behind(u, data)],
        setCursor: [(u) => tell(buckets, judged, u.cursor.idx)],
      },
    };
    plot = new uPlot(options, [x, column("high"), column("low"), column("best"), expected, bound], canvas);
    tell(buckets, judged, null);
  }

  function tell(buckets, judged, index) {
    const each = buckets[index ?? -1];
    if (!each) {
      const known = buckets.filter((bucket) => bucket.best !== null);
      read.replaceChildren(h("strong", {}, count(known.reduce((sum, bucket) => sum + bucket.best, 0))), ` announced arrests, ${span(buckets[0].from, buckets.at(-1).to)}, by ${data.bucket}`);
      return;
    }
    const room = range(each);
    read.replaceChildren(h("strong", {}, each.best === null ? "unknown" : count(each.best)), each.best === null ? " " : ` announced${room ? ` (${room})` : ""} `, span(each.from, each.to), said(judged[index]));
  }

  function close() {
    colours.removeEventListener("change", repaint);
    sizes.disconnect();
    plot?.destroy();
  }

  return { element, show, close };
}

/** What the detector expected; null where it could not judge every day, which would make a number too small. */
const expectedOf = (judged) => (judged && judged.unjudgedDays === 0 ? judged.expected : null);

/** The bound is one of days: weeks and months have none. */
const boundOf = (judged) => (judged && judged.from === judged.to ? judged.bound : null);

function said(judged) {
  if (!judged) return "";
  if (judged.state === "NOT_ENOUGH_HISTORY") return " · not enough history to judge";
  const bound = boundOf(judged);
  return expectedOf(judged) === null ? "" : ` · ${rate(judged.expected)} expected${bound === null ? "" : `, a surge above ${count(bound)}`}`;
}

const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

function nice(high) {
  const top = Math.max(high ?? 0, 4);
  const step = 10 ** Math.floor(Math.log10(top));
  return Math.ceil(top / step + 0.05) * step;
}

function dates(u, splits, axis, space, step) {
  let year = null;
  return splits.map((each) => {
    const day = new Date(each * 1000).toISOString().slice(0, 10);
    const words = step >= 28 * DAY ? month(day).slice(0, 3) : short(day).slice(0, -5);
    const shown = day.slice(0, 4) === year ? words : `${words}\n${day.slice(0, 4)}`;
    year = day.slice(0, 4);
    return shown;
  });
}

/** Unknown days, days that cannot be judged, the days of alerts and the end of the window, under the bars. */
function behind(u, { buckets, baseline, alerts, window }) {
  const { ctx, bbox } = u;
  const [first, last] = [u.scales.x.min, u.scales.x.max];
  const area = (from, to, paint) => {
    const left = u.valToPos(Math.max(from, first), "x", true), right = u.valToPos(Math.min(to, last), "x", true);
    if (right > left && to > first && from < last) paint(left, Math.max(right - left, 2));
  };
  ctx.save();
  ctx.beginPath();
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
  ctx.clip();
  for (const each of buckets) {
    if (each.best !== null) continue;
    area(seconds(each.from), seconds(each.to) + DAY, (left, wide) => {
      ctx.fillStyle = colour("--void");
      ctx.fillRect(left, bbox.top, wide, bbox.height);
      ctx.strokeStyle = colour("--hatch");
      ctx.lineWidth = devicePixelRatio;
      ctx.save();
      ctx.beginPath();
      ctx.rect(left, bbox.top, wide, bbox.height);
      ctx.clip();
      ctx.beginPath();
      const gap = 7 * devicePixelRatio, lean = bbox.height;
      for (let at = Math.floor((left - lean) / gap) * gap; at < left + wide; at += gap) {
        ctx.moveTo(at, bbox.top + bbox.height);
        ctx.lineTo(at + lean, bbox.top);
      }
      ctx.stroke();
      ctx.restore();
    });
  }
  for (const each of baseline ?? []) {
    if (each.state !== "NOT_ENOUGH_HISTORY") continue;
    area(seconds(each.from), seconds(each.to) + DAY, (left, wide) => {
      ctx.fillStyle = colour("--line-strong");
      ctx.fillRect(left, bbox.top, wide, 4 * devicePixelRatio);
    });
  }
  for (const alert of alerts) {
    // As wide as the bars that hold it, so that a single day can be seen.
    const within = buckets.filter((each) => each.to >= alert.firstDay && each.from <= alert.lastDay);
    if (within.length === 0) continue;
    area(seconds(within[0].from), seconds(within.at(-1).to) + DAY, (left, wide) => {
      ctx.fillStyle = colour("--alert-span");
      ctx.fillRect(left, bbox.top, wide, bbox.height);
      ctx.fillStyle = colour("--" + alert.severity.toLowerCase());
      ctx.fillRect(left, bbox.top, Math.max(wide, 3 * devicePixelRatio), 4 * devicePixelRatio);
    });
  }
  if (window) {
    area(seconds(window.from), seconds(window.to) + DAY, (left, wide) => {
      ctx.fillStyle = colour("--accent");
      ctx.fillRect(left, bbox.top + bbox.height - 3 * devicePixelRatio, wide, 3 * devicePixelRatio);
    });
  }
  ctx.restore();
}
