// The slider at the foot of the page: moves the end of every window through what has been read, and replays it.

import { h, s, byId } from "./dom.js";
import { get, idPath } from "./api.js";
import { place, choose, onMove } from "./place.js";
import { COUNTRY, known } from "./days.js";
import { short, plus, daysBetween, plural } from "./format.js";

const FRAME_MILLIS = 140;
const FRAMES = 240;

/**
 * Starts the slider.
 *
 * @param {() => Promise<void>} settled waits until the page shows the chosen moment
 * @returns {{update: () => Promise<void>}}
 */
export function timeBar(settled) {
  const bar = byId("time");
  const slider = h("input", { type: "range", id: "time-day", min: 0, max: 0, step: 1, value: 0, "aria-label": "Last day that counts", oninput: () => pick(plus(days.first, Number(slider.value))) });
  const spark = s("svg", { class: "time-spark", preserveAspectRatio: "none", viewBox: "0 0 100 20", "aria-hidden": "true" });
  const play = h("button", { type: "button", class: "play", "aria-label": "Replay", onclick: () => (playing ? stop() : start()) });
  const date = h("span", { class: "time-date", "aria-hidden": "true" });
  const then = h("input", { type: "checkbox", id: "time-then", onchange: () => choose({ known: then.checked ? "1" : null }) });
  const latest = h("button", { type: "button", class: "latest", onclick: () => { stop(); choose({ day: null, known: null }); } }, "Latest");
  bar.replaceChildren(h("div", { class: "wrap" }, play, h("div", { class: "time-track" }, spark, slider), date,
    h("label", { class: "time-then", for: "time-then", title: "Leaves out what was announced, corrected or withdrawn later" }, then, h("span", {}, "as it was known then")), latest));
  let days = null;
  let playing = false;
  let drawnFrom = null;

  function pick(day) {
    choose({ day: day >= days.last ? null : day, known: day >= days.last ? null : place.known });
  }

  function show() {
    if (!days) return;
    const end = place.day ?? days.last;
    slider.max = String(daysBetween(days.first, days.last));
    slider.value = String(Math.min(Math.max(daysBetween(days.first, end), 0), Number(slider.max)));
    slider.setAttribute("aria-valuetext", short(end));
    date.textContent = short(end);
    then.checked = place.known === "1";
    then.disabled = place.day === null;
    latest.disabled = place.day === null;
    bar.classList.toggle("past", place.day !== null);
    play.classList.toggle("playing", playing);
    play.setAttribute("aria-label", playing ? "Pause" : "Replay from the first day");
  }

  async function start() {
    playing = true;
    if (place.day === null) pick(days.first);
    show();
    const step = Math.max(1, Math.round(daysBetween(days.first, days.last) / FRAMES));
    while (playing) {
      await Promise.all([settled(), new Promise((resolve) => setTimeout(resolve, FRAME_MILLIS))]);
      if (!playing) break;
      if (place.day === null) stop();
      else pick(plus(place.day, step));
    }
  }

  function stop() {
    playing = false;
    show();
  }

  onMove(show);

  return {
    /** Takes over the days that have been read since. */
    async update() {
      days = await known();
      bar.hidden = !days || days.first === days.last;
      if (!days) return;
      show();
      const answer = await get(`v1/jurisdictions/${idPath(COUNTRY)}/series`, { bucket: "week", from: daysBetween(days.first, days.last) > 7300 ? plus(days.last, -7300) : days.first, to: days.last });
      if (answer === drawnFrom) return;
      drawnFrom = answer;
      const buckets = answer.items[0].buckets;
      const most = Math.max(1, ...buckets.map((each) => Math.sqrt(each.best ?? 0)));
      const wide = 100 / buckets.length;
      spark.replaceChildren(...buckets.map((each, i) => {
        const tall = each.best ? Math.max(1.2, (Math.sqrt(each.best) / most) * 20) : 0.5;
        return s("rect", { x: i * wide, width: wide * 0.8, y: 20 - tall, height: tall });
      }));
      slider.setAttribute("aria-description", `${plural(daysBetween(days.first, days.last) + 1, "day")} have been read`);
    },
  };
}
