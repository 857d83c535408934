"""A unit may state that it advertised no post: that is a number too, and not the same as nobody having said."""

import django.core.validators
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("workforce", "0013_stay_off")]

    operations = [
        migrations.RemoveConstraint(model_name="advertisedposts", name="advertised_posts_are_some"),
        migrations.AlterField(
            model_name="advertisedposts",
            name="posts",
            field=models.PositiveSmallIntegerField(
                validators=[
                    django.core.validators.MinValueValidator(0),
                    django.core.validators.MaxValueValidator(1000),
                ],
                verbose_name="posts advertised",
            ),
        ),
        migrations.AddConstraint(
            model_name="advertisedposts",
            constraint=models.CheckConstraint(
                condition=models.Q(("posts__gte", 0), ("posts__lte", 1000)), name="advertised_posts_not_too_many"
            ),
        ),
    ]
