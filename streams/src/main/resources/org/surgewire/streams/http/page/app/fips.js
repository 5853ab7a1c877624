// Census codes of the states and what ranks as one, as the shapes and the API know them.

const POSTAL = {
  "01": "al", "02": "ak", "04": "az", "05": "ar", "06": "ca", "08": "co", "09": "ct", 10: "de", 11: "dc", 12: "fl", 13: "ga", 15: "hi", 16: "id",
  17: "il", 18: "in", 19: "ia", 20: "ks", 21: "ky", 22: "la", 23: "me", 24: "md", 25: "ma", 26: "mi", 27: "mn", 28: "ms", 29: "mo", 30: "mt",
  31: "ne", 32: "nv", 33: "nh", 34: "nj", 35: "nm", 36: "ny", 37: "nc", 38: "nd", 39: "oh", 40: "ok", 41: "or", 42: "pa", 44: "ri", 45: "sc",
  46: "sd", 47: "tn", 48: "tx", 49: "ut", 50: "vt", 51: "va", 53: "wa", 54: "wv", 55: "wi", 56: "wy",
};
const CODE = Object.fromEntries(Object.entries(POSTAL).map(([fips, postal]) => [postal, fips]));

/** Postal code of the state that a state or county code belongs to. */
export const postal = (fips) => (POSTAL[fips.slice(0, 2)] ?? "").toUpperCase();

/** Division id of a state by its code. */
export function stateId(fips) {
  const code = POSTAL[fips];
  return `ocd-division/country:us/${code === "dc" ? "district" : "state"}:${code}`;
}

/** Code of the state that a division lies in; null for the country and for territories, which are not on the map. */
export function stateOf(id) {
  return CODE[/\/(?:state|district):([a-z]{2})/.exec(id)?.[1]] ?? null;
}
