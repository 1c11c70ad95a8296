"""Publishing: the output folder, of which nobody sees a page half-written or loses a file."""
