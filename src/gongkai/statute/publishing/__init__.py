"""主动公开: the table of steps of a piece of information, its elements, its way of disclosure (条例第6至26条)."""
