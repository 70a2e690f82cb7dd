"""Check tables of any size.

Data are opened as tables, tables are read in chunks, and each chunk is parsed to a batch of
records. The batch checker applies the plan to each batch: the prefilter (Polars) clears the cells
that are certainly valid, and the cell validator (Python) checks the others. Keys are compared after
all batches have been read. The collector builds the report. `spark` runs the same steps on Spark.
"""
