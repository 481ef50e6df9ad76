"""How public doors answer: which edition is current, bodies kept compressed, 304, parts of files."""
