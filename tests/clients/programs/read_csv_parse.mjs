// Print every table of the data package as JSON: csv-parse.
import { readFileSync } from "node:fs";
import { parse } from "csv-parse/sync";

const convert = {
  string: String,
  integer: Number,
  number: Number,
  boolean: (text) => text === "true",
};
const json = (path) => JSON.parse(readFileSync(path, "utf8"));

const tables = {};
for (const { name, path, schema } of json("datapackage.json").resources) {
  const types = Object.fromEntries(json(schema).fields.map((field) => [field.name, field.type]));
  const cast = (text, { header, column }) => {
    if (header) return text;
    return text === "" ? null : convert[types[column]](text);
  };
  const options = process.argv.includes("--defaults") ? {} : { cast };
  tables[name] = { rows: parse(readFileSync(path), { columns: true, ...options }) };
}
console.log(JSON.stringify(tables));
