"""The illustrations of the first story, drawn from its own data; `manage.py draw_illustrations` writes them."""
