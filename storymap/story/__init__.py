"""A story as plain data.

storyfile    a whole story in all its languages: what a file holds and an edition freezes
from_models  the editors' models as a story file
document     a story in one language: what readers are given; localizing makes it from a story file
references   whether the parts of a file fit together; support says how well its events are sourced
problem      what a rule says, and what all rules share
"""
