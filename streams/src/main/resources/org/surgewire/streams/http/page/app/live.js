// Live updates: listens to the server, and asks again and again where it cannot.

const POLL_MILLIS = 5000;
const GATHER_MILLIS = 250;
const REST_MILLIS = 1500;

/**
 * @param {() => void} changed is called when something may have changed, a quarter of a second after it
 *     did and at most once in a second and a half
 * @param {(alert: Object) => void} alerted is called with each alert that was opened or changed
 * @param {(live: boolean) => void} told is called when listening begins or breaks off
 */
export function listen(changed, alerted, told) {
  let gathering = null;
  let live = false;
  let last = 0;
  let events = null;
  let opened = false;

  function soon() {
    gathering ??= setTimeout(() => {
      gathering = null;
      last = performance.now();
      if (!document.hidden) changed();
    }, Math.max(GATHER_MILLIS, last + REST_MILLIS - performance.now()));
  }

  function tell(now) {
    if (now === live) return;
    live = now;
    told(now);
  }

  function connect() {
    events = new EventSource("v1/events");
    events.addEventListener("open", () => {
      tell(true);
      // What came while nobody listened is told by nobody.
      if (opened) soon();
      opened = true;
    });
    events.addEventListener("error", () => tell(false));
    events.addEventListener("counts", soon);
    events.addEventListener("reset", soon);
    events.addEventListener("alert", (event) => {
      alerted(JSON.parse(event.data));
      soon();
    });
  }

  connect();
  setInterval(() => { if (!live) soon(); }, POLL_MILLIS);
  // A browser has few connections to one server: a page that nobody looks at gives its own back.
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) events.close();
    else if (events.readyState === EventSource.CLOSED) connect();
  });
}
