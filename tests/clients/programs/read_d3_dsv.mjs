// Print every table of the data package as JSON: d3-dsv.
import { readFileSync } from "node:fs";
import { autoType, csvParse } from "d3-dsv";

const convert = {
  string: String,
  integer: Number,
  number: Number,
  boolean: (text) => text === "true",
};
const json = (path) => JSON.parse(readFileSync(path, "utf8"));

const tables = {};
for (const { name, path, schema } of json("datapackage.json").resources) {
  const { fields } = json(schema);
  const typed = (row) =>
    Object.fromEntries(
      fields.map(({ name, type }) => [name, row[name] === "" ? null : convert[type](row[name])]),
    );
  const convertRow = process.argv.includes("--defaults") ? autoType : typed;
  tables[name] = { rows: csvParse(readFileSync(path, "utf8"), convertRow) };
}
console.log(JSON.stringify(tables));
