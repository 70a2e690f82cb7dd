"""The stages of validation, one module each, in the order in which they run.

descriptor → files → form → schema and keys → consistency → releases → judges

Each takes what the stages before it found sound, and gives its issues with what it found sound.
"""
