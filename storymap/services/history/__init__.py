"""What a story said before, and who did what.

versions     `changing`, `changing_part`, `holding`: every change takes a version and adds a revision
revisions    reading and adding what was said at each version
differences  two story files compared; what an edition changed
entries      revisions and editions in one list, and restoring one of them
trash        deleting for thirty days, and putting back
audit        the audit log
"""
