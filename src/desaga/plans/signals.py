"""What plans announce to slices above, within the transaction of the change."""

from django.dispatch import Signal

#: An update was given: `update`.
update_given = Signal()

#: Updates are about to be taken back with the change of many that made them: `pks`, theirs.
updates_undone = Signal()
