"""Wording: how things are said: states, money, numbers, days, times, addresses, places, languages, devices, people.

Belongs here: values as text, and nothing of where they stand. Does not: templates, order, what is shown at all.
"""
