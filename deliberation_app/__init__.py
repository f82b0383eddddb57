"""Neighbourhood deliberation, from a raised voice to signed minutes."""
