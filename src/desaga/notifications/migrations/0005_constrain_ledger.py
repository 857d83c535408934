from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("notifications", "0004_fill_ledger")]

    operations = [
        migrations.AddIndex(
            model_name="outgoingmail",
            index=models.Index(
                fields=["made_at"],
                condition=Q(sent_at=None, failed_at=None, bounced_at=None),
                name="mail_not_settled",
            ),
        ),
        migrations.AddConstraint(
            model_name="outgoingmail",
            constraint=models.UniqueConstraint(fields=["message_id"], name="mail_has_its_message_id"),
        ),
        migrations.AddConstraint(
            model_name="outgoingmail",
            constraint=models.UniqueConstraint(fields=["bounce_key"], name="mail_has_its_bounce_key"),
        ),
        migrations.AddConstraint(
            model_name="outgoingmail",
            constraint=models.CheckConstraint(
                condition=Q(failed_at=None) | Q(handing_over_at=None, bounced_at=None), name="mail_given_up_is_over"
            ),
        ),
        migrations.AddConstraint(
            model_name="outgoingmail",
            constraint=models.CheckConstraint(
                condition=Q(doubtful_at=None)
                | Q(handing_over_at__isnull=False, sent_at=None, failed_at=None, bounced_at=None),
                name="mail_in_doubt_was_handed_over",
            ),
        ),
        migrations.AddConstraint(
            model_name="outgoingmail",
            constraint=models.CheckConstraint(
                condition=Q(bounced_at=None, bounce_status="")
                | Q(bounced_at__isnull=False, bounce_status__regex=r"^[245]\.[0-9]{1,3}\.[0-9]{1,3}$"),
                name="mail_came_back_with_status",
            ),
        ),
    ]
