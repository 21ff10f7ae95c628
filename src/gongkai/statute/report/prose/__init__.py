"""The prose of a report: numbers with what they are said to count, held against the cells."""
