// The page in a real browser, over a running demo.
//
//   SURGEWIRE_URL=http://127.0.0.1:8080 SURGEWIRE_KAFKA=host:port SURGEWIRE_REGISTRY=http://host:port npm test
//
// Both addresses are printed by ./surgewire demo. CHROMIUM names the browser where it is not /usr/bin/chromium. Screenshots
// go to target/. The test publishes one announcement, so it needs a demo of its own.

import { test, before, after } from "node:test";
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { promisify } from "node:util";
import { chromium } from "playwright-core";

const URL_ = needed("SURGEWIRE_URL").replace(/\/$/, "");
const OUT = path.join(import.meta.dirname, "target");
const LAUNCHER = path.resolve(import.meta.dirname, "../../../surgewire");
const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const SURGE_DAY = "2020-10-15";
const CALIFORNIA = "ocd-division/country:us/state:ca";
const MECKLENBURG = "ocd-division/country:us/state:nc/county:mecklenburg";
const HOSTILE = `<img src=x onerror="window.harmed=1"><script>window.harmed=1</script> arrests`;
const VIEWS = {
  overview: `/#/?day=${SURGE_DAY}`,
  counties: `/#/?day=${SURGE_DAY}&level=county&window=365d`,
  alerts: "/#/alerts",
  operations: "/#/operations",
  operation: "/#/operation/operation-rise",
  places: "/#/places",
  jurisdiction: `/#/jurisdiction/${CALIFORNIA}?window=365d`,
  county: `/#/jurisdiction/${MECKLENBURG}?window=365d`,
  compare: `/#/compare/${CALIFORNIA},${MECKLENBURG}?window=365d`,
  policies: "/#/policies",
  sources: "/#/sources",
};

let browser;

function needed(name) {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set; the head of this file says how to run it`);
  return value;
}

before(async () => {
  mkdirSync(OUT, { recursive: true });
  const root = process.getuid?.() === 0;
  browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: root ? ["--no-sandbox"] : [] });
});

after(() => browser?.close());

/** Runs on a page of its own, on which nothing may go wrong. */
async function onPage(options, run) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  const wrong = [];
  page.on("pageerror", (error) => wrong.push(error.stack));
  page.on("console", (message) => message.type() === "error" && wrong.push(message.text()));
  page.on("dialog", (dialog) => { wrong.push("a dialog: " + dialog.message()); dialog.dismiss(); });
  try {
    await run(page);
    assert.deepEqual(wrong, []);
  } finally {
    await context.close();
  }
}

/** Opens a view and waits until it shows everything. */
async function open(page, view) {
  await page.goto(URL_ + view);
  await settled(page);
}

async function settled(page) {
  await page.waitForFunction(() => document.getElementById("status").textContent === "live" && document.getElementById("view").dataset.shown === location.hash);
}

async function api(address) {
  const response = await fetch(`${URL_}/${address}`);
  assert.equal(response.status, 200, address);
  return response.json();
}

const shades = (page) => page.$$eval(".map .area", (areas) => {
  const count = {};
  for (const area of areas) count[area.classList[1]] = (count[area.classList[1]] ?? 0) + 1;
  return count;
});

test("the map shades the states, tells unknown from zero, and draws every county", async () => {
  await onPage({}, async (page) => {
    await open(page, VIEWS.overview);
    const states = await shades(page);
    assert.equal(Object.values(states).reduce((a, b) => a + b), 51);
    assert.ok(states.q0 > 20, "states with nothing announced");
    assert.ok(states.q4 >= 1, "a state with 50 announced arrests or more");
    assert.equal(states.unknown, undefined);
    assert.ok(states.named >= 1, "a state that is named without a number");
    assert.match(await page.textContent("#map .legend"), /Announced arrests:.*not read: unknown/s);

    await open(page, "/#/?day=2020-03-01&window=7d");
    assert.deepEqual(await shades(page), { unknown: 51 });

    await open(page, VIEWS.counties);
    await page.waitForFunction(() => document.querySelectorAll(".map .area").length > 3000);
    const counties = await shades(page);
    assert.equal(Object.values(counties).reduce((a, b) => a + b), 3144);
    assert.ok(counties.q3 >= 2, "San Diego and Mecklenburg");
  });
});

test("a click opens a jurisdiction, and so do the arrow keys and Enter", async () => {
  await onPage({}, async (page) => {
    await open(page, VIEWS.overview);
    await page.click('.map [data-fips="06"]');
    await page.waitForFunction(() => document.querySelector("#jurisdiction-title")?.textContent === "California");
    assert.match(page.url(), /#\/jurisdiction\/ocd-division\/country:us\/state:ca/);
    assert.match(await page.textContent(".figures"), /Announced, 365 days/);
    await page.goBack();
    await settled(page);

    const shape = page.locator('.map [tabindex="0"]');
    await shape.focus();
    const from = await shape.getAttribute("aria-label");
    await page.keyboard.press("ArrowRight");
    assert.notEqual(await shape.getAttribute("aria-label"), from);
    const name = (await shape.getAttribute("aria-label")).split(",")[0];
    await page.keyboard.press("Enter");
    await page.waitForFunction((wanted) => document.querySelector("#jurisdiction-title")?.textContent === wanted, name);
  });
});

test("a county in which nothing was announced can be opened from the map", async () => {
  await onPage({}, async (page) => {
    await open(page, `/#/jurisdiction/${CALIFORNIA}`);
    await page.locator('.map [data-fips="06037"]').waitFor();
    await page.evaluate(() => document.querySelector('.map [data-fips="06049"]').dispatchEvent(new MouseEvent("click", { bubbles: true })));
    await page.waitForFunction(() => document.querySelector("#jurisdiction-title")?.textContent === "Modoc County, CA");
  });
});

test("an alert shows its sentence, its evidence and the release", async () => {
  const { items } = await api(`v1/alerts?status=open&asOf=${SURGE_DAY}T23:59:59Z`);
  const alert = items.find((each) => each.kind === "SURGE" && each.evidence.length === 1 && each.evidence[0].sentence);
  await onPage({}, async (page) => {
    await open(page, `/#/alerts?day=${SURGE_DAY}`);
    const card = page.locator("#alerts .card", { hasText: alert.reason });
    const text = await card.textContent();
    assert.ok(text.includes(`${alert.observed}announced arrests`), text);
    assert.equal(await card.locator("q").textContent(), alert.evidence[0].sentence);
    assert.equal(await card.locator(".quote a").first().getAttribute("href"), alert.evidence[0].url);
    assert.match(alert.evidence[0].url, /^https:/);
    await card.locator("a", { hasText: "every claim" }).click();
    await page.locator(".announcement").first().waitFor();
    assert.match(page.url(), new RegExp(`#/case/${alert.evidence[0].caseId}`));
  });
});

test("the slider goes back in time, the replay forward, and the address keeps the moment", async () => {
  await onPage({}, async (page) => {
    await open(page, "/");
    const figures = () => page.textContent(".figures");
    const now = await figures();
    await page.locator("#time-day").evaluate((slider) => {
      slider.value = "0";
      slider.dispatchEvent(new Event("input"));
    });
    await page.waitForFunction((before) => document.querySelector(".figures").textContent !== before, now);
    assert.match(page.url(), /day=2020-03-20/);
    await page.click(".play");
    await page.waitForFunction(() => /day=2020-0[4-9]/.test(location.hash), null, { timeout: 60_000 });
    await page.click(".play");
    await page.check("#time-then");
    assert.match(page.url(), /known=1/);
    await page.click("text=Latest");
    await page.waitForFunction((wanted) => document.querySelector(".figures").textContent === wanted, now);
  });
});

test("a place is found by its name with the keyboard", async () => {
  await onPage({}, async (page) => {
    await open(page, "/");
    await page.focus("#find");
    await page.keyboard.type("mecklenburg");
    await page.locator("#find-found [role=option]").first().waitFor();
    const found = await page.locator('#find-found [aria-selected="true"]').textContent();
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => /Mecklenburg/.test(document.querySelector("#jurisdiction-title")?.textContent));
    assert.match(found, /Mecklenburg/);
  });
});

test("the chart has its numbers as a table, the operation its spread as maps", async () => {
  await onPage({}, async (page) => {
    await open(page, VIEWS.jurisdiction);
    await page.click(".numbers summary");
    const { items } = await api(`v1/jurisdictions/${CALIFORNIA}/series?bucket=week&from=2020-08-31&to=2020-10-11`);
    const shown = await page.textContent(".numbers tbody");
    for (const { best, low, high } of items[0].buckets.filter((each) => each.best > 0)) assert.ok(shown.includes(`${best}${low}${high}0`), shown);
    await open(page, VIEWS.operation);
    assert.ok((await page.locator(".small-map").count()) >= 4);
    assert.match(await page.textContent(".small-maps"), /new: California/);
  });
});

test("the chart shows what the detector expected, and says where it cannot judge", async () => {
  await onPage({}, async (page) => {
    await open(page, VIEWS.jurisdiction);
    const legend = page.locator("#series .legend li:visible");
    assert.match((await legend.allTextContents()).join(), /expected by the detector.*not enough history to judge/);
    await page.click(".numbers summary");
    const { buckets } = await api(`v1/jurisdictions/${CALIFORNIA}/baseline?bucket=week&from=2020-08-31&to=2020-09-06`);
    assert.equal(buckets[0].unjudgedDays, 0);
    const row = page.locator(".numbers tbody tr", { hasText: "31 Aug 2020" });
    assert.equal(await row.locator("td").nth(4).textContent(), new Intl.NumberFormat("en-US", { maximumSignificantDigits: 2 }).format(buckets[0].expected));
    // The first weeks are no quiet ones.
    const early = await api(`v1/jurisdictions/${CALIFORNIA}/baseline?bucket=week&from=2020-03-23&to=2020-03-29`);
    assert.deepEqual([early.buckets[0].state, early.buckets[0].expected], ["NOT_ENOUGH_HISTORY", null]);
    // Arrests by the day on which they happened are judged by nobody.
    await page.click('.segments [data-value="period"]');
    await page.waitForFunction(() => !/expected by/.test([...document.querySelectorAll("#series .legend li")].filter((each) => !each.hidden).map((each) => each.textContent).join()));
  });
});

test("places are compared side by side, chosen by keyboard and kept in the address", async () => {
  await onPage({}, async (page) => {
    await open(page, VIEWS.compare);
    assert.deepEqual(await page.locator(".compared h3").allTextContents(), ["California", "Mecklenburg County, NC"]);
    const { items } = await api(`v1/compare?ids=${CALIFORNIA},${MECKLENBURG}&from=2019-11-08&to=2020-11-06`);
    const sums = await page.locator("#compare tbody").first().textContent();
    for (const { total } of items) assert.ok(sums.includes(`${total.best}${total.low}${total.high}`), sums);
    assert.ok((await page.locator(".compared article").first().locator(".room").count()) >= 1, "a low-high band");
    assert.ok((await page.locator(".compared article").first().locator(".unread").count()) >= 10, "weeks before the first that was read");
    assert.match(await page.locator(".compared svg").first().getAttribute("aria-label"), /California: \d+ announced arrests .* days not read/);

    await page.focus("#compare-add");
    await page.keyboard.type("north carolina");
    await page.locator("#compare-add-found li").first().waitFor();
    await page.keyboard.press("Enter");
    await page.locator(".compared h3", { hasText: "North Carolina" }).waitFor();
    assert.equal(await page.evaluate(() => document.activeElement.id), "compare-add");
    assert.match(page.url(), /mecklenburg%2Cocd-division|mecklenburg,ocd-division/);
    await page.focus(".chip button");
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => document.querySelectorAll(".compared h3").length === 2);
    await page.click('.segments [data-value="rate"]');
    await settled(page);
    const address = page.url().replace(URL_, "");
    await page.reload();
    await settled(page);
    assert.deepEqual(await page.locator(".compared h3").allTextContents(), ["Mecklenburg County, NC", "North Carolina"]);
    assert.match(address, /measure=rate/);
  });
});

test("policies are compared as rates with their uncertainty", async () => {
  await onPage({}, async (page) => {
    await open(page, VIEWS.policies);
    assert.equal(await page.locator(".intervals .estimate").count(), 2);
    assert.match(await page.locator(".intervals").getAttribute("aria-label"), /per million inhabitants and year\. Listed: [\d.,]+ \([\d.,]+ to [\d.,]+\)/);
  });
});

for (const scheme of ["light", "dark"]) {
  test(`axe finds nothing serious in any view, ${scheme}`, async () => {
    await onPage({ colorScheme: scheme, reducedMotion: "reduce" }, async (page) => {
      for (const [name, view] of Object.entries(VIEWS)) {
        await open(page, view);
        await page.screenshot({ path: path.join(OUT, `${name}-${scheme}.png`), fullPage: name !== "counties" });
        await page.evaluate(AXE);
        const { violations } = await page.evaluate(() => globalThis.axe.run({ resultTypes: ["violations"] }));
        const told = violations.map((each) => `${name}: ${each.impact}: ${each.id}: ${each.help}: ${each.nodes.slice(0, 3).map((node) => node.html).join(" ")}`);
        told.forEach((line) => console.log(line));
        assert.deepEqual(violations.filter((each) => ["serious", "critical"].includes(each.impact)).map((each) => each.id), [], told.join("\n"));
      }
    });
  });
}

test("every view fits a phone", async () => {
  for (const scheme of ["light", "dark"]) {
    await onPage({ viewport: { width: 360, height: 740 }, deviceScaleFactor: 2, hasTouch: true, isMobile: true, colorScheme: scheme }, async (page) => {
      for (const [name, view] of Object.entries(VIEWS)) {
        await open(page, view);
        assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= 360, `${name} is wider than the screen`);
        await page.screenshot({ path: path.join(OUT, `${name}-phone-${scheme}.png`) });
        if (name === "overview") await page.screenshot({ path: path.join(OUT, `${name}-phone-${scheme}-full.png`), fullPage: true });
      }
    });
  }
});

test("the first paint comes within a second, and all of it is under 1.5 MB", async () => {
  await onPage({}, async (page) => {
    let bytes = 0;
    const line = await page.context().newCDPSession(page);
    await line.send("Network.enable");
    line.on("Network.loadingFinished", (event) => { bytes += event.encodedDataLength; });
    await open(page, "/");
    const first = await page.evaluate(() => performance.getEntriesByName("first-contentful-paint")[0].startTime);
    const start = bytes;
    for (const view of Object.values(VIEWS)) await open(page, view);
    console.log(`first paint after ${Math.round(first)} ms; sent for the first view ${start} bytes, with every view and its answers ${bytes}`);
    assert.ok(first < 1000);
    assert.ok(start < 1_500_000);
  });
});

test("with 200 ms of latency the map is there within five seconds", async () => {
  await onPage({}, async (page) => {
    const line = await page.context().newCDPSession(page);
    await line.send("Network.enable");
    await line.send("Network.emulateNetworkConditions", { offline: false, latency: 200, downloadThroughput: 1_250_000, uploadThroughput: 1_250_000 });
    const start = Date.now();
    await open(page, VIEWS.overview);
    await page.locator(".map .q4").first().waitFor();
    const took = Date.now() - start;
    console.log(`with 200 ms of latency everything is shown after ${took} ms`);
    assert.ok(took < 5000);
  });
});

test("an announcement arrives live, opens an alert, and its hostile title stays text", async () => {
  const file = path.join(OUT, "hostile.jsonl");
  writeFileSync(file, JSON.stringify({
    source: "ice-newsroom",
    publisher: "U.S. Immigration and Customs Enforcement",
    url: "https://composed.example/ice/2020/11/07/boise?q=%22%3E%3Cscript%3E",
    title: HOSTILE,
    text: "BOISE, Idaho – U.S. Immigration and Customs Enforcement (ICE) arrested 64 people in Ada County, Idaho, between Nov. 2 and Nov. 6, the agency said Saturday.\nThe operation was the work of the field office in Salt Lake City.",
    published: "2020-11-07T15:00:00Z",
  }) + "\n");
  await onPage({}, async (page) => {
    await open(page, "/#/jurisdiction/ocd-division/country:us/state:id/county:ada");
    await page.evaluate(() => { window.sameDocument = true; });
    const command = promisify(execFile)(LAUNCHER, ["ingest", "file", "--set-up", "--bootstrap", needed("SURGEWIRE_KAFKA"), "--registry", needed("SURGEWIRE_REGISTRY"), file]);
    await page.locator("#releases q", { hasText: "64 people" }).waitFor({ timeout: 60_000 });
    await command;
    await page.locator("#notice", { hasText: "New alert" }).waitFor({ timeout: 20_000 });
    await page.locator("#place-alerts .card", { hasText: "64" }).first().waitFor({ timeout: 20_000 });
    assert.equal(await page.evaluate(() => window.sameDocument), true);
    await page.screenshot({ path: path.join(OUT, "live.png") });
    const shown = await page.textContent("#releases");
    assert.ok(shown.includes("<img src=x onerror="), shown);
    for (const view of [page.url().replace(URL_, ""), "/#/alerts", "/#/", "/#/places"]) {
      await open(page, view);
      assert.equal(await page.locator("#view img, #view script").count(), 0);
    }
    await page.locator("a", { hasText: "United States" }).first().click();
    await settled(page);
    assert.equal(await page.evaluate(() => window.harmed), undefined);
  });
});
