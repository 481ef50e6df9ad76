"""Writing stories and their record.

save_story_file  a whole story file, all or nothing
save_form        what a form of the workshop says
save_extracts    the one writer of basemap extracts
record           writes places, people, sources, events and illustrations, for all but the forms of the admin
stages           the one writer of stage pictures
wizard           a story begun, and a chapter with its moment, in one save
chapter_order    chapters moved
copies           copies of chapters and stories
parts            one part as a story file of its own
slugs            slugs from titles, and renaming
autosaves        what was typed and not saved
presence         who else is editing
"""
