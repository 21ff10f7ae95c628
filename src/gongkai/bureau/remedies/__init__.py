"""Reconsideration and litigation, linked to the requests that they are about (条例第51条)."""
