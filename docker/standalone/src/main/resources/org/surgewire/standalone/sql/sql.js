// Asks one SELECT and shows its rows; lists the tables from the codebook.

const query = document.querySelector("#query");
const status = document.querySelector("#status");
const answer = document.querySelector("#answer");
const form = document.querySelector("#form");

query.value = `SELECT j.name, j.state, sum(c.arrests) AS announced_arrests
FROM counts c JOIN jurisdictions j ON j.id = c.jurisdiction_id
WHERE j.level = 'county'
GROUP BY ALL
ORDER BY announced_arrests DESC
LIMIT 20`;

function element(name, text, ...children) {
  const made = document.createElement(name);
  made.textContent = text;
  made.append(...children);
  return made;
}

function shown(value) {
  return value === null ? "" : Array.isArray(value) ? value.join(", ") : String(value);
}

async function ask() {
  status.textContent = "Asking…";
  const response = await fetch(`v1/sql?${new URLSearchParams({ query: query.value })}`);
  const said = await response.json();
  if (!response.ok) {
    status.textContent = said.detail;
    answer.replaceChildren();
    return;
  }
  status.textContent = `${said.rows.length}${said.more ? " of more" : ""} rows, as known at ${said.at}`;
  const head = element("tr", "", ...said.columns.map((column) => Object.assign(element("th", column.name), { scope: "col", title: column.type })));
  const rows = said.rows.map((row) => element("tr", "", ...row.map((value) => element("td", shown(value)))));
  answer.replaceChildren(element("thead", "", head), element("tbody", "", ...rows));
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  ask();
});
query.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    ask();
  }
});

const codebook = await (await fetch("v1/exports")).json();
document.querySelector("#tables").append(
  ...codebook.tables.map((table) => {
    const columns = table.columns.flatMap((column) => [element("dt", `${column.name} (${column.type})`), element("dd", column.about)]);
    return element("details", "", element("summary", table.name), element("p", table.about), element("dl", "", ...columns));
  }),
);
