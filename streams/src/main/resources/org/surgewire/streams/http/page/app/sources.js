// Sources and coverage: what is read, since when, and which days nobody has read.

import { h, s, section } from "./dom.js";
import { count, daysBetween, instant, plural, short, span, words } from "./format.js";
import { get } from "./api.js";
import { toJurisdiction } from "./place.js";
import { known } from "./days.js";

const TONES = { OK: "good", REFUSED: "severe", FAILED: "severe", SILENT: "moderate", NEVER_READ: "minor" };
const MEANING = {
  OK: "read", REFUSED: "turned us away, which is respected", FAILED: "could not be read", SILENT: "nothing for longer than its rhythm explains", NEVER_READ: "not read yet",
};

export function sourcesView() {
  const rows = h("ul", { class: "sources" });
  const summary = h("p", {});
  const files = h("ul", { class: "sources files" });
  const filesTitle = h("h3", { hidden: true }, "Loaded from files");
  const part = section("sources", "Sources and coverage",
    h("p", { class: "soft" }, "A day that no source was read on is unknown, not quiet. A source covers the jurisdiction of its publisher and everything inside."), summary, rows,
    filesTitle, files);
  let last = null, before = null;

  async function update() {
    const [answer, days] = await Promise.all([get("v1/sources"), known()]);
    if (answer === last && before === days?.last) return;
    [last, before] = [answer, days?.last];
    summary.textContent = days ? `Announcements read so far were published from ${short(days.first)} to ${short(days.last)}.` : "No announcement has been read yet.";
    const nothing = answer.items.length === 0 && answer.files.length === 0;
    rows.replaceChildren(...(nothing ? [h("li", { class: "empty" }, "No source has been read.")] : answer.items.map((each) => row(each, days))));
    filesTitle.hidden = answer.files.length === 0;
    files.replaceChildren(...answer.files.map((each) => h("li", {},
      h("p", {}, h("code", {}, each.id), h("span", { class: "soft" }, each.jurisdiction ? [" covers ", h("a", { href: toJurisdiction(each.jurisdiction.id) }, each.jurisdiction.name)] : " names no place")), coverage([each.read], days))));
    part.count.textContent = nothing ? "" : plural(answer.total + answer.files.length, "source");
  }

  return { title: "Sources", element: part.element, update };
}

function row(of, days) {
  const facts = [
    [plural(of.items, "item"), true], [`${plural(of.refused, "entry", "entries")} were no release`, of.refused], [`${plural(of.partials, "item")} read only in part`, of.partials],
    [`${plural(of.vanished, "page")} listed and gone`, of.vanished], [`${plural(of.implausibleDates, "date")} not believed`, of.implausibleDates],
    [`${plural(of.gaps, "reading")} may have missed entries`, of.gaps], [of.latencySeconds === null ? "" : `read ${lag(of.latencySeconds)} after publication`, of.latencySeconds !== null],
  ].filter(([, say]) => say).map(([text]) => text);
  return h("li", { class: "panel" },
    h("div", { class: "source-head" }, h("h3", {}, of.publisher || of.id), h("span", { class: "tag " + (TONES[of.status] ?? "minor") }, words(of.status)), h("span", { class: "soft" }, MEANING[of.status] ?? "")),
    h("p", { class: "soft" }, h("code", {}, of.id), of.jurisdiction ? [" · covers ", h("a", { href: toJurisdiction(of.jurisdiction.id) }, of.jurisdiction.name)] : "", of.lastSuccess ? ` · last read ${instant(of.lastSuccess)}` : "", of.lastItem ? ` · newest item ${instant(of.lastItem)}` : ""),
    coverage(of.read, days),
    h("p", { class: "soft" }, facts.join(" · "), of.silentFrom ? ` · a silence is unusual from ${short(of.silentFrom)}` : ""),
    of.detail ? h("p", {}, "Last trouble: " + of.detail) : null);
}

const lag = (seconds) => (seconds < 5400 ? plural(Math.round(seconds / 60), "minute") : seconds < 172_800 ? plural(Math.round(seconds / 3600), "hour") : plural(Math.round(seconds / 86_400), "day"));

/** Which days were read, as a bar; hatched where none was. */
function coverage(read, days) {
  const first = [days?.first, read[0]?.first].filter(Boolean).sort()[0];
  const last = [days?.last, read.at(-1)?.last].filter(Boolean).sort().at(-1);
  if (!first) return null;
  const length = daysBetween(first, last) + 1;
  const covered = read.reduce((sum, each) => sum + daysBetween(each.first, each.last) + 1, 0);
  const label = read.length ? `Read: ${read.map((each) => span(each.first, each.last)).join("; ")}: ${count(covered)} of ${count(length)} days` : "No day was read";
  return h("div", { class: "coverage" },
    s("svg", { viewBox: "0 0 100 6", preserveAspectRatio: "none", role: "img", "aria-label": label }, s("rect", { class: "unread", width: 100, height: 6 }),
      read.map((each) => s("rect", { class: "read", x: (daysBetween(first, each.first) / length) * 100, width: Math.max(0.3, ((daysBetween(each.first, each.last) + 1) / length) * 100), height: 6 }))),
    h("p", { class: "soft ends", "aria-hidden": "true" }, h("span", {}, short(first)), h("span", {}, `${count(covered)} of ${count(length)} days read`), h("span", {}, short(last))));
}
