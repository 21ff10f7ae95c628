"""Requests for government information: their events, and what is known of them on a day (条例第27至45条)."""
