// The shapes of states and counties, by FIPS code, drawn for 975 × 610. Loaded when first needed.

import "../vendor/d3-array.min.js";
import "../vendor/d3-geo.min.js";
import "../vendor/topojson-client.min.js";

const { geoPath, geoAlbersUsa } = globalThis.d3;
const { feature, mesh } = globalThis.topojson;

export const WIDTH = 975;
export const HEIGHT = 610;

/** Draws a shape, or measures it. */
export const path = geoPath().digits(1);

/** Longitude and latitude to a point of the map; null outside of the states. */
export const project = geoAlbersUsa().scale(1300).translate([487.5, 305]);

const loading = new Map();

function load(name) {
  if (!loading.has(name)) {
    const wanted = fetch(`vendor/${name}-albers-10m.json`).then((response) => {
      if (!response.ok) throw new Error(`the shapes of the ${name} could not be loaded`);
      return response.json();
    });
    wanted.catch(() => loading.delete(name));
    loading.set(name, wanted);
  }
  return loading.get(name);
}

/**
 * @param {"state"|"county"} level
 * @returns {Promise<{shapes: Array<{fips: string, name: string, d: string, center: [number, number]}>, borders: string, outline: string}>}
 *     the shapes that are on the map, the borders between states, and the outline of all
 */
export const shapes = (level) => (level === "county" ? counties() : states());

let drawnStates, drawnCounties;

function states() {
  drawnStates ??= load("states").then((atlas) => drawn(atlas, atlas.objects.states));
  drawnStates.catch(() => { drawnStates = undefined; });
  return drawnStates;
}

function counties() {
  drawnCounties ??= load("counties").then((atlas) => drawn(atlas, atlas.objects.counties));
  drawnCounties.catch(() => { drawnCounties = undefined; });
  return drawnCounties;
}

function drawn(atlas, objects) {
  const found = feature(atlas, objects).features
    .map((each) => ({ fips: each.id, name: each.properties.name, d: path(each), shape: each }))
    .filter((each) => each.d)
    .map((each) => ({ ...each, center: path.centroid(each.shape), bounds: path.bounds(each.shape) }));
  return {
    shapes: found,
    borders: path(mesh(atlas, atlas.objects.states, (a, b) => a !== b)),
    outline: path(feature(atlas, atlas.objects.nation)),
  };
}
