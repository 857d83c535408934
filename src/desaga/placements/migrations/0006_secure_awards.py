"""Awards are whose scheme it is. Who was awarded finds theirs wherever it is; what was given an employer is the employer's, and its technician's to see."""

from django.db import migrations

from desaga.tenancy.rowsecurity import CURRENT_PERSON, names_readable, row_security

OWN = f"application_id in (select a.id from placements_application a where a.applicant_id = {CURRENT_PERSON})"  # nosec B608
OF_OWN = f"award_id in (select w.id from placements_award w join placements_application a on a.id = w.application_id where a.applicant_id = {CURRENT_PERSON})"  # nosec B608
OF_OWN_AGREEMENT = f"agreement_id in (select g.id from placements_agreement g where g.{OF_OWN})"  # nosec B608


def parts(*pairs: tuple[str, str, str]) -> list:
    return [names_readable(f"placements_{table}", column, f"placements_{named}") for table, column, named in pairs]


class Migration(migrations.Migration):
    dependencies = [("placements", "0005_make_awards")]

    operations = [
        row_security("placements_award", also_readable=[OWN]),
        row_security("placements_reserveplace"),
        row_security("placements_awardchange"),
        row_security("placements_agreement", also_readable=[OF_OWN]),
        row_security("placements_signature", also_readable=[OF_OWN_AGREEMENT]),
        row_security("placements_awardletter"),
        row_security("placements_claim", also_readable=[OF_OWN]),
        row_security("placements_claimline"),
        row_security("placements_receipt"),
        row_security("placements_receiptcontent"),
        row_security("placements_payment", append_only=True),
        row_security("placements_repayment", append_only=True),
        row_security("placements_placementreport"),
        row_security("placements_outcome"),
        row_security("placements_attendance"),
        row_security("placements_certificate"),
        row_security("placements_sharedsession"),
        row_security("placements_storyoffer"),
        row_security("placements_storytext"),
        row_security("placements_placementrecord", also_readable=[f"person_id = {CURRENT_PERSON}"]),
        *parts(
            ("award", "application_id", "application"),
            ("reserveplace", "application_id", "application"),
            ("reserveplace", "round_id", "round"),
            ("awardchange", "award_id", "award"),
            ("agreement", "award_id", "award"),
            ("signature", "agreement_id", "agreement"),
            ("awardletter", "award_id", "award"),
            ("claim", "award_id", "award"),
            ("claimline", "claim_id", "claim"),
            ("receipt", "line_id", "claimline"),
            ("receiptcontent", "receipt_id", "receipt"),
            ("payment", "claim_id", "claim"),
            ("repayment", "award_id", "award"),
            ("placementreport", "award_id", "award"),
            ("outcome", "award_id", "award"),
            ("attendance", "award_id", "award"),
            ("certificate", "award_id", "award"),
            ("sharedsession", "award_id", "award"),
            ("storyoffer", "award_id", "award"),
            ("storytext", "story_id", "storyoffer"),
        ),
        names_readable("placements_placementrecord", "person_id", "organisations_person"),
    ]
