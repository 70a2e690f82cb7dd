"""Concepts, and the codes and names that lead to them."""
