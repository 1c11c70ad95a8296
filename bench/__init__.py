"""How fast notesite is, beside other generators: `python -m bench run`."""
