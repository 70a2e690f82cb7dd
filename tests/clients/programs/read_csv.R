# Print every table of the data package as JSON: read.csv.
library(jsonlite)

classes <- c(string = "character", integer = "integer", number = "numeric", boolean = "logical")

package <- read_json("datapackage.json")
tables <- list()
for (resource in package$resources) {
  fields <- read_json(resource$schema)$fields
  types <- sapply(fields, function(field) field$type)
  if ("--defaults" %in% commandArgs()) {
    table <- read.csv(resource$path)
  } else {
    table <- read.csv(
      resource$path,
      na.strings = "", encoding = "UTF-8", colClasses = unname(classes[types])
    )
  }
  tables[[resource$name]] <- list(types = lapply(table, class), rows = table)
}
cat(toJSON(tables, auto_unbox = TRUE, na = "null", always_decimal = TRUE, digits = NA))
