"""Plans may mark what is delivered as blue."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("plans", "0002_secure_rows")]

    operations = [
        migrations.RemoveConstraint(
            model_name="action",
            name="action_rag_known",
        ),
        migrations.RemoveConstraint(
            model_name="update",
            name="update_rag_known",
        ),
        migrations.AlterField(
            model_name="action",
            name="rag",
            field=models.CharField(
                blank=True,
                choices=[("red", "Red"), ("amber", "Amber"), ("green", "Green"), ("blue", "Blue")],
                max_length=10,
                verbose_name="RAG",
            ),
        ),
        migrations.AlterField(
            model_name="actionevent",
            name="rag",
            field=models.CharField(
                blank=True,
                choices=[("red", "Red"), ("amber", "Amber"), ("green", "Green"), ("blue", "Blue")],
                max_length=10,
                verbose_name="RAG",
            ),
        ),
        migrations.AlterField(
            model_name="update",
            name="rag",
            field=models.CharField(
                blank=True,
                choices=[("red", "Red"), ("amber", "Amber"), ("green", "Green"), ("blue", "Blue")],
                max_length=10,
            ),
        ),
        migrations.AddConstraint(
            model_name="action",
            constraint=models.CheckConstraint(
                condition=models.Q(("rag__in", ["", "red", "amber", "green", "blue"])), name="action_rag_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="update",
            constraint=models.CheckConstraint(
                condition=models.Q(("rag__in", ["", "red", "amber", "green", "blue"])), name="update_rag_known"
            ),
        ),
    ]
