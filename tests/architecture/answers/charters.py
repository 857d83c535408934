"""Charters: every member reads, those who run the programme keep and report, the lead signs. Support of union members: nobody outside a union, whatever their role; see `desaga.union_learning.tests`."""

from __future__ import annotations

from .kinds import EVERYBODY, LEAD, MISSING, NOT_THIS_WAY, PROGRAMME, Letter, Open, Plain
from .stories import NOWHERE

A_CHARTER = {"slug": "charter"}
A_SIGNATURE = {"pk": "charter_signature"}
A_REPORT = {**A_SIGNATURE, "year": "charter_year"}
A_SUPPORT = {"pk": "support"}
NO_ROLE: frozenset[str] = frozenset()

CHARTERS: dict[str, Open | Letter | Plain] = {
    "charters:list_charters": Open(EVERYBODY),
    "charters:keep_charter": Open(PROGRAMME),
    "charters:keep_shipped": Open(PROGRAMME, {"key": "charter_key"}, NOT_THIS_WAY),
    "charters:begin_to_sign": Open(LEAD, {"pk": "charter_pk"}, NOT_THIS_WAY),
    "charters:show_charter": Open(EVERYBODY, A_CHARTER),
    "charters:change_charter": Open(PROGRAMME, A_CHARTER),
    "charters:publish_charter": Open(PROGRAMME, A_CHARTER, NOT_THIS_WAY),
    "charters:hide_charter": Open(PROGRAMME, A_CHARTER, NOT_THIS_WAY),
    "charters:offer_charter": Open(PROGRAMME, A_CHARTER),
    "charters:enter_signature": Open(PROGRAMME, A_CHARTER),
    "charters:show_signature": Open(EVERYBODY, A_SIGNATURE),
    "charters:sign": Open(LEAD, A_SIGNATURE),
    "charters:withdraw": Open(LEAD, A_SIGNATURE),
    "charters:confirm_signature": Open(PROGRAMME, A_SIGNATURE, NOT_THIS_WAY),
    "charters:give_back": Open(PROGRAMME, A_SIGNATURE),
    "charters:let_lapse": Open(PROGRAMME, A_SIGNATURE),
    "charters:restore_signature": Open(PROGRAMME, A_SIGNATURE, NOT_THIS_WAY),
    "charters:place_signature": Open(PROGRAMME, A_SIGNATURE),
    "charters:begin_report": Open(PROGRAMME, A_SIGNATURE, NOT_THIS_WAY),
    "charters:write_report": Open(PROGRAMME, A_REPORT),
    "charters:publish_report": Open(PROGRAMME, A_REPORT, NOT_THIS_WAY),
    "charters:hide_report": Open(PROGRAMME, A_REPORT, NOT_THIS_WAY),
    "charters:take_signatories": Plain(MISSING, MISSING, NOWHERE),
}
UNION_LEARNING: dict[str, Open | Letter | Plain] = {
    "union_learning:list_members": Open(NO_ROLE),
    "union_learning:ask_member": Open(NO_ROLE),
    "union_learning:show_member": Open(NO_ROLE, A_SUPPORT),
    "union_learning:send_again": Open(NO_ROLE, A_SUPPORT),
    "union_learning:let_go": Open(NO_ROLE, A_SUPPORT),
    "union_learning:show_own": Plain(MISSING, MISSING),
    "union_learning:take_own": Plain(MISSING, MISSING),
}
