"use strict";

const form = document.querySelector(".filters");
const table = document.querySelector("#faults ~ table");

if (form) {
  const status = form.querySelector("[role=status]");
  const search = form.querySelector("[type=search]");
  const rows = [...table.tBodies[0].rows];
  const texts = rows.map((row) => row.textContent.toLowerCase());
  const total = rows.length.toLocaleString("en");

  const filter = () => {
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    const choices = [...form.querySelectorAll("select")].filter((select) => select.value);
    let shown = 0;
    rows.forEach((row, index) => {
      row.hidden = !(
        choices.every((select) => row.dataset[select.name] === select.value) &&
        words.every((word) => texts[index].includes(word))
      );
      shown += !row.hidden;
    });
    status.textContent = `${shown.toLocaleString("en")} of ${total} faults`;
  };

  form.hidden = false;
  form.addEventListener("input", filter);
  form.addEventListener("reset", () => setTimeout(filter));
  form.addEventListener("submit", (event) => event.preventDefault());
  filter();
}

/* Sort the rows of a table by a column; texts as people sort them, so that "c10" follows "c2". */
const sort = (header) => {
  const descending = header.getAttribute("aria-sort") === "ascending";
  const body = header.closest("table").tBodies[0];
  const key = (row) => {
    const cell = row.cells[header.cellIndex];
    return cell.dataset.order === undefined ? cell.textContent : Number(cell.dataset.order);
  };
  const compare = (a, b) =>
    typeof a === "number" ? a - b : a.localeCompare(b, "en", { numeric: true });
  const rows = [...body.rows].map((row) => [key(row), row]);
  rows.sort(([a], [b]) => (descending ? compare(b, a) : compare(a, b)));
  body.append(...rows.map(([, row]) => row));
  for (const other of header.parentElement.cells) other.removeAttribute("aria-sort");
  header.setAttribute("aria-sort", descending ? "descending" : "ascending");
};

for (const header of document.querySelectorAll("thead th")) {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = header.textContent;
  button.addEventListener("click", () => sort(header));
  header.replaceChildren(button);
}

/* Everything is printed, also what is folded on the screen. */
const details = [...document.querySelectorAll("details")];
let folded = [];
addEventListener("beforeprint", () => {
  folded = details.filter((each) => !each.open);
  for (const each of folded) each.open = true;
});
addEventListener("afterprint", () => {
  for (const each of folded) each.open = false;
});
