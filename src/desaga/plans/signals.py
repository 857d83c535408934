"""What plans announce to slices above, within the transaction of the change."""

from django.dispatch import Signal

#: An update was given: `update`.
update_given = Signal()
