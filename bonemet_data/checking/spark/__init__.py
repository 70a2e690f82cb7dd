"""The same check past one machine, on Spark.

cuts → pieces; rows → buckets → worker → candidates → tasks → shuffle → run: a module imports only
what stands before it, and of the engine of one machine what it shares.
"""
