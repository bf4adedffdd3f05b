"""The commands that work on a store: parse, call, print."""
