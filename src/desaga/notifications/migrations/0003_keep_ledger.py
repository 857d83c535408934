from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("notifications", "0002_secure_mail")]

    operations = [
        migrations.AlterModelOptions(
            name="outgoingmail",
            options={"ordering": ["-made_at", "-id"], "verbose_name": "mail", "verbose_name_plural": "outgoing mail"},
        ),
        migrations.AddField(
            model_name="outgoingmail",
            name="message_id",
            field=models.CharField(default="", max_length=300, verbose_name="Message-ID"),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="outgoingmail",
            name="bounce_key",
            field=models.CharField(default="", max_length=32, verbose_name="key of its return address"),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="outgoingmail",
            name="handing_over_at",
            field=models.DateTimeField(null=True, verbose_name="began to be handed over"),
        ),
        migrations.AddField(
            model_name="outgoingmail",
            name="bounced_at",
            field=models.DateTimeField(null=True, verbose_name="came back"),
        ),
        migrations.AddField(
            model_name="outgoingmail",
            name="bounce_status",
            field=models.CharField(blank=True, default="", max_length=9, verbose_name="why it came back"),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="outgoingmail",
            name="doubtful_at",
            field=models.DateTimeField(null=True, verbose_name="in doubt"),
        ),
    ]
