"""Tables on their way into the record.

table_rows  what a row says
known       what of it the record has already
planning    what an import would do, row by row
carry_out   doing it
undo        deleting what it created, where nobody has changed it since
own_slugs   new slugs for parts of a story file that are called like something else here
"""
