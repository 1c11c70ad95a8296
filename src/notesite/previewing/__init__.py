"""Previews: what a link to another page shows before it is followed."""
