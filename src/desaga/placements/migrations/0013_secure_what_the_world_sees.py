"""Reports, hosts and past awards are whose scheme it is. Anybody reads what is published of them, and no more; who went reads what they agreed to."""

from django.db import migrations

from desaga.tenancy.rowsecurity import CURRENT_PERSON, NOW, names_readable, row_security

OF_OWN = f"award_id in (select w.id from placements_award w join placements_application a on a.id = w.application_id where a.applicant_id = {CURRENT_PERSON})"  # nosec B608
OF_PUBLIC = f"publication_id in (select p.id from placements_fundpublication p where p.published_at <= {NOW})"  # nosec B608


def parts(*pairs: tuple[str, str, str]) -> list:
    return [names_readable(f"placements_{table}", column, f"placements_{named}") for table, column, named in pairs]


class Migration(migrations.Migration):
    dependencies = [("placements", "0012_keep_what_the_world_sees")]

    operations = [
        row_security("placements_fundreport"),
        row_security("placements_fundreporttext", append_only=True),
        row_security("placements_fundreportdraft"),
        row_security("placements_fundpublication", published="published_at"),
        row_security("placements_fundpublicationfile", published=OF_PUBLIC),
        row_security("placements_hostoffer", published="published_at"),
        row_security("placements_hostofferlink"),
        row_security("placements_pastaward", published="published_at", also_readable=[OF_OWN]),
        row_security("placements_outcomefile"),
        row_security("placements_outcomefilecontent"),
        *parts(
            ("fundreport", "scheme_id", "scheme"),
            ("fundreport", "budget_id", "budget"),
            ("fundreporttext", "report_id", "fundreport"),
            ("fundreportdraft", "report_id", "fundreport"),
            ("fundpublication", "report_id", "fundreport"),
            ("fundpublication", "scheme_id", "scheme"),
            ("fundpublicationfile", "publication_id", "fundpublication"),
            ("hostoffer", "scheme_id", "scheme"),
            ("hostofferlink", "offer_id", "hostoffer"),
            ("pastaward", "award_id", "award"),
            ("pastaward", "scheme_id", "scheme"),
            ("outcomefile", "award_id", "award"),
            ("outcomefilecontent", "file_id", "outcomefile"),
        ),
    ]
