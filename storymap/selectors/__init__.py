"""Reading: editions for the public doors, drafts for the preview. Nothing here writes."""
