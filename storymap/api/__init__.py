"""The published stories as data."""
