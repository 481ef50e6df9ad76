"""From a draft to an edition.

publish    freezes a story into an edition, schedules, ends and withdraws it
rules      what stands in the way: errors, warnings, hints
checklist  the same in the order in which an editor mends it
review     asking for review, sending back, comments, preview links
"""
