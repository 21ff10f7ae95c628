"""From findings to sentences in the statute's words. The words are data: `findings/*.toml`."""

from gongkai.statute.wording.places import name_of, place_name
from gongkai.statute.wording.sentences import SEVERITY_WORDS, advice, sentence

__all__ = ["SEVERITY_WORDS", "advice", "name_of", "place_name", "sentence"]
