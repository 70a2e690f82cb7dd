"""The same check on Spark: workers check pieces of the data, and the driver makes the report."""
