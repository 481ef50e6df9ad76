"""Files: nothing is stored that has not been checked.

pictures       checked and encoded; renditions are their sizes and formats
recordings     sound and captions, stored as they are
story_media    all media of a story file
files          storing the files of one change, all or none
stage_pictures pictures that take the place of the map, and their tiles
extracts       basemap extracts, checked and stored as they are
illustrations  new illustrations from uploaded files
"""
