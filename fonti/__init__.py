"""Fonti reads news reports and keeps track of who says what."""
