"""What reviews announce to slices above, within the transaction of the change."""

from django.dispatch import Signal

#: A review was held: `review`, `actor`.
review_held = Signal()
