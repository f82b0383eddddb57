"""What waits for somebody among voices, turns of duty and service orders: the figure in the side bar."""

from __future__ import annotations

import uuid

from deliberation_app.services import voices_duty, voices_list, voices_orders
from deliberation_app.services.work import Work


def waiting(work: Work, unit_id: uuid.UUID) -> int:
    """To be dealt with, to be told; turns nobody has accounted for; orders to send or confirm."""
    counted = voices_list.counts(work, unit_id)
    more = (voices_orders.running(work, unit_id), voices_duty.waiting(work, unit_id))
    return voices_list.waiting(counted, more)
