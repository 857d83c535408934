"""Consents and stories: those who run the programme, and editors; the lead publishes; what is behind a link is nobody's without it."""

from __future__ import annotations

from desaga.organisations.states import Role

from .kinds import LEAD, MISSING, NOT_THIS_WAY, PROGRAMME, Letter, Open, Plain

#: Those who run the programme, and editors.
EDITS = PROGRAMME | {Role.EDITOR}

A_CONSENT = {"pk": "consent"}
A_STORY = {"pk": "story"}
A_PICTURE = {**A_STORY, "picture_pk": "story_picture"}
A_CALL = {"pk": "call"}
A_CONTRIBUTION = {**A_CALL, "contribution_pk": "contribution"}
AN_OFFER = {"pk": "offered_story"}
#: Nothing is open at this address.
NOWHERE: dict[str, object] = {"owner": "nobody", "slug": "nothing"}

CONSENTS: dict[str, Open | Letter | Plain] = {
    "consents:list_consents": Open(EDITS),
    "consents:ask_consent": Open(EDITS),
    "consents:write_wording": Open(EDITS),
    "consents:show_consent": Open(EDITS, A_CONSENT),
    "consents:ask_again": Open(EDITS, A_CONSENT, NOT_THIS_WAY),
    "consents:renew_consent": Open(EDITS, A_CONSENT),
    "consents:withdraw_for_them": Open(EDITS, A_CONSENT),
    "consents:answer_consent": Letter(MISSING),
    "consents:show_kept": Letter(MISSING),
}
STORIES: dict[str, Open | Letter | Plain] = {
    "stories:list_stories": Open(EDITS),
    "stories:start_story": Open(EDITS),
    "stories:show_story": Open(EDITS, A_STORY),
    "stories:preview_story": Open(EDITS, A_STORY),
    "stories:edit_part": Open(EDITS, {**A_STORY, "part": "story_part"}),
    "stories:add_picture": Open(EDITS, A_STORY),
    "stories:edit_picture": Open(EDITS, A_PICTURE),
    "stories:put_picture_first": Open(EDITS, A_PICTURE, NOT_THIS_WAY),
    "stories:remove_picture": Open(EDITS, A_PICTURE, NOT_THIS_WAY),
    "stories:show_picture": Open(EDITS, A_PICTURE),
    "stories:keep_video": Open(EDITS, A_STORY),
    "stories:describe_video": Open(EDITS, A_STORY, MISSING),
    "stories:remove_video": Open(EDITS, A_STORY, NOT_THIS_WAY),
    "stories:ask_for_consent": Open(EDITS, A_STORY),
    "stories:say_in_welsh": Open(EDITS, A_STORY, NOT_THIS_WAY),
    "stories:send_to_person": Open(EDITS, A_STORY, NOT_THIS_WAY),
    "stories:send_again": Open(EDITS, A_STORY, NOT_THIS_WAY),
    "stories:hand_in": Open(EDITS, A_STORY, NOT_THIS_WAY),
    "stories:hand_in_again": Open(EDITS, A_STORY, NOT_THIS_WAY),
    "stories:publish": Open(LEAD, A_STORY, NOT_THIS_WAY),
    "stories:give_back": Open(LEAD, A_STORY),
    "stories:take_down": Open(EDITS, A_STORY),
    "stories:erase_words": Open(EDITS, A_STORY),
    "stories:approve_version": Letter(MISSING),
    "stories:show_versions_picture": Letter(MISSING, {"picture_pk": "story_picture"}),
    "stories:keep_fields": Open(EDITS),
    "stories:retire_field": Open(EDITS, {"pk": "story_field"}, NOT_THIS_WAY),
    "stories:show_offer": Open(EDITS, AN_OFFER),
    "stories:take_offer": Open(EDITS, AN_OFFER, NOT_THIS_WAY),
    "stories:list_calls": Open(EDITS),
    "stories:start_call": Open(EDITS),
    "stories:show_call": Open(EDITS, A_CALL),
    "stories:edit_call": Open(EDITS, A_CALL),
    "stories:open_call": Open(EDITS, A_CALL, NOT_THIS_WAY),
    "stories:close_call": Open(EDITS, A_CALL, NOT_THIS_WAY),
    "stories:show_contributions_picture": Open(EDITS, A_CONTRIBUTION),
    "stories:take_contribution": Open(EDITS, A_CONTRIBUTION, NOT_THIS_WAY),
    "stories:decline_contribution": Open(EDITS, A_CONTRIBUTION, NOT_THIS_WAY),
    "stories:list_open_calls": Plain(MISSING, MISSING, {"owner": "nowhere"}),
    "stories:show_open_call": Plain(MISSING, MISSING, NOWHERE),
    "stories:contribute": Plain(MISSING, MISSING, NOWHERE),
    "stories:show_contribution": Letter(MISSING),
}
