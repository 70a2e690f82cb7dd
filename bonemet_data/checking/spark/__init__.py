"""Check tables on Spark: workers check pieces of the data, and the driver builds the report."""
