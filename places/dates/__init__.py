"""Dates of any age, sure or not: what they state, the days they cover, their words.

Others use places.when and places.typed_dates.
"""
