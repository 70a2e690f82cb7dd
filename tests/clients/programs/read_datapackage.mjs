// Print every table of the data package as JSON: datapackage.
import datapackage from "datapackage";

const dataPackage = await datapackage.Package.load("datapackage.json");
const tables = {};
for (const resource of dataPackage.resources) {
  tables[resource.name] = { rows: await resource.read({ keyed: true }) };
}
console.log(JSON.stringify(tables));
