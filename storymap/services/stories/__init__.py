"""Writing stories and their record.

saving    a whole story file, all or nothing
record    the one writer of places, people, sources, events and illustrations
editing   what a form of the workshop says
wizard    a story begun, and a chapter with its moment, in one save
chapters  the order of chapters, and copies of chapters and stories
slugs     slugs from titles, and renaming
autosaves, presence  what was typed and not saved, and who else is editing
"""
