"""Word documents as HTML: what a reader sees of them, with numbers written out and notes at the end."""
