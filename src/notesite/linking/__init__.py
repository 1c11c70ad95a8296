"""Linking: what the notes say together, from what each says on its own."""
