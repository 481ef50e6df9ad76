"""The verbs: whatever changes a story, its record or its editors' accounts is a function in one of these rooms.

publishing  rules, checklist, review; freezing a story into an edition, withdrawing it
history     versions and revisions, comparing and restoring them, the trash, the audit log
media       pictures, recordings and captions: checked, encoded, stored
imports     tables: what an import would do, doing it, undoing it; slugs of parts that come with a file
stories     saving story files and forms, the record's one writer, the story wizard, slugs, order, copies, autosaves
accounts    who acts, what they may do, the second step of signing in
"""
