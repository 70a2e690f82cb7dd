"""The published concepts, and the codes and names that lead to them."""
