"""Log lines without values: an exception's text and a request's address may carry one, so neither is written."""

import logging


class Bare(logging.Filter):
    """Keeps where an error arose (file and line) and its type, and drops its text, for a text may quote a cell.

    Of a refused request it keeps the status alone, for somebody may have typed a number into the address.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        """Always lets the line through, bared."""
        if hasattr(record, "status_code"):
            record.msg, record.args = "answered %s", (record.status_code,)
        if record.exc_info and record.exc_info[0]:
            kind, _, trace = record.exc_info
            while trace and trace.tb_next:
                trace = trace.tb_next
            where = f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}" if trace else "?"
            record.msg, record.args = "%s.%s at %s", (kind.__module__, kind.__qualname__, where)
            record.exc_info = record.exc_text = None
        return True
