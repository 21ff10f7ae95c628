"""From findings to sentences in the statute's words. The words are data: `findings/*.toml`."""

from gongkai.statute.wording.sentences import advice, sentence

__all__ = ["advice", "sentence"]
