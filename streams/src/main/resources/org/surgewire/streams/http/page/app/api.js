// Asks the API.

const MOST_KEPT = 80;
const kept = new Map(); // path -> { text, body }
const asked = new Map(); // path -> the answer that is on its way

/** An answer that is a problem document, or none at all (status 0). */
export class ApiError extends Error {
  constructor(status, detail, suggestions = []) {
    super(detail);
    this.status = status;
    this.suggestions = suggestions;
  }
}

/** The path of an id, whose slashes stay. */
export const idPath = (id) => id.split("/").map(encodeURIComponent).join("/");

/**
 * The parsed answer. The same answer as last time is the very same object, so that a view can leave alone what it shows.
 *
 * @param {string} path relative to the page
 * @param {Object} [parameters] null and undefined are left out
 * @throws {ApiError}
 */
export function get(path, parameters = {}) {
  const given = Object.entries(parameters).filter(([, value]) => value !== null && value !== undefined && value !== "");
  const address = given.length ? `${path}?${new URLSearchParams(given)}` : path;
  if (!asked.has(address)) asked.set(address, ask(address).finally(() => asked.delete(address)));
  return asked.get(address);
}

async function ask(address) {
  let response, text;
  try {
    response = await fetch(address, { headers: { Accept: "application/json" } });
    text = await response.text();
  } catch {
    throw new ApiError(0, "no connection; what you see may be old");
  }
  if (!response.ok) throw refused(response, text);
  const before = kept.get(address);
  const answer = before?.text === text ? before : { text, body: JSON.parse(text) };
  kept.delete(address);
  kept.set(address, answer);
  if (kept.size > MOST_KEPT) kept.delete(kept.keys().next().value);
  return answer.body;
}

function refused(response, text) {
  if (response.status === 503) return new ApiError(503, "starting: the stores are being restored");
  try {
    const problem = JSON.parse(text);
    return new ApiError(response.status, problem.detail, problem.suggestions);
  } catch {
    return new ApiError(response.status, `${response.status} ${response.statusText}`);
  }
}
