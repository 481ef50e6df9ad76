"""The stories that come with this project."""
