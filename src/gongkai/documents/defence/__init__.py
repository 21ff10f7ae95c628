"""Papers of a defence before the reconsidering body or the court, as Word files that the office goes on editing."""

from gongkai.documents.defence.papers import Block, Heading, Paper, Right, Table, Text, pages_of, write

__all__ = ["Block", "Heading", "Paper", "Right", "Table", "Text", "pages_of", "write"]
