"""How the computed figures came about: steps of arithmetic over cells, each with its rule and source."""
