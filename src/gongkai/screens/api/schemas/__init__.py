"""The values of the API as its description shows them: a module for each subject."""
