"""What a story said before, and who did what.

versions     `changing`, `changing_part`, `holding`: every change takes a version and adds a revision
revisions    reading and adding what was said at each version
differences  two story files compared; what an edition changed
timeline     revisions and editions as the steps of a history page
restoring    a story as it was at an earlier step
trash        deleting for thirty days, and putting back
audit        the audit log
"""
