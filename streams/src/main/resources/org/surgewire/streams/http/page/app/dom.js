// Builds elements. Everything that comes from outside becomes text or an attribute, never markup.

const SVG = "http://www.w3.org/2000/svg";

/**
 * An element with attributes and children.
 *
 * @param {string} name of the element
 * @param {Object} [attributes] null, undefined and false leave an attribute out; a function under a name such as
 *     onclick listens to the event
 * @param {...*} children strings become text nodes; null, undefined and false are left out; lists are flattened
 */
export function h(name, attributes, ...children) {
  return filled(document.createElement(name), attributes, children);
}

/** As {@link h}, for SVG. */
export function s(name, attributes, ...children) {
  return filled(document.createElementNS(SVG, name), attributes, children);
}

function filled(element, attributes, children) {
  for (const [key, value] of Object.entries(attributes ?? {})) {
    if (typeof value === "function") element.addEventListener(key.slice(2), value);
    else if (value !== null && value !== undefined && value !== false) element.setAttribute(key, value === true ? "" : value);
  }
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

export const byId = (id) => document.getElementById(id);

/** A link to a release; an address that is not of the web stays text. */
export function releaseLink(url, title) {
  const text = title || url;
  return /^https?:\/\//i.test(url) ? h("a", { href: url, rel: "noopener noreferrer external", target: "_blank" }, text) : h("span", {}, text);
}

/**
 * Buttons of which one is pressed.
 *
 * @param {string} label what is chosen, for who cannot see it
 * @param {Array<[string, string]>} choices value and text of each
 * @param {(value: string) => void} choose is called with the value of a pressed button
 * @returns {{element: HTMLElement, show: (value: string) => void}} show marks the value that is chosen
 */
export function segments(label, choices, choose) {
  const buttons = choices.map(([value, text]) => h("button", { type: "button", "data-value": value, onclick: () => choose(value) }, text));
  return {
    element: h("div", { class: "segments", role: "group", "aria-label": label }, buttons),
    show: (value) => buttons.forEach((button) => button.setAttribute("aria-pressed", String(button.dataset.value === value))),
  };
}

/** A section with its heading; the count beside the heading is for a short text. */
export function section(id, title, ...children) {
  const count = h("p", { class: "count" });
  const head = h("div", { class: "section-head" }, h("h2", { id: id + "-title" }, title), count);
  const element = h("section", { id, "aria-labelledby": id + "-title" }, head, children);
  return { element, head, count };
}
