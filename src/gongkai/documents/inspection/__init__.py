"""Files as the inspection before publication sees them: every passage, shown or hidden, with its place."""
