"""Caching: what this process rendered or opened lately, bounded in bytes and in age.

Belongs here: the two kinds of cache and their keys. Does not: what is kept, nor anything that other processes share.
Whatever a visitor sends ends up in here, so neither may a hostile one fill it, nor anybody's data outlive their panel.
"""
