// Shows openapi.json: every endpoint with a form to try it, and the fields of its answer.

const api = await (await fetch("openapi.json")).json();

function element(name, properties = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

/** What a reference stands for; anything else is given back. */
function resolved(given) {
  let found = given;
  while (found.$ref) {
    found = found.$ref.slice(2).split("/").reduce((at, key) => at[key], api);
  }
  return found;
}

function typeOf(given) {
  if (given.$ref) {
    return given.$ref.split("/").pop();
  }
  if (given.oneOf) {
    return given.oneOf.map(typeOf).join(" or ");
  }
  if (given.type === "array") {
    return `list of ${typeOf(given.items)}`;
  }
  const type = [given.type].flat().join(" or ");
  if (given.enum) {
    return given.enum.join(", ");
  }
  return given.format && !given.format.startsWith("int") ? `${type} (${given.format})` : type;
}

/** The schemas that a field leads to. */
function inside(given) {
  if (given.$ref) {
    return [given];
  }
  return [...(given.oneOf ?? []), ...(given.items ? [given.items] : [])].flatMap(inside);
}

/** The fields of a schema; what they hold is listed once it is opened. */
function fields(reference, within = []) {
  const schema = resolved(reference);
  const list = element("dl");
  for (const [name, field] of Object.entries(schema.properties ?? {})) {
    const what = element("dd", {}, field.description ?? resolved(field).description ?? "");
    for (const next of inside(field).filter((each) => !within.includes(each.$ref))) {
      const details = element("details", {}, element("summary", {}, typeOf(next)));
      details.addEventListener("toggle", () => {
        if (details.open && details.children.length === 1) {
          details.append(fields(next, [...within, next.$ref]));
        }
      });
      what.append(details);
    }
    list.append(element("dt", {}, element("code", {}, name), " ", element("span", { className: "soft" }, typeOf(field))), what);
  }
  return element("div", {}, element("p", { className: "soft" }, schema.description ?? ""), list);
}

function inputOf(parameter, id) {
  const schema = parameter.schema;
  if (schema.enum) {
    const select = element("select", { id, name: parameter.name });
    select.append(element("option", { value: "" }, schema.default ? `(${schema.default})` : ""));
    select.append(...schema.enum.map((value) => element("option", { value }, value)));
    return select;
  }
  const placeholder = schema.default === undefined ? "" : String(schema.default);
  return element("input", { id, name: parameter.name, placeholder, required: Boolean(parameter.required), autocomplete: "off" });
}

function addressOf(path, parameters, form) {
  const values = new FormData(form);
  const query = new URLSearchParams();
  let address = path;
  for (const { name, in: where } of parameters) {
    const value = String(values.get(name) ?? "").trim();
    if (where === "path") {
      address = address.replace(`{${name}}`, encodeURIComponent(value));
    } else if (value) {
      query.set(name, value);
    }
  }
  return query.size > 0 ? `${address}?${query}` : address;
}

function tryIt(path, parameters, operationId) {
  const form = element("form");
  for (const parameter of parameters) {
    const id = `${operationId}-${parameter.name}`;
    const name = parameter.name + (parameter.required ? " (needed)" : "");
    form.append(element("div", {}, element("label", { htmlFor: id }, element("code", {}, name), element("small", {}, parameter.description)), inputOf(parameter, id)));
  }
  const answer = element("div", { ariaLive: "polite" });
  form.append(element("button", {}, "Ask"));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const address = addressOf(path, parameters, form);
    const response = await fetch(address);
    const body = await response.text();
    let shown = body;
    try {
      shown = JSON.stringify(JSON.parse(body), null, 2);
    } catch {
      // Not every answer is JSON.
    }
    const link = element("a", { href: address }, address);
    answer.replaceChildren(element("p", { className: "path" }, `${response.status} `, link), element("pre", { tabIndex: 0 }, shown));
  });
  return [form, answer];
}

function endpoint(path, operation) {
  const parameters = operation.parameters.map(resolved);
  const section = element("section", { id: operation.operationId });
  section.append(element("h2", {}, element("span", { className: "path" }, `GET ${path}`)), element("p", {}, operation.summary));
  if (operation.description) {
    section.append(element("p", {}, operation.description));
  }
  const [type, content] = Object.entries(operation.responses["200"].content)[0];
  if (type === "application/json") {
    section.append(...tryIt(path, parameters, operation.operationId));
  } else {
    section.append(element("p", {}, element("a", { href: path }, path), ` answers ${type}`));
  }
  if (content.schema.$ref) {
    section.append(element("details", {}, element("summary", {}, `The answer: ${typeOf(content.schema)}`), fields(content.schema, [content.schema.$ref])));
  }
  const others = Object.entries(operation.responses).filter(([status]) => status !== "200");
  section.append(element("dl", {}, ...others.flatMap(([status, response]) => [element("dt", {}, element("code", {}, status)), element("dd", {}, resolved(response).description)])));
  return section;
}

document.querySelector("#description").textContent = api.info.description;
const operations = Object.entries(api.paths).map(([path, item]) => [path, item.get]);
document.querySelector("#contents").append(...operations.map(([path, each]) => element("li", {}, element("a", { href: `#${each.operationId}`, className: "path" }, path))));
document.querySelector("#endpoints").replaceChildren(...operations.map(([path, each]) => endpoint(path, each)));
