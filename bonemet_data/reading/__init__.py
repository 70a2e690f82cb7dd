"""Reading tables: files in any format, frames and foreign key targets, in batches of records."""
