"""What evidence announces to slices above, within the transaction of the change."""

from django.dispatch import Signal

#: A piece took another's place: `evidence`, `by`. Whoever uses the first uses the second from then on.
evidence_replaced = Signal()
