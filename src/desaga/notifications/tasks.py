"""Work in the background. The payload is the mail's id: it names nobody."""

from __future__ import annotations

from typing import Any

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from . import operations

TRIES = 6
# 5, 25, 125 … seconds: the last try comes some five hours after the first.
PATIENCE = RetryStrategy(max_attempts=TRIES, exponential_wait=5)


@app.task(name=operations.DELIVER, retry=PATIENCE, pass_context=True)
def deliver_mail(context: Any, *, mail_id: int) -> None:
    operations.deliver_mail(mail_id=mail_id, is_last_try=context.job.attempts >= TRIES)


@app.periodic(cron="* * * * *")
@app.task(name="desaga.notifications.tasks.bring_back_mail", queueing_lock="desaga.notifications.bring_back_mail")
def bring_back_mail(timestamp: int) -> None:
    """Every minute, look for what a worker that died left behind. Without a lock: a dead worker's would never end."""
    operations.bring_back_mail()
