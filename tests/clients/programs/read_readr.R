# Print every table of the data package as JSON: readr.
library(jsonlite)
library(readr)

letters_of <- c(string = "c", integer = "i", number = "d", boolean = "l")

package <- read_json("datapackage.json")
tables <- list()
for (resource in package$resources) {
  fields <- read_json(resource$schema)$fields
  types <- sapply(fields, function(field) field$type)
  if ("--defaults" %in% commandArgs()) {
    table <- read_csv(resource$path, show_col_types = FALSE)
  } else {
    col_types <- paste(letters_of[types], collapse = "")
    table <- read_csv(resource$path, na = "", col_types = col_types)
  }
  tables[[resource$name]] <- list(types = lapply(table, class), rows = table)
}
cat(toJSON(tables, auto_unbox = TRUE, na = "null", always_decimal = TRUE, digits = NA))
